package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.Rule;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic of the rules: the key is the id, the value one rule in Avro, or in JSON where it begins with a brace; no value removes the rule. What
 * is no rule is counted, logged and passed over, and what held before goes on.
 */
final class RuleDeserializer implements KafkaRecordDeserializationSchema<Control> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RuleDeserializer.class);
    private static final ObjectMapper TREES = new ObjectMapper();

    private transient @Nullable AvroCodec<Rule> avro;
    private transient @Nullable Counter refused;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        avro = new AvroCodec<>(Rule.class);
        refused = context.getMetricGroup().counter("rules_refused", new SimpleCounter());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Control> out) {
        if (avro == null || refused == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        try {
            out.collect(control(record.key() == null ? null : new String(record.key(), UTF_8), record.value(), avro));
        } catch (IllegalArgumentException e) {
            refused.inc();
            LOG.error(
                    "rule refused, {} partition {} offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private static Control control(@Nullable String key, byte @Nullable [] value, AvroCodec<Rule> avro) {
        if (value == null) {
            if (key == null) {
                throw new IllegalArgumentException("key: expected the id of the rule to remove, found none");
            }
            return Control.withoutRule(key);
        }
        boolean isJson = value.length > 0 && value[0] == '{';
        Rule rule = isJson ? RuleFile.rule(tree(value)) : RuleCheck.checked(avro.decode(value));
        if (key != null && !key.equals(rule.getId())) {
            throw new IllegalArgumentException("key: expected the id of the rule, " + rule.getId() + ", found " + key);
        }
        // The list that Avro makes throws in equals where an element has an Instant that may be null.
        rule.setMaintenance(List.copyOf(rule.getMaintenance()));
        return Control.of(rule);
    }

    private static JsonNode tree(byte[] value) {
        try {
            return TREES.readTree(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "value: expected one Rule in JSON, found " + value.length + " bytes that are none", e);
        }
    }

    @Override
    public TypeInformation<Control> getProducedType() {
        return TypeInformation.of(Control.class);
    }
}
