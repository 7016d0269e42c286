package io.eddy.connectors;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over what comes from topics that the options do not name. Flink's source is given the topics of its checkpoint beside those that it was built
 * with.
 */
final class NamedTopics<T> implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(NamedTopics.class);

    private final String key;
    private final String named;
    private final KafkaRecordDeserializationSchema<T> records;
    /** Of each topic that was met, whether it is named. */
    private transient @Nullable Map<String, Boolean> topics;

    /** @param option that names the topics, see {@link ReadingTopics} for how */
    NamedTopics(Options options, Option<String> option, KafkaRecordDeserializationSchema<T> records) {
        key = option.key();
        named = options.get(option);
        this.records = records;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        topics = new HashMap<>();
        records.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException {
        if (topics == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        if (topics.computeIfAbsent(record.topic(), this::isNamed)) {
            records.deserialize(record, out);
        }
    }

    private boolean isNamed(String topic) {
        boolean found = ReadingTopics.of(named).holds(topic);
        if (!found) {
            LOG.warn(
                    "{}: expected topic {} among them, as in the checkpoint, found {}; what comes there is passed over",
                    key,
                    topic,
                    named);
        }
        return found;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return records.getProducedType();
    }
}
