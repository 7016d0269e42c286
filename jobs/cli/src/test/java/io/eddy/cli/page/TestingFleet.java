package io.eddy.cli.page;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.cli.EmbeddedKafka;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one test, and what the jobs would write to them. */
final class TestingFleet implements AutoCloseable {
    private final Options options;
    private final KafkaProducer<byte[], byte[]> producer;

    TestingFleet(EmbeddedKafka kafka, String prefix) {
        Options own = Options.of(Map.of())
                .with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
                .with(InputOptions.STEP, "1h")
                .with(ForecastOptions.HORIZON, String.valueOf(TestingRecords.HORIZON));
        List<Option<String>> topics = new ArrayList<>(KafkaOptions.OTHER_TOPICS);
        topics.add(KafkaOptions.READINGS);
        for (Option<String> topic : topics) {
            String name = prefix + "-" + topic.byDefault();
            kafka.createTopic(name, 1, Map.of());
            own = own.with(topic, name);
        }
        options = own;
        producer = new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Options options() {
        return options;
    }

    void send(Score score) {
        send(KafkaOptions.SCORES, Score.class, score);
    }

    void send(Forecast forecast) {
        send(KafkaOptions.FORECASTS, Forecast.class, forecast);
    }

    void send(Event event) {
        send(KafkaOptions.EVENTS, Event.class, event);
    }

    void send(Weights weights) {
        send(KafkaOptions.WEIGHTS, Weights.class, weights);
    }

    void send(Reject reject) {
        send(KafkaOptions.REJECTS, Reject.class, reject);
    }

    /** Normal steps of a series, each with its forecast. */
    void steps(String series, int from, int to) {
        for (int step = from; step < to; step++) {
            send(TestingRecords.score(series, step));
            send(TestingRecords.forecast(series, step));
        }
        producer.flush();
    }

    private <T extends SpecificRecordBase> void send(Option<String> topic, Class<T> type, T record) {
        producer.send(new ProducerRecord<>(options.get(topic), new AvroCodec<>(type).encode(record)));
    }

    /** What has been said so far. */
    List<Feedback> feedback() {
        AvroCodec<Feedback> codec = new AvroCodec<>(Feedback.class);
        Properties properties = options.kafka();
        List<Feedback> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(options.get(KafkaOptions.FEEDBACK), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(codec.decode(record.value())));
            }
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
        return found;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
