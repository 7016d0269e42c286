package io.eddy.connectors;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What Kafka itself asks of the values that are passed on to its clients. */
final class KafkaSettings {
    /** Each value is passed on to all of them. */
    private static final List<Map<String, ConfigDef.ConfigKey>> CLIENTS = List.of(
            AdminClientConfig.configDef().configKeys(),
            ConsumerConfig.configDef().configKeys(),
            ProducerConfig.configDef().configKeys());

    private static final Set<String> NAMES =
            CLIENTS.stream().flatMap(known -> known.keySet().stream()).collect(Collectors.toSet());

    private KafkaSettings() {}

    /**
     * What a name and its value have to be.
     *
     * @param name as Kafka has it
     * @return expected and found, as an error says them; null if it is that, or if no client knows a name like it: it may be that of
     *     something that a client is given
     */
    static @Nullable String broken(String name, String value) {
        String meant = Spelling.slipped(name, NAMES);
        if (meant != null) {
            // The value may be a secret.
            return "expected a setting of Kafka's clients, found an unknown one; the nearest is "
                    + KafkaOptions.KAFKA_PREFIX + meant;
        }
        String rule = brokenRule(name, value);
        return rule == null ? null : "expected " + rule + ", found " + value;
    }

    private static @Nullable String brokenRule(String name, String value) {
        if (value.contains("${")) {
            return null; // known where it is used
        }
        for (Map<String, ConfigDef.ConfigKey> known : CLIENTS) {
            ConfigDef.ConfigKey key = known.get(name);
            // A class may be on the class path of the cluster alone.
            if (key != null && key.type != ConfigDef.Type.CLASS) {
                String rule = brokenRule(key, value);
                if (rule != null) {
                    return rule;
                }
            }
        }
        return null;
    }

    private static @Nullable String brokenRule(ConfigDef.ConfigKey key, String value) {
        Object parsed;
        try {
            parsed = ConfigDef.parseType(key.name, value, key.type);
        } catch (ConfigException e) {
            return switch (key.type) {
                case BOOLEAN -> "true or false";
                case DOUBLE -> "a number";
                default -> "a whole number of Kafka's type " + key.type;
            };
        }
        try {
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return null;
        } catch (ConfigException e) {
            return "what Kafka takes, " + key.validator;
        }
    }
}
