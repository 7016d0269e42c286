package io.eddy.connectors;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Kafka sources and sinks of the jobs, as the options name them. */
public final class KafkaTopics {
    /** Kafka's own limit. */
    private static final long LARGEST_REQUEST = 1_048_576;
    /** Shorter than the broker's default maximum of 15 minutes, longer than any sensible checkpoint interval. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    /** Of the shortest step: so many open steps a series may have. */
    private static final int STEPS_AHEAD = 500;
    /** The same for steps of milliseconds, whose backlog would be read no faster than it was written. */
    private static final Duration LEAST_AHEAD = Duration.ofMinutes(10);
    /** So often partitions are compared; a backlog is read no faster than {@link #STEPS_AHEAD} in this time. */
    private static final Duration ALIGN_EVERY = Duration.ofMillis(500);

    private final Options options;
    private final String job;

    /** @param job name of the job, part of its consumer group and transactions */
    public KafkaTopics(Options options, String job) {
        this.options = options;
        this.job = job;
    }

    /** The readings of all topics, from where the options say; what cannot be read comes as a reject. */
    public KafkaSource<Decoded> readings() {
        KafkaSourceBuilder<Decoded> source = KafkaSource.<Decoded>builder()
                .setProperties(readers(options))
                .setGroupId(options.get(KafkaOptions.GROUP_ID) + "-" + job)
                .setStartingOffsets(start())
                .setDeserializer(new NamedTopics<>(options, KafkaOptions.READINGS, new ReadingDeserializer(options)));
        ReadingTopics topics = ReadingTopics.of(options);
        return (topics.pattern() == null ? source.setTopics(topics.names()) : source.setTopicPattern(topics.pattern()))
                .build();
    }

    private OffsetsInitializer start() {
        return switch (options.get(InputOptions.START_FROM)) {
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> new FromTheEnd();
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
        };
    }

    /**
     * Event time of the readings, per partition. Rejects have none and hold nothing back. A partition that is far ahead of another, as when a backlog
     * is read, waits for it: what is read of it stays open in the memories until the other has come as far.
     */
    public WatermarkStrategy<Decoded> watermarks() {
        WatermarkStrategy<Decoded> strategy = WatermarkStrategy.<Decoded>forBoundedOutOfOrderness(
                        options.get(InputOptions.OUT_OF_ORDERNESS))
                .withTimestampAssigner((decoded, kafkaTime) -> decoded.reading == null
                        ? Long.MIN_VALUE
                        : decoded.reading.getEventTime().toEpochMilli())
                .withIdleness(options.get(InputOptions.IDLE_AFTER));
        return options.models().stream()
                .map(model -> model.get(InputOptions.STEP))
                .filter(step -> !step.isZero())
                .min(Comparator.naturalOrder())
                .map(step -> step.multipliedBy(STEPS_AHEAD))
                .map(ahead -> ahead.compareTo(LEAST_AHEAD) < 0 ? LEAST_AHEAD : ahead)
                .map(ahead -> strategy.withWatermarkAlignment("readings", ahead, ALIGN_EVERY))
                .orElse(strategy);
    }

    /** Every version that the topic holds, then the new ones as they come. */
    public KafkaSource<Weights> weights() {
        return whole(KafkaOptions.WEIGHTS, "-weights", records(KafkaOptions.WEIGHTS, Weights.class));
    }

    /** All that people have said, then what they say. */
    public KafkaSource<Feedback> feedback() {
        return whole(KafkaOptions.FEEDBACK, "-feedback", records(KafkaOptions.FEEDBACK, Feedback.class));
    }

    /** The rules that hold, then their changes. */
    public KafkaSource<Control> rules() {
        return whole(KafkaOptions.RULES, "-rules", new RuleDeserializer());
    }

    private <T> KafkaSource<T> whole(
            Option<String> topic, String group, KafkaRecordDeserializationSchema<T> deserializer) {
        return committed(topic, group, OffsetsInitializer.earliest(), deserializer);
    }

    /** What is committed on one topic. */
    private <T> KafkaSource<T> committed(
            Option<String> topic,
            String group,
            OffsetsInitializer start,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return KafkaSource.<T>builder()
                .setProperties(options.kafka())
                .setProperty("isolation.level", "read_committed")
                .setGroupId(options.get(KafkaOptions.GROUP_ID) + "-" + job + group)
                .setTopics(options.get(topic))
                .setStartingOffsets(start)
                .setDeserializer(new NamedTopics<>(options, topic, deserializer))
                .build();
    }

    private <T extends SpecificRecordBase> RecordDeserializer<T> records(Option<String> topic, Class<T> type) {
        return new RecordDeserializer<>(RecordFormat.of(options, topic, type));
    }

    /** The scores that are committed, from where this group stopped reading; the same for the three below. */
    public KafkaSource<Score> storedScores() {
        return stored(KafkaOptions.SCORES, Score.class);
    }

    public KafkaSource<Forecast> storedForecasts() {
        return stored(KafkaOptions.FORECASTS, Forecast.class);
    }

