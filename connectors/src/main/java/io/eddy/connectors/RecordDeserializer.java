package io.eddy.connectors;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka bytes to records of Eddy's own making; bytes that cannot be read are logged, counted and passed over. While a registry does not
 * answer the job fails and tries again, for these records are no dead letters: what is passed over here is lost.
 */
final class RecordDeserializer<T extends SpecificRecordBase> implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RecordDeserializer.class);

    private final RecordFormat<T> format;
    private transient @Nullable RecordCodec<T> codec;
    private transient @Nullable Counter unreadable;

    RecordDeserializer(RecordFormat<T> format) {
        this.format = format;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = format.codec();
        unreadable = context.getMetricGroup().counter("records_unreadable", new SimpleCounter());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        if (codec == null || unreadable == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        if (record.value() == null) {
            return; // a tombstone: compaction has taken the value away
        }
        try {
            out.collect(codec.decode(record.value()));
        } catch (SilentRegistryException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            unreadable.inc();
            LOG.error(
                    "{} partition {} offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return new AvroTypeInfo<>(format.type());
    }
}
