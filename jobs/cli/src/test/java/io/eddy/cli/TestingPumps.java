package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import io.eddy.connectors.TrainOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.store.StoreJob;
import io.eddy.train.TrainJob;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import org.apache.flink.api.common.JobID;

/** Eight pumps whose readings the three jobs have forecast, scored and stored: in a Postgres, with metrics in a Prometheus, and with an event still open. */
final class TestingPumps implements AutoCloseable {
    static final Duration STEP = Duration.ofHours(1);
    static final Instant START = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(8000));
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final int SERIES = 8;

    private final EmbeddedKafka kafka;
    private final EmbeddedPostgres postgres;
    private final TestingTopics topics;
    private final LocalFlink flink;
    private final TestingPrometheus prometheus;
    private final ReadingProducer producer;
    private int step;

    private TestingPumps(Path folder) throws Exception {
        kafka = EmbeddedKafka.start();
        postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
        topics = new TestingTopics(kafka, "dashboards");
        int port = TestingPrometheus.freePort();
        Options options = topics.options()
                .with(PostgresOptions.STORE_URL, "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres")
                .with(PostgresOptions.STORE_USER, "postgres")
                .with(TrainOptions.ROUND_WINDOWS, "20")
                .with(TrainOptions.BATCHES, "10")
                .with(ModelOptions.HIDDEN, "16")
                .with("flink.metrics.latency.interval", "1 s")
                .with(
                        "flink.metrics.reporter.prom.factory.class",
                        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory")
                .with("flink.metrics.reporter.prom.port", String.valueOf(port));
        StoreJob.trouble(options);
        flink = LocalFlink.start(options, folder, null, 3);
        for (JobID job : List.of(
                flink.submit("eddy forecast", 1, ForecastJob::define, options),
                flink.submit("eddy train", 1, TrainJob::define, options),
                flink.submit("eddy store", 1, StoreJob::define, options))) {
            flink.awaitRunning(job, PATIENCE);
        }
        prometheus = TestingPrometheus.start(folder, port);
        producer = new ReadingProducer(options);
    }

    /** Runs the jobs on readings until all that the dashboards ask for is there. */
    static TestingPumps start(Path folder) throws Exception {
        TestingPumps pumps = new TestingPumps(folder);
        pumps.run();
        return pumps;
    }

    private void run() throws Exception {
        send(300);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count("weights") < 1 || count("events") < 2) {
            assertThat(System.nanoTime()).as("time to publish weights").isLessThan(deadline);
            send(20);
            Thread.sleep(500);
        }
        send(20);
        // An incident that is still open at the end of the time shown.
        String incident = "events WHERE state <> 'close' AND series = 'pump-1' AND start_time >= '" + at(step) + "'";
        for (int i = 0; i < 3; i++) {
            producer.send("pump-1", at(step + i).toEpochMilli(), 900, Map.of("site", "north"));
        }
        send(4);
        while (count(incident) < 1 || count("scores WHERE model_version > 0") < 1) {
            assertThat(System.nanoTime()).as("time to store an open event").isLessThan(deadline);
            Thread.sleep(500);
        }
        String newest = "scores WHERE series = 'pump-1' AND event_time >= '" + at(step - 2) + "'";
        while (count(newest) < 1) {
            assertThat(System.nanoTime()).as("time to store the newest scores").isLessThan(deadline);
            Thread.sleep(500);
        }
    }

    TestingPrometheus prometheus() {
        return prometheus;
    }

    Connection database() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** The step after those that were sent to all pumps. */
    Instant end() {
        return at(step);
    }

    @Override
    public void close() throws Exception {
        prometheus.close();
        producer.close();
        flink.close();
        topics.close();
        postgres.close();
        kafka.close();
    }

    private static Instant at(int step) {
        return START.plus(STEP.multipliedBy(step));
    }

    /** Daily curves with noise, a spike now and then; each is a few hundred in size. */
    private void send(int steps) {
        for (int end = step + steps; step < end; step++) {
            for (int s = 0; s < SERIES; s++) {
                double noise = Math.floorMod(step * 7919L + s * 104_729L, 1000) / 100.0;
                double spike = step % 120 == 110 && s == step / 120 % SERIES ? 150 : 0;
                double value = 100 * (s + 1) + 30 * Math.sin(2 * Math.PI * step / 24) + noise + spike;
                producer.send("pump-" + s, at(step).toEpochMilli(), value, Map.of("site", s < 4 ? "north" : "south"));
            }
        }
        producer.flush();
    }

    private long count(String what) throws SQLException {
        return Long.parseLong(rows("SELECT count(*) FROM " + what).get(0).get(0));
    }

    List<List<String>> rows(String sql) throws SQLException {
        try (Connection connection = database()) {
            return rows(connection, sql);
        }
    }

    /** What a connection sees, within its transaction. */
    static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
