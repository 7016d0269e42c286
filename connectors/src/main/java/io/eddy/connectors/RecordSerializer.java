package io.eddy.connectors;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records to Kafka bytes, with the record's key as text. The record's time is the producer's clock, not the event time. It names its topic, so that
 * the sink can look for transactions that were left open on it.
 */
final class RecordSerializer<T extends SpecificRecordBase>
        implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    /** Names the Kafka key of a record. */
    interface Key<T> extends Serializable {
        String of(T record);
    }

    private final String topic;
    private final RecordFormat<T> format;
    private final Key<T> key;
    private transient @Nullable RecordCodec<T> codec;

    RecordSerializer(String topic, RecordFormat<T> format, Key<T> key) {
        this.topic = topic;
        this.format = format;
        this.key = key;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        codec = format.writingCodec();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(T record, KafkaSinkContext context, @Nullable Long timestamp) {
        if (codec == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        return new ProducerRecord<>(topic, key.of(record).getBytes(StandardCharsets.UTF_8), codec.encode(record));
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
