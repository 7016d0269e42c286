package io.eddy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eddy.Rule;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The rules on their topic. */
final class RulesTopic {
    /** How a field reads that a rule leaves open. */
    private static final Set<String> OPEN = Set.of("null", "false", "[]", "{}");

    private final TopicRecords records;
    private final AvroCodec<Rule> codec = new AvroCodec<>(Rule.class);
    /** The last word on each, as JSON, by id. */
    private final TreeMap<String, String> rules = new TreeMap<>();

    private RulesTopic(Options options) {
        records = new TopicRecords(options, options.get(KafkaOptions.RULES));
    }

    /**
     * Reads what is on the topic now.
     *
     * @throws IllegalStateException if no broker answers, or none has the topic
     */
    static RulesTopic read(Options options) throws InterruptedException {
        RulesTopic topic = new RulesTopic(options);
        topic.records.read(topic::take);
        return topic;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        byte[] value = record.value();
        if (value == null) {
            rules.remove(key);
        } else if (value.length > 0 && value[0] == '{') {
            rules.put(key, new String(value, UTF_8));
        } else {
            rules.put(key, readable(value));
        }
    }

    private String readable(byte[] value) {
        try {
            return json(codec.decode(value));
        } catch (IllegalArgumentException e) {
            return "{} (no rule; the jobs refuse it)";
        }
    }

    /** What a rule says; not what it leaves open. */
    private static String json(Object value) {
        if (value instanceof IndexedRecord record) {
            return record.getSchema().getFields().stream()
                    .filter(field -> !OPEN.contains(String.valueOf(record.get(field.pos()))))
                    .map(field -> "\"" + field.name() + "\": " + json(record.get(field.pos())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof List<?> list
                ? list.stream().map(RulesTopic::json).collect(Collectors.joining(", ", "[", "]"))
                : GenericData.get().toString(value);
    }

    /** As JSON, by id. */
    Map<String, String> rules() {
        return rules;
    }

    void put(List<Rule> added) {
        Map<String, byte @Nullable []> written = new LinkedHashMap<>();
        added.forEach(rule -> written.put(rule.getId(), codec.encode(rule)));
        records.write(written);
        added.forEach(rule -> rules.put(rule.getId(), json(rule)));
    }

    void remove(List<String> ids) {
        Map<String, byte @Nullable []> written = new LinkedHashMap<>();
        ids.forEach(id -> written.put(id, null));
        records.write(written);
        ids.forEach(rules::remove);
    }
}
