package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.store.StoreJob;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From readings on a real broker to rows in a real Postgres, which is stopped and started on the way. */
@Timeout(600)
class StoreIT extends BrokerTesting {
    private static final long HOUR = 3_600_000L;
    private static final int SERIES = 5;
    private static final Duration STARTUP = Duration.ofSeconds(60);

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPGStartupWait(STARTUP)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long count(EmbeddedPostgres postgres, String what) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + what)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static long newestTransaction(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT txid_current()")) {
            found.next();
            return found.getLong(1);
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        for (int tries = 0; !condition.call(); tries++) {
            assertThat(tries).as("seconds waited for " + what).isLessThan(200);
            Thread.sleep(1000);
        }
    }

    private static long failedCheckpoints(LocalFlink flink, JobID job) throws Exception {
        return Objects.requireNonNull(flink.checkpoints(job)).getCounts().getNumberOfFailedCheckpoints();
    }

    private static void send(ReadingProducer producer, int from, int to) {
        for (int step = from; step < to; step++) {
            for (int series = 0; series < SERIES; series++) {
                double value = 100 + 30 * Math.sin(2 * Math.PI * step / 24) + (step == 250 && series == 2 ? 90 : 0);
                double noise = Math.floorMod(step * 7919L + series * 104_729L, 1000) / 1000.0;
                producer.send("series-" + series, step * HOUR, value + noise, Map.of("site", "s" + series % 2));
            }
        }
        producer.flush();
    }

    @Test
    void anOutageDelaysOnlyTheStoreAndARestartDoublesNothing() throws Exception {
        EmbeddedPostgres postgres = postgres(freePort());
        int port = postgres.getPort();
        try (TestingTopics topics = new TestingTopics(kafka, "store");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options options = topics.options()
                    .with(PostgresOptions.STORE_URL, "jdbc:postgresql://127.0.0.1:" + port + "/postgres")
                    .with(PostgresOptions.STORE_USER, "postgres")
                    .with(PostgresOptions.STORE_PARTITION, "30d")
                    .with("flink.execution.checkpointing.timeout", "10 s");
            assertThat(StoreJob.trouble(options)).isNull();
            try (LocalFlink flink = LocalFlink.start(options, folder.resolve("flink"), null, 4)) {
                JobID forecast = flink.submit("forecast", 2, ForecastJob::define, options);
                JobID store = flink.submit("store", 2, StoreJob::define, options);
                flink.awaitRunning(forecast, STARTUP);
                flink.awaitRunning(store, STARTUP);
                topics.publishWeights(1);
                send(producer, 0, 200);
                EmbeddedPostgres first = postgres;
                await("the first rows", () -> count(first, "scores") >= 190L * SERIES);

                long failed = failedCheckpoints(flink, store);
                postgres.close();
                send(producer, 200, 300);
                await(
                        "scores on the topic while the database is down",
                        () -> topics.read(KafkaOptions.SCORES, Score.class).size() >= 290 * SERIES);
                assertThat(flink.status(forecast)).isEqualTo(JobStatus.RUNNING);
                await("checkpoints of the store that expire", () -> failedCheckpoints(flink, store) >= failed + 2);

                postgres = postgres(port);
                EmbeddedPostgres second = postgres;
                await("the rows of the outage", () -> count(second, "scores") >= 290L * SERIES);
                assertThat(flink.failure(store))
                        .as("why the store was started again")
                        .isNull();
            }
            int scores = topics.read(KafkaOptions.SCORES, Score.class).size();
            // Without a checkpoint, and in a group that has read nothing, the store reads all topics again.
            long last = newestTransaction(postgres);
            Options again = options.with(KafkaOptions.GROUP_ID, "store-again");
            try (LocalFlink flink = LocalFlink.start(again, folder.resolve("flink-2"), null, 2)) {
                flink.submit("store", 2, StoreJob::define, again);
                EmbeddedPostgres second = postgres;
                // The last of them may not have been stored before.
                await("every score", () -> count(second, "scores") >= scores);
                for (String table : List.of("scores", "forecasts", "events")) {
                    await(
                            "every row of " + table + " written again",
                            () -> count(second, table + " WHERE xmin::text::bigint <= " + last) == 0);
                }
            }
            assertThat(count(postgres, "scores")).isEqualTo(scores);
            assertThat(count(postgres, "(SELECT DISTINCT series, event_time FROM scores) s"))
                    .isEqualTo(scores);
            assertThat(count(postgres, "series WHERE labels->>'site' IN ('s0', 's1')"))
                    .isEqualTo(SERIES);
            assertThat(count(postgres, "forecasts WHERE cardinality(yhat) = 24"))
                    .isGreaterThan(280L * SERIES);
            assertThat(count(postgres, "events WHERE series = 'series-2'")).isPositive();
            assertThat(count(postgres, "weights")).isEqualTo(1);
        } finally {
            postgres.close();
        }
    }

    /** Flink's sources go on with the topics of the checkpoint beside those that the options name. */
    @Test
    void aStoreThatGoesOnReadsTheTopicsThatAreNamedNow() throws Exception {
        try (EmbeddedPostgres postgres = postgres(freePort());
                TestingTopics before = new TestingTopics(kafka, "stored-before");
                TestingTopics after = new TestingTopics(kafka, "stored-after")) {
            Options options = before.options()
                    .with(PostgresOptions.STORE_URL, "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres")
                    .with(PostgresOptions.STORE_USER, "postgres")
                    .with(
                            "flink.execution.checkpointing.dir",
                            folder.resolve("kept").toUri().toString());
            assertThat(StoreJob.trouble(options)).isNull();
            before.publishWeights(1);
            try (LocalFlink flink = resumed(options)) {
                await("what was on the topic before", () -> count(postgres, "weights") == 1);
            }
            before.publishWeights(2);
            after.publishWeights(3);
            try (LocalFlink flink =
                    resumed(options.with(KafkaOptions.WEIGHTS, after.options().get(KafkaOptions.WEIGHTS)))) {
                await("what is on the topic now", () -> count(postgres, "weights WHERE version = 3") == 1);
                assertThat(count(postgres, "weights WHERE version = 2")).isZero();
            }
        }
    }

    private LocalFlink resumed(Options options) throws Exception {
        LocalFlink flink = LocalFlink.start(options, folder, null, 2);
        KeptCheckpoints kept = KeptCheckpoints.find(JobArguments.flinkConfiguration(options), "store");
        flink.awaitRunning(flink.resume("store", 2, StoreJob::define, options, Objects.requireNonNull(kept)), STARTUP);
        return flink;
    }
}
