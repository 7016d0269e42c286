package io.eddy.connectors;

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
 * Kafka bytes to readings; what cannot be read becomes a reject instead of a failure. A job that goes on from a checkpoint is given the topics of
 * then, too; those that the options name no longer are passed over.
 */
final class ReadingDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ReadingDeserializer.class);

    private final Options options;
    private transient @Nullable ReadingDecoder decoder;
    /** Of each topic that was met, whether readings come from it. */
    private transient @Nullable Map<String, Boolean> topics;

    ReadingDeserializer(Options options) {
        this.options = options;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        ReadingDecoder opened = new ReadingDecoder(options);
        context.getMetricGroup().gauge("readings_skipped", opened::skipped);
        decoder = opened;
        topics = new HashMap<>();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        if (decoder == null || topics == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        if (topics.computeIfAbsent(record.topic(), this::isRead)) {
            decoder.decode(record, out::collect);
        }
    }

    private boolean isRead(String topic) {
        boolean read = ReadingTopics.of(options).holds(topic);
        if (!read) {
            LOG.warn(
                    "{}: expected topic {} among them, as in the checkpoint, found {}; what comes there is passed over",
                    KafkaOptions.READINGS.key(),
                    topic,
                    options.get(KafkaOptions.READINGS));
        }
        return read;
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return TypeInformation.of(Decoded.class);
    }
}
