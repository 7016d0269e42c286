package io.eddy.bench;

import com.sun.management.OperatingSystemMXBean;
import io.eddy.cli.EmbeddedKafka;
import io.eddy.cli.LocalFlink;
import io.eddy.cli.TemporaryFolder;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One run of one pipeline in a Flink of its own, from a topic of readings to output topics of its own. */
final class JobRun implements AutoCloseable {
    static final int PARTITIONS = 2;
    /** The broker's clock stands on every record, and what is deleted goes soon. */
    static final Map<String, String> TOPIC =
            Map.of("message.timestamp.type", "LogAppendTime", "file.delete.delay.ms", "1000");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SAMPLE_MILLIS = 50;
    private static final List<Option<String>> OUTPUTS =
            List.of(KafkaOptions.SCORES, KafkaOptions.FORECASTS, KafkaOptions.EVENTS, KafkaOptions.REJECTS);

    private final Options options;
    private final TemporaryFolder folder;
    private final LocalFlink flink;
    private final Admin admin;
    private final JobID job;

    /** What was there at one moment: records on the scores topic, and CPU time of the whole process. */
    record Sample(long nanos, long scored, long cpuNanos) {}

    private JobRun(Options options, TemporaryFolder folder, LocalFlink flink, Admin admin, JobID job) {
        this.options = options;
        this.folder = folder;
        this.flink = flink;
        this.admin = admin;
        this.job = job;
    }

    /**
     * Starts the job; returns when it runs.
     *
     * @param name of the run, new for each
     */
    static JobRun start(
            EmbeddedKafka kafka, String name, BiConsumer<StreamExecutionEnvironment, Options> pipeline, Options common)
            throws Exception {
        Options options = common.with(KafkaOptions.GROUP_ID, name);
        for (Option<String> output : OUTPUTS) {
            String topic = output.byDefault() + "-" + name;
            kafka.createTopic(topic, PARTITIONS, TOPIC);
            options = options.with(output, topic);
        }
        TemporaryFolder folder = TemporaryFolder.create("eddy-bench");
        LocalFlink flink = LocalFlink.start(options, folder.path(), null, PARTITIONS);
        JobID job = flink.submit(name, PARTITIONS, pipeline, options);
        flink.awaitRunning(job, PATIENCE);
        return new JobRun(options, folder, flink, Admin.create(options.kafka()), job);
    }

    String scores() {
        return options.get(KafkaOptions.SCORES);
    }

    String forecasts() {
        return options.get(KafkaOptions.FORECASTS);
    }

    /** Watches until so many scores are on their topic, transactions that are still open included. */
    List<Sample> awaitScores(long count) throws Exception {
        List<Sample> samples = new ArrayList<>(List.of(sample()));
        long changed = System.nanoTime();
        while (last(samples).scored < count) {
            Thread.sleep(SAMPLE_MILLIS);
            Sample sample = sample();
            if (sample.scored > last(samples).scored) {
                changed = sample.nanos;
            }
            samples.add(sample);
            if (flink.status(job).isGloballyTerminalState() || sample.nanos - changed > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "job: expected " + count + " scores, found it " + flink.status(job) + " with " + sample.scored);
            }
        }
        return samples;
    }

    private static Sample last(List<Sample> samples) {
        return samples.get(samples.size() - 1);
    }

    private Sample sample() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = partitions(scores()).stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long scored = admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Sample(System.nanoTime(), scored, system.getProcessCpuTime());
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList();
    }

    /** Reads a topic to what is its end now, transactions that are still open included. */
    static void readAll(Options options, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Properties properties = options.kafka();
        properties.put("enable.auto.commit", "false");
        List<TopicPartition> partitions = partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(taker);
            }
        }
    }

    /** Ends the job and deletes what it wrote. */
    @Override
    public void close() throws Exception {
        flink.close();
        admin.deleteTopics(OUTPUTS.stream().map(options::get).toList()).all().get();
        admin.close();
        folder.close();
    }
}
