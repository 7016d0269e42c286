package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the topic of the rules holds now, asked of the broker. */
public final class RuleTopic implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Options options;

    public RuleTopic(Options options) {
        this.options = options;
    }

    /**
     * The keys whose newest record has a value: the ids of the rules, and of what is refused as none.
     *
     * @throws IllegalStateException if there is no such topic; Kafka's own exceptions if no broker answers
     */
    public Set<String> ids() {
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        String topic = options.get(KafkaOptions.RULES);
        Set<String> ids = new TreeSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException(KafkaOptions.RULES.key() + ": expected a topic, found no " + topic);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                    take(record, ids);
                }
            }
        }
        return ids;
    }

    /** A record without a key is none of a compacted topic. */
    private static void take(ConsumerRecord<byte[], byte[]> record, Set<String> ids) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), UTF_8);
        if (record.value() == null) {
            ids.remove(id);
        } else {
            ids.add(id);
        }
    }
}
