package io.eddy.bench;

import io.eddy.Weights;
import io.eddy.cli.EmbeddedKafka;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka to the job to Kafka, exactly once, everything in this process: the real job beside the same pipeline without a model. Every reading
 * is a step, so that each costs all that a reading can.
 */
final class JobBench implements Bench {
    private static final String NAME = "job";
    private static final int SERIES = 10_000;
    private static final int STEPS = 60;
    private static final long READINGS = (long) SERIES * STEPS;
    private static final int ROUNDS = 3;
    private static final int LATENCY_SECONDS = 20;
    private static final int LATENCY_WARM_UP_SECONDS = 8;
    /** Between these shares of the scores the pace is taken: the job is warm, and not yet at the end of its input. */
    private static final double FROM = 0.3;

    private static final double TO = 0.95;
    /** The newest readings of a partition wait for a later one. */
    private static final long WAITING = SERIES / 10;

    private static final long START_MILLIS = 1_600_000_000_000L;
    private static final String EDDY = "eddy-h64";
    private static final String PASS_THROUGH = "pass-through";
    static final Map<String, BiConsumer<StreamExecutionEnvironment, Options>> SIDES = sides();

    private static Map<String, BiConsumer<StreamExecutionEnvironment, Options>> sides() {
        Map<String, BiConsumer<StreamExecutionEnvironment, Options>> sides = new LinkedHashMap<>();
        sides.put(PASS_THROUGH, PassThroughJob::define);
        sides.put(EDDY, ForecastJob::define);
        return sides;
    }

    private final Figures figures = new Figures(NAME);

    @Override
    public String says() {
        return "Kafka to the job to Kafka, exactly once, " + SERIES
                + " series, in one process; beside it without a model.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            Options options = options(kafka);
            publishWeights(kafka, options);
            try (ReadingWriter writer = new ReadingWriter(options, SERIES)) {
                throughput(kafka, options, writer, log);
                double half = figures.median(EDDY, "readings_per_second") / 2;
                latency(kafka, options, writer, half, log);
                figures.add(EDDY, "load_of_latency", "1/s", half);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : figures.rows()) {
            rows.add(row.side().equals(EDDY) ? figures.against(row, PASS_THROUGH) : row);
        }
        return rows;
    }

    static Options options(EmbeddedKafka kafka) {
        return Options.of(Map.of(
                KafkaOptions.BOOTSTRAP_SERVERS.key(),
                kafka.bootstrapServers(),
                InputOptions.STEP.key(),
                "0ms",
                InputOptions.OUT_OF_ORDERNESS.key(),
                "0ms",
                ForecastOptions.WARM_UP.key(),
                "10",
                InputOptions.START_FROM.key(),
                "earliest",
                "flink.execution.checkpointing.interval",
                "5s",
                "flink.pipeline.auto-watermark-interval",
                "20ms"));
    }

    static void publishWeights(EmbeddedKafka kafka, Options options) throws Exception {
        String topic = options.get(KafkaOptions.WEIGHTS);
        kafka.createTopic(topic, 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopic(options.get(KafkaOptions.FEEDBACK), 1, Map.of());
        kafka.createTopic(options.get(KafkaOptions.RULES), 1, Map.of("cleanup.policy", "compact"));
        Weights champion = Champion.of(options);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            champion.getModelId().getBytes(StandardCharsets.UTF_8),
                            new AvroCodec<>(Weights.class).encode(champion)))
                    .get();
        }
    }

    private void throughput(EmbeddedKafka kafka, Options options, ReadingWriter writer, Log log) throws Exception {
        String topic = options.get(KafkaOptions.READINGS);
        kafka.createTopic(topic, JobRun.PARTITIONS, JobRun.TOPIC);
        writer.write(topic, READINGS, Double.POSITIVE_INFINITY, n -> START_MILLIS + n * 60_000 / SERIES);
        log.line(READINGS + " readings are on their topic");
        for (int round = 0; round <= ROUNDS; round++) {
            for (var side : SIDES.entrySet()) {
                try (JobRun run = JobRun.start(kafka, side.getKey() + "-" + round, side.getValue(), options)) {
                    List<JobRun.Sample> samples = run.awaitScores(READINGS - WAITING);
                    JobRun.Sample from = firstFrom(samples, FROM);
                    JobRun.Sample to = firstFrom(samples, TO);
                    double scored = to.scored() - from.scored();
                    double perSecond = scored / (to.nanos() - from.nanos()) * 1e9;
                    double micros = (to.cpuNanos() - from.cpuNanos()) / scored / 1000;
                    log.line(String.format(
                            Locale.ROOT,
                            "%s round %d: %.0f readings/s, %.1f us CPU each%s",
                            side.getKey(),
                            round,
                            perSecond,
                            micros,
                            round == 0 ? " (warm-up)" : ""));
                    if (round > 0) {
                        figures.add(side.getKey(), "readings_per_second", "1/s", perSecond);
                        figures.add(side.getKey(), "cpu_per_reading", "us", micros);
                    }
                }
            }
        }
    }

    private static JobRun.Sample firstFrom(List<JobRun.Sample> samples, double share) {
        return samples.stream()
                .filter(sample -> sample.scored() >= share * READINGS)
                .findFirst()
                .orElseThrow();
    }

    private void latency(EmbeddedKafka kafka, Options options, ReadingWriter writer, double perSecond, Log log)
            throws Exception {
        long count = (long) (perSecond * LATENCY_SECONDS);
        for (int round = 1; round <= ROUNDS; round++) {
            for (var side : SIDES.entrySet()) {
                String name = side.getKey() + "-paced-" + round;
                Options here = options.with(KafkaOptions.READINGS, "readings-" + name);
                kafka.createTopic(here.get(KafkaOptions.READINGS), JobRun.PARTITIONS, JobRun.TOPIC);
                try (JobRun run = JobRun.start(kafka, name, side.getValue(), here)) {
                    long began = System.currentTimeMillis();
                    writer.write(here.get(KafkaOptions.READINGS), count, perSecond, n -> System.currentTimeMillis());
                    run.awaitScores((long) (0.99 * count));
                    ScoreLatency latency = ScoreLatency.of(
                            here,
                            here.get(KafkaOptions.READINGS),
                            run.scores(),
                            began + 1000L * LATENCY_WARM_UP_SECONDS);
                    figures.add(side.getKey(), "latency_p50", "ms", latency.quantile(0.5));
                    figures.add(side.getKey(), "latency_p99", "ms", latency.quantile(0.99));
                    figures.add(side.getKey(), "latency_p99.9", "ms", latency.quantile(0.999));
                    log.line(String.format(
                            Locale.ROOT,
                            "%s round %d at %.0f readings/s: p50 %.0f, p99 %.0f, p99.9 %.0f ms of %d",
                            side.getKey(),
                            round,
                            perSecond,
                            latency.quantile(0.5),
                            latency.quantile(0.99),
                            latency.quantile(0.999),
                            latency.millis().length));
                }
            }
        }
    }
}
