package io.eddy.cli;

import io.eddy.Score;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed scores from the beginning of their topic, which has one partition. */
final class ScoreReader implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<Score> codec = new AvroCodec<>(Score.class);
    private final List<Score> scores = new ArrayList<>();

    ScoreReader(Options options) {
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(new TopicPartition(options.get(KafkaOptions.SCORES), 0));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All scores that have come so far, in their order. */
    List<Score> poll() {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> scores.add(codec.decode(record.value())));
        return scores;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
