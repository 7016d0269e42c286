package io.eddy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Topics of one test, named after it, so that tests can share a broker. */
final class TestingTopics implements AutoCloseable {
    private static final List<Option<String>> TOPICS = Stream.concat(
                    Stream.of(KafkaOptions.READINGS), KafkaOptions.OTHER_TOPICS.stream())
            .toList();

    private final Options options;
    private final KafkaProducer<byte[], byte[]> producer;

    TestingTopics(EmbeddedKafka kafka, String prefix) {
        Options own = Options.of(Map.of())
                .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
                .with(KafkaOptions.GROUP_ID, prefix)
                .with(InputOptions.STEP, "1h")
                .with(InputOptions.OUT_OF_ORDERNESS, "0ms")
                // Flink does not drain the windows of an idle source.
                .with(InputOptions.IDLE_AFTER, "1h")
                .with("flink.execution.checkpointing.interval", "500 ms");
        for (Option<String> topic : TOPICS) {
            String name = prefix + "-" + topic.byDefault();
            kafka.createTopic(name, topic == KafkaOptions.READINGS ? 2 : 1, Map.of());
            own = own.with(topic, name);
        }
        options = own;
        producer = new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Options options() {
        return options;
    }

    /**
     * A configuration for the command line: the broker, the group and the topics.
     *
     * @param more lines of it
     */
    String config(Path folder, String... more) throws IOException {
        Stream<Option<String>> named =
                Stream.concat(Stream.of(KafkaOptions.BOOTSTRAP_SERVERS, KafkaOptions.GROUP_ID), TOPICS.stream());
        Stream<String> lines = named.map(option -> option.key() + ": " + options.get(option));
        return Files.write(
                        folder.resolve("eddy.yaml"),
                        Stream.concat(lines, Stream.of(more)).toList())
                .toString();
    }

    void sendBytes(byte[] value) {
        sendBytes(options.get(KafkaOptions.READINGS), value);
    }

    void sendBytes(String topic, byte[] value) {
        producer.send(new ProducerRecord<>(topic, value));
        producer.flush();
    }

    /** @param json null: the rule is removed */
    void sendRule(String id, @Nullable String json) {
        producer.send(new ProducerRecord<>(
                options.get(KafkaOptions.RULES), id.getBytes(UTF_8), json == null ? null : json.getBytes(UTF_8)));
        producer.flush();
    }

    void sendFeedback(String series, FeedbackType type, Instant from, Instant to) {
        Feedback feedback = Feedback.newBuilder()
                .setSeries(series)
                .setFrom(from)
                .setTo(to)
                .setType(type)
                .setCreated(to)
                .build();
        sendBytes(options.get(KafkaOptions.FEEDBACK), new AvroCodec<>(Feedback.class).encode(feedback));
    }

    /** Weights whose network adds nothing to the base forecast. */
    void publishWeights(long version) {
        publishWeights(version, options);
    }

    /** The same for a model of several. */
    void publishWeights(long version, Options model) {
        int hidden = 8;
        int horizon = model.get(ForecastOptions.HORIZON);
        Architecture a = new Architecture(Forecaster.inputs(), hidden, 1, horizon, Quantiles.COUNT);
        io.eddy.model.network.Weights weights = io.eddy.model.network.Weights.of(
                a,
                Collections.singletonList(new float[a.inputs()][4 * hidden]),
                Collections.singletonList(new float[hidden][4 * hidden]),
                Collections.singletonList(new float[4 * hidden]),
                new float[hidden][a.outputs()],
                new float[a.outputs()]);
        Weights record = Weights.newBuilder()
                .setModelId(model.get(ModelOptions.MODEL_ID))
                .setVersion(version)
                .setParentVersion(version - 1)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(WeightsStatus.champion)
                .setArchitecture("test")
                .setTensors(ByteBuffer.wrap(weights.toBytes()))
                .setMetrics(
                        Map.of("classifier/attached", 1.0, "classifier/auc", 0.75, "classifier/anomalous_steps", 31.0))
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("test")
                .build();
        byte[] bytes = new AvroCodec<>(Weights.class).encode(record);
        producer.send(new ProducerRecord<>(options.get(KafkaOptions.WEIGHTS), bytes));
        producer.flush();
    }

    /** Takes away what is on a topic, as Kafka does with what is old. */
    void forget(Option<String> topic) throws Exception {
        String name = options.get(topic);
        Map<TopicPartition, RecordsToDelete> ends = new HashMap<>();
        try (Admin admin = Admin.create(options.kafka())) {
            for (PartitionInfo partition : producer.partitionsFor(name)) {
                ends.put(new TopicPartition(name, partition.partition()), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(ends).all().get();
        }
    }

    /** All committed records of a topic. */
    <T extends SpecificRecordBase> List<T> read(Option<String> topic, Class<T> type) throws Exception {
        AvroCodec<T> codec = new AvroCodec<>(type);
        return bytes(topic).stream().map(codec::decode).toList();
    }

    /** The values of all committed records of a topic. */
    List<byte[]> bytes(Option<String> topic) throws Exception {
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        List<byte[]> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(options.get(topic), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Topics.ends(options, List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> records.add(record.value()));
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
