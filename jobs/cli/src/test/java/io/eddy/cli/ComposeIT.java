package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the compose file starts, without containers: its commands, its configuration and its tables, with the addresses of this machine
 * for the names of its services. What is not exercised is the container engine and the official images.
 */
@Timeout(900)
class ComposeIT {
    private static final Path DOCKER = Path.of("../../docker");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Object at(Object map, Object... path) {
        Object here = map;
        for (Object key : path) {
            Object next = key instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(key);
            here = Objects.requireNonNull(next, key.toString());
        }
        return here;
    }

    private static Object compose() throws IOException {
        String text = Files.readString(DOCKER.resolve("compose.yaml"));
        return Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(text));
    }

    /** The properties of the file, less addresses, memory and slots, which are those of the machine. */
    private static String flinkProperties(Object compose) {
        StringBuilder kept = new StringBuilder();
        String all = String.valueOf(at(compose, "x-flink", "environment", "FLINK_PROPERTIES"));
        for (String line : all.split("\n")) {
            if (!line.matches("(jobmanager|taskmanager)\\..*|.*dir:.*|parallelism.*")) {
                kept.append(line.replace("9249", "29249-29259")).append("\n");
            }
        }
        return kept.toString();
    }

    /** The jars as the image has them; without them there is nothing to test. */
    private Path usrlib() throws IOException {
        Path usrlib = Files.createDirectory(folder.resolve("usrlib"));
        for (String job : List.of("forecast", "train", "store")) {
            Files.copy(
                    jars(Path.of("..", job, "target"), "eddy-" + job + "-*-job.jar")
                            .get(0),
                    usrlib.resolve("eddy-" + job + ".jar"));
        }
        return usrlib;
    }

    private static List<Path> jars(Path target, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(target, glob)) {
                files.forEach(file -> found.add(file.toAbsolutePath().normalize()));
            }
        }
        Assumptions.assumeFalse(found.isEmpty(), target + ": expected " + glob + ", found none; run mvn package");
        return found;
    }

    @Test
    void itsCommandsFillThePostgresOfItsTables() throws Exception {
        Object compose = compose();
        Path usrlib = usrlib();
        List<Path> lib = jars(Path.of("..", "train", "target", "lib"), "*.jar");
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                TestingFlinkCluster cluster = TestingFlinkCluster.start(folder, lib, 3, flinkProperties(compose))) {
            execute(connection, "CREATE ROLE eddy LOGIN SUPERUSER");
            execute(connection, Files.readString(DOCKER.resolve("postgres/tables.sql")));
            Path config = Files.writeString(
                    folder.resolve("eddy.yaml"),
                    Files.readString(DOCKER.resolve("compose-eddy.yaml"))
                            .replace("kafka:9092", kafka.bootstrapServers())
                            .replace("postgres:5432/eddy", "127.0.0.1:" + postgres.getPort() + "/postgres"));
            List<String> fleet = new ArrayList<>();
            for (Object word : (List<?>) at(compose, "services", "fleet", "command")) {
                // A day of history, so that the test is short.
                fleet.add(word.equals("7d") ? "1d" : word.toString().replace("/etc/eddy/eddy.yaml", config.toString()));
            }
            Thread writing = new Thread(() -> Main.run(fleet.toArray(new String[0])));
            writing.start();
            try {
                String script = String.valueOf(at(compose, "services", "submit", "command", 0));
                assertThat(submit(script, cluster, usrlib, config)).isEqualTo(3);
                assertThat(submit(script, cluster, usrlib, config))
                        .as("run twice")
                        .isZero();
                for (String table : List.of("scores", "forecasts", "series")) {
                    cluster.await("rows of " + table, () -> count(connection, table) >= 240);
                }
            } finally {
                writing.interrupt();
                writing.join();
            }
        }
    }

    /** The result is how many jobs it has submitted. */
    private int submit(String script, TestingFlinkCluster cluster, Path usrlib, Path config) throws Exception {
        String here = script.replace("$$", "$")
                .replace("/opt/flink/bin/flink", cluster.script().toString())
                .replace("jobmanager:8081", cluster.address())
                .replace("/opt/flink/usrlib", usrlib.toString())
                .replace("/etc/eddy/eddy.yaml", config.toString());
        Path log = folder.resolve("submit.log");
        Process process = new ProcessBuilder("/bin/bash", "-c", here)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(400, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        assertThat(ended).as(Files.readString(log)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log).split("JobID ", -1).length - 1;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getLong(1);
        }
    }
}
