package io.eddy.bench;

import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.cli.EmbeddedKafka;
import io.eddy.cli.LocalFlink;
import io.eddy.cli.TemporaryFolder;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.AvroWriters;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.store.StoreJob;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The store job from full topics into a Postgres that keeps every commit on the disk. */
final class StoreBench implements Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int PARTITIONS = 2;
    private static final int SERIES = 1000;
    private static final int HORIZON = 24;

    private final int scores;
    private final int rounds;

    StoreBench() {
        this(300_000, 3);
    }

    /** @param scores rows of a round; there are a sixth as many forecasts */
    StoreBench(int scores, int rounds) {
        this.scores = scores;
        this.rounds = rounds;
    }

    @Override
    public String says() {
        return "rows that the store job writes, Kafka and Postgres on this machine; a forecast of 24 steps is one row";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Figures figures = new Figures("store");
        for (int round = 0; round < rounds; round++) {
            log.line("round " + (round + 1) + " of " + rounds);
            try (EmbeddedKafka kafka = EmbeddedKafka.start();
                    TemporaryFolder folder = TemporaryFolder.create("eddy-bench-store");
                    EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                            .setDataDirectory(folder.path().resolve("postgres"))
                            .setPGStartupWait(PATIENCE)
                            .start()) {
                figures.add("scores", "rows_per_second", "1/s", scores(kafka, postgres, folder));
                figures.add("forecasts", "rows_per_second", "1/s", forecasts(kafka, postgres, folder));
            }
        }
        return figures.rows();
    }

    private double scores(EmbeddedKafka kafka, EmbeddedPostgres postgres, TemporaryFolder folder) throws Exception {
        Options options = options(kafka, postgres, "scores");
        AvroCodec<Score> codec = new AvroCodec<>(Score.class, AvroWriters::write);
        fill(options, options.get(KafkaOptions.SCORES), scores, codec, StoreBench::score);
        return rate(options, postgres, folder, "scores", scores);
    }

    private double forecasts(EmbeddedKafka kafka, EmbeddedPostgres postgres, TemporaryFolder folder) throws Exception {
        Options options = options(kafka, postgres, "forecasts");
        AvroCodec<Forecast> codec = new AvroCodec<>(Forecast.class, AvroWriters::write);
        fill(options, options.get(KafkaOptions.FORECASTS), scores / 6, codec, StoreBench::forecast);
        return rate(options, postgres, folder, "forecasts", scores / 6);
    }

    private static Options options(EmbeddedKafka kafka, EmbeddedPostgres postgres, String run) {
        Options options = Options.of(Map.of(
                        "kafka.bootstrap_servers",
                        kafka.bootstrapServers(),
                        "kafka.group_id",
                        run,
                        "store.url",
                        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                        "store.user",
                        "postgres"))
                .with(KafkaOptions.SCORES, run + "-scores")
                .with(KafkaOptions.FORECASTS, run + "-forecasts")
                .with(KafkaOptions.EVENTS, run + "-events")
                .with(KafkaOptions.WEIGHTS, run + "-weights");
        for (var topic :
                List.of(KafkaOptions.SCORES, KafkaOptions.FORECASTS, KafkaOptions.EVENTS, KafkaOptions.WEIGHTS)) {
            kafka.createTopic(options.get(topic), PARTITIONS, Map.of());
        }
        return options;
    }

    /** Makes the n-th record. */
    private interface Maker<T> {
        T make(int n);
    }

    private static <T extends SpecificRecordBase> void fill(
            Options options, String topic, int count, AvroCodec<T> codec, Maker<T> maker) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = 0; n < count; n++) {
                byte[] key = ("series-" + n % SERIES).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, key, codec.encode(maker.make(n))));
            }
        }
    }

    /** Rows a second between the first that are seen and the last. */
    private static double rate(
            Options options, EmbeddedPostgres postgres, TemporaryFolder folder, String table, long rows)
            throws Exception {
        try (LocalFlink flink = LocalFlink.start(options, folder.path(), null, PARTITIONS);
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            JobID job = flink.submit("store", PARTITIONS, StoreJob::define, options);
            flink.awaitRunning(job, PATIENCE);
            long first = 0;
            long from = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                long found = count(connection, table);
                long now = System.nanoTime();
                if (first == 0 && found > 0) {
                    first = found;
                    from = now;
                }
                if (found >= rows) {
                    return (found - first) / ((now - from) / 1e9);
                }
                if (now > deadline) {
                    throw new IllegalStateException(
                            "store: expected " + rows + " rows within " + PATIENCE.toSeconds() + " s, found " + found);
                }
                Thread.sleep(50);
            }
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet there = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
            there.next();
            if (!there.getBoolean(1)) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static Score score(int n) {
        Instant time = START.plusSeconds(60L * (n / SERIES));
        double value = 100 + Math.sin(n) * 10;
        return Score.newBuilder()
                .setSeries("series-" + n % SERIES)
                .setLabels(Map.of("site", "s" + n % 7))
                .setTarget("value")
                .setEventTime(time)
                .setProcessingTime(time.plusSeconds(61))
                .setY(value)
                .setYhat(value + 1)
                .setYhatLower(value - 9)
                .setYhatUpper(value + 11)
                .setAnomalyScore(0.1)
                .setAnomalyScoreRaw(0.1)
                .setPValue(0.4)
                .setDirection(0)
                .setIsAnomaly(false)
                .setStatus(Status.NORMAL)
                .setImputed(false)
                .setNSamplesSeen(n / SERIES)
                .setModelId("default")
                .setModelVersion(1)
                .setMemoryVersion(3)
                .build();
    }

    private static Forecast forecast(int n) {
        Instant time = START.plusSeconds(60L * (n / SERIES));
        List<ForecastStep> steps = new ArrayList<>();
        for (int h = 1; h <= HORIZON; h++) {
            double value = 100 + Math.sin(n + h) * 10;
            List<Double> quantiles =
                    IntStream.range(0, 7).mapToObj(q -> value + q - 3).toList();
            steps.add(new ForecastStep(h, time.plusSeconds(60L * h), value, value - 3, value + 3, quantiles));
        }
        return Forecast.newBuilder()
                .setSeries("series-" + n % SERIES)
                .setLabels(Map.of("site", "s" + n % 7))
                .setTarget("value")
                .setIssuedAt(time)
                .setStepSeconds(60)
                .setModelId("default")
                .setModelVersion(1)
                .setSteps(steps)
                .setRealised(new Realised(1.0, 0.2, 0.8, 0.95, List.of(), Map.of()))
                .build();
    }
}
