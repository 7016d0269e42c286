package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job jars on a real JobManager and TaskManager: each is submitted and cancelled over and over on the same processes. */
class ClusterIT {
    private static final String[] NATIVE = {"org/nd4j/", "org/deeplearning4j/", "org/bytedeco/"};
    private static final List<String> SERIES = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Pattern ROUND_ENDED =
            Pattern.compile("RoundEnd: (round \\d+ rejected|weights \\d+ published)");
    private static final Pattern TROUBLE =
            Pattern.compile("round failed|LinkageError|UnsatisfiedLinkError|NoClassDefFoundError|closed classloader");

    @TempDir
    static Path folder;

    private static Path forecastJar;
    private static Path trainJar;
    private static Path storeJar;
    private static Path config;
    private static Options options;
    private static EmbeddedKafka kafka;
    private static EmbeddedPostgres postgres;
    private static TestingFlinkCluster cluster;
    private static ReadingProducer producer;
    private static Instant now = Instant.now().minus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);

    @BeforeAll
    static void start() throws Exception {
        forecastJar = copy(built("forecast", "eddy-forecast-*-job.jar").get(0));
        trainJar = copy(built("train", "eddy-train-*-job.jar").get(0));
        storeJar = copy(built("store", "eddy-store-*-job.jar").get(0));
        List<Path> lib = built("train", "lib/*.jar");

        kafka = EmbeddedKafka.start();
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        config = Files.writeString(
                folder.resolve("eddy.yaml"), """
                kafka.bootstrap_servers: %s
                readings.step: %ds
                model: {hidden: 8, season: 12}
                forecast.horizon: 4
                train: {window_steps: 8, reservoir: 100, round_windows: 20, batches: 5, batch_size: 16}
                store: {url: "%s", user: postgres}
                flink.execution.checkpointing.interval: 500ms
                """.formatted(kafka.bootstrapServers(), STEP.toSeconds(), database()));
        options = Options.ofFile(config);
        for (String topic : Topics.names(options)) {
            kafka.createTopic(topic, 1, Map.of());
        }
        producer = new ReadingProducer(options);
        cluster = TestingFlinkCluster.start(folder, lib);
    }

    /** What the build has made of another module; without it there is nothing to test, unless in CI, where that is a fault. */
    private static List<Path> built(String module, String glob) throws IOException {
        Path target = Path.of("..", module, "target").toAbsolutePath().normalize();
        Path parent = glob.contains("/") ? target.resolve(glob.substring(0, glob.indexOf('/'))) : target;
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(parent, glob.substring(glob.indexOf('/') + 1))) {
                files.forEach(found::add);
            }
        }
        if (found.isEmpty()) {
            String missing = target + ": expected " + glob + ", found none; run mvn package";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            Assumptions.abort(missing);
        }
        return found;
    }

    /** A build that runs beside the test may replace the jar. */
    private static Path copy(Path jar) throws IOException {
        return Files.copy(jar, folder.resolve(jar.getFileName()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
        if (producer != null) {
            producer.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static String database() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    private static void sendEvent(String series) {
        Event event = new Event(series, series, "value", EventState.open, now, now, null, 2.0, 1, 1, EventKind.point);
        byte[] bytes = new AvroCodec<>(Event.class).encode(event);
        try (KafkaProducer<byte[], byte[]> events =
                new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            events.send(new ProducerRecord<>(options.get(KafkaOptions.EVENTS), bytes));
        }
    }

    private static boolean isStored(String series) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT to_regclass('events')")) {
            if (!table.next() || table.getString(1) == null) {
                return false; // the job makes it with the first row
            }
            try (ResultSet found =
                    statement.executeQuery("SELECT FROM events WHERE series = '" + series + "' AND points = 1")) {
                return found.next();
            }
        }
    }

    @Test
    void theForecastJarIsSmallAndWithoutNatives() throws Exception {
        assertThat(Files.size(forecastJar)).isLessThan(40_000_000L);
        assertThat(nativeEntries(forecastJar)).isEmpty();
    }

    @Test
    void theTrainJarLeavesNativesToTheCluster() throws Exception {
        assertThat(nativeEntries(trainJar)).isEmpty();
        for (Path jar : built("train", "lib/*.jar")) {
            assertThat(jar.getFileName().toString()).doesNotStartWith("eddy-");
        }
    }

    private static List<String> nativeEntries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> Pattern.matches("(" + String.join("|", NATIVE) + ").*", name))
                    .toList();
        }
    }

    @Test
    void theForecastJobScoresAfterEverySubmission() throws Exception {
        try (ScoreReader scores = new ScoreReader(options)) {
            for (int submission = 1; submission <= 3; submission++) {
                String job = cluster.submit(forecastJar, config);
                Instant from = now;
                sendSteps(10);
                cluster.await("scores of submission " + submission, () -> {
                    cluster.requireNoFailure(job);
                    return scores.poll().stream()
                                    .filter(score -> !score.getEventTime().isBefore(from))
                                    .count()
                            >= 5L * SERIES.size();
                });
                cluster.cancel(job);
            }
            cluster.await("no class loader kept for each submission", () -> cluster.jobClassLoaders() <= 1);
            assertThat(scores.poll()).extracting("series").containsOnlyElementsOf(SERIES);
        }
    }

    @Test
    void theStoreJobStoresAfterEverySubmission() throws Exception {
        assertThat(Files.size(storeJar)).isLessThan(40_000_000L);
        assertThat(nativeEntries(storeJar)).isEmpty();
        for (int submission = 1; submission <= 3; submission++) {
            String job = cluster.submit(storeJar, config);
            String series = "submission " + submission;
            sendEvent(series);
            cluster.await("the row of " + series, () -> {
                cluster.requireNoFailure(job);
                return isStored(series);
            });
            cluster.cancel(job);
        }
        cluster.await("no class loader kept for each submission", () -> cluster.jobClassLoaders() <= 2);
    }

    @Test
    void theTrainJobTrainsAfterEverySubmission() throws Exception {
        for (int submission = 1; submission <= 3; submission++) {
            long before = roundsEnded();
            String job = cluster.submit(trainJar, config);
            cluster.await("a round of submission " + submission, () -> {
                cluster.requireNoFailure(job);
                sendSteps(10);
                return roundsEnded() > before;
            });
            cluster.cancel(job);
        }
        // ND4J's threads keep the loader of the job that loaded it, and that one only.
        cluster.await("no class loader kept for each submission", () -> cluster.jobClassLoaders() <= 2);
        assertThat(cluster.log("taskmanager")).doesNotContainPattern(TROUBLE);
    }

    private static long roundsEnded() throws IOException {
        return ROUND_ENDED.matcher(cluster.log("taskmanager")).results().count();
    }

    private static void sendSteps(int steps) {
        for (int i = 0; i < steps; i++) {
            now = now.plus(STEP);
            double angle = 2 * Math.PI * Math.floorMod(now.getEpochSecond() / STEP.toSeconds(), 12) / 12;
            for (int s = 0; s < SERIES.size(); s++) {
                producer.send(SERIES.get(s), now.toEpochMilli(), 10 * s + Math.sin(angle + s), Map.of());
            }
        }
        producer.flush();
    }
}
