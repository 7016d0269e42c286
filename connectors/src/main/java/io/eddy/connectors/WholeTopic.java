package io.eddy.connectors;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All of a small topic, from its beginning to its end of now. */
public final class WholeTopic {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private WholeTopic() {}

    /**
     * Passes on what is committed, each partition in its order.
     *
     * @param options name the broker
     * @throws IllegalStateException if there is no such topic, which is not made; Kafka's own exceptions if no broker answers
     */
    public static void read(Options options, String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("topic: expected one to read, found no " + topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(PATIENCE).forEach(taker);
            }
        }
    }
}