    public KafkaSource<Event> storedEvents() {
        return stored(KafkaOptions.EVENTS, Event.class);
    }

    public KafkaSource<Weights> storedWeights() {
        return stored(KafkaOptions.WEIGHTS, Weights.class);
    }

    private <T extends SpecificRecordBase> KafkaSource<T> stored(Option<String> topic, Class<T> type) {
        OffsetsInitializer start = OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
        return committed(topic, "", start, records(topic, type));
    }

    /** New champions, keyed by their model: of these the topic keeps the newest. */
    public Sink<Weights> champions() {
        return sink(KafkaOptions.WEIGHTS, Weights.class, Weights::getModelId);
    }

    /** Every version, keyed by {@link WeightsKeys#version}: of these the topic keeps the newest 64. */
    public Sink<Weights> versions() {
        return sink(
                KafkaOptions.WEIGHTS,
                "-versions",
                RecordFormat.of(options, KafkaOptions.WEIGHTS, Weights.class),
                WeightsKeys::version);
    }

    /** What shadows showed, keyed as {@link #versions}; at least once, for what is written twice says the same. */
    public Sink<Weights> judgedShadows() {
        return sink(
                KafkaOptions.WEIGHTS,
                "-shadows",
                RecordFormat.of(options, KafkaOptions.WEIGHTS, Weights.class),
                WeightsKeys::version,
                DeliveryGuarantee.AT_LEAST_ONCE);
    }

    /** Scores, keyed by their series as the two below are; as often as {@code kafka.delivery} promises. */
    public Sink<Score> scores() {
        return sink(
                KafkaOptions.SCORES,
                "",
                RecordFormat.of(options, KafkaOptions.SCORES, Score.class, AvroWriters::write),
                Score::getSeries);
    }

    public Sink<Forecast> forecasts() {
        return sink(
                KafkaOptions.FORECASTS,
                "",
                RecordFormat.of(options, KafkaOptions.FORECASTS, Forecast.class, AvroWriters::write),
                Forecast::getSeries);
    }

    public Sink<Event> events() {
        return sink(KafkaOptions.EVENTS, Event.class, Event::getSeries);
    }

    public Sink<Reject> rejects() {
        return sink(KafkaOptions.REJECTS, Reject.class, Reject::getTopic);
    }

    private <T extends SpecificRecordBase> Sink<T> sink(
            Option<String> topic, Class<T> type, RecordSerializer.Key<T> key) {
        return sink(topic, "", RecordFormat.of(options, topic, type), key);
    }

    private <T extends SpecificRecordBase> Sink<T> sink(
            Option<String> topic, String transactions, RecordFormat<T> format, RecordSerializer.Key<T> key) {
        boolean exactlyOnce = options.get(KafkaOptions.DELIVERY) == KafkaOptions.Delivery.EXACTLY_ONCE;
        return sink(
                topic,
                transactions,
                format,
                key,
                exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE);
    }

    /** @param transactions what tells this sink's transactions from those of another on the same topic */
    private <T extends SpecificRecordBase> Sink<T> sink(
            Option<String> option,
            String transactions,
            RecordFormat<T> format,
            RecordSerializer.Key<T> key,
            DeliveryGuarantee guarantee) {
        String topic = options.get(option);
        boolean pools = options.get(KafkaOptions.TRANSACTIONS) == KafkaOptions.Transactions.POOLING;
        String prefix = options.get(KafkaOptions.GROUP_ID) + "-" + job + "-" + topic + transactions;
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(producer(options))
                // Pooling ends whatever begins with the prefix, which must not be that of a sink on the same topic.
                .setTransactionalIdPrefix(pools ? prefix + ":" : prefix)
                .setTransactionNamingStrategy(
                        pools ? TransactionNamingStrategy.POOLING : TransactionNamingStrategy.INCREMENTING)
                .setDeliveryGuarantee(guarantee)
                .setRecordSerializer(new RecordSerializer<>(topic, format, key))
                .build();
    }

    /** Bytes of the largest record that a sink can write; the broker may take less. */
    public static long largestRecord(Options options) {
        Object found = producer(options).get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return found == null ? LARGEST_REQUEST : Long.parseLong(found.toString());
    }

    /** What the readers of the readings are set to; what the options pass on to Kafka goes before. */
    static Properties readers(Options options) {
        Properties properties = new Properties();
        // Flink looks for new partitions every five minutes; what is written to them meanwhile is late where others go
        // on.
        properties.put("partition.discovery.interval.ms", "30000");
        properties.putAll(options.kafka());
        return properties;
    }

    /** What the producers of the sinks are set to; what the options pass on to Kafka goes before. */
    static Properties producer(Options options) {
        Properties properties = new Properties();
        properties.put("transaction.timeout.ms", String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
        properties.put("linger.ms", "5");
        properties.put("compression.type", "lz4");
        // Each batch begins with 130 kB of buffers for LZ4, whatever its size; by default it is 16 kB.
        properties.put("batch.size", "65536");
        properties.putAll(options.kafka());
        return properties;
    }
}
