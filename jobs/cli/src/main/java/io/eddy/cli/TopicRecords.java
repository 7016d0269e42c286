package io.eddy.cli;

import io.eddy.connectors.AwaitedWriter;
import io.eddy.connectors.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A small topic as a command sees it, which reads all of it and then may write.
 *
 * @param options name the broker
 */
record TopicRecords(Options options, String name) {
    /**
     * Passes on what is on the topic now, each partition in its order.
     *
     * @throws IllegalStateException if no broker answers, or none has the topic
     */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> taker) throws InterruptedException {
        Topics.expect(options, name);
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(taker);
            }
        }
    }

    /**
     * Returns when the broker has taken them.
     *
     * @param records by key; null: what is there under the key goes
     * @throws IllegalStateException if it does not
     */
    void write(Map<String, byte @Nullable []> records) {
        try (AwaitedWriter writer = new AwaitedWriter(options, name)) {
            records.forEach(writer::write);
        }
    }
}
