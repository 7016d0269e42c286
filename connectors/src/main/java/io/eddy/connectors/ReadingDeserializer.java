package io.eddy.connectors;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka bytes to readings; what cannot be read becomes a reject instead of a failure. */
final class ReadingDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;

    private final Options options;
    private transient @Nullable ReadingDecoder decoder;

    ReadingDeserializer(Options options) {
        this.options = options;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        ReadingDecoder opened = new ReadingDecoder(options);
        context.getMetricGroup().gauge("readings_skipped", opened::skipped);
        decoder = opened;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        if (decoder == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        decoder.decode(record, out::collect);
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return TypeInformation.of(Decoded.class);
    }
}
