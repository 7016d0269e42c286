package io.eddy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eddy.Rule;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The rules on their topic. */
final class RulesTopic {
    private final Options options;
    private final AvroCodec<Rule> codec = new AvroCodec<>(Rule.class, Rule.getClassSchema());
    /** The last word on each, as JSON, by id. */
    private final TreeMap<String, String> rules = new TreeMap<>();

    private RulesTopic(Options options) {
        this.options = options;
    }

    /**
     * Reads what is on the topic now.
     *
     * @throws IllegalStateException if no broker answers, or none has the topic
     */
    static RulesTopic read(Options options) throws InterruptedException {
        RulesTopic topic = new RulesTopic(options);
        String name = options.get(KafkaOptions.RULES);
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
                consumer.poll(Duration.ofMillis(100)).forEach(topic::take);
            }
        }
        return topic;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? null : new String(record.key(), UTF_8);
        byte[] value = record.value();
        if (value == null) {
            rules.remove(key == null ? "" : key);
        } else if (value.length > 0 && value[0] == '{') {
            rules.put(key == null ? "" : key, new String(value, UTF_8));
        } else {
            Rule rule = readable(value);
            rules.put(key == null ? "" : key, rule == null ? "{} (no rule; the jobs refuse it)" : rule.toString());
        }
    }

    private @Nullable Rule readable(byte[] value) {
        try {
            return codec.decode(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As JSON, by id. */
    Map<String, String> rules() {
        return rules;
    }

    void put(Rule rule) {
        write(rule.getId(), codec.encode(rule));
        rules.put(rule.getId(), rule.toString());
    }

    void remove(String id) {
        write(id, null);
        rules.remove(id);
    }

    private void write(String id, byte @Nullable [] value) {
        Properties properties = options.kafka();
        properties.put("acks", "all");
        properties.put("delivery.timeout.ms", "10000");
        properties.put("request.timeout.ms", "5000");
        properties.put("linger.ms", "0");
        String name = options.get(KafkaOptions.RULES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(name, id.getBytes(UTF_8), value)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(
                    "topic " + name + ": expected the broker to take the record, found " + e.getMessage(), e);
        }
    }
}
