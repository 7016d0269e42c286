package io.eddy.connectors;

import io.eddy.Reading;
import io.eddy.Reject;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka bytes to readings; what cannot be read becomes a {@link Reject} instead of a failure. */
final class ReadingDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;

    private final Duration maxAhead;
    private transient @Nullable AvroCodec<Reading> codec;

    ReadingDeserializer(Duration maxAhead) {
        this.maxAhead = maxAhead;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        codec = new AvroCodec<>(Reading.class, Reading.getClassSchema());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        out.collect(decode(record));
    }

    private Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        if (codec == null) {
            throw new IllegalStateException("open: expected before the first record");
        }
        try {
            Reading reading = codec.decode(record.value());
            if (reading.getSeries().isBlank()) {
                throw new IllegalArgumentException("series: expected a name, found none");
            }
            long ahead = reading.getEventTime().toEpochMilli() - System.currentTimeMillis();
            if (ahead > maxAhead.toMillis()) {
                throw new IllegalArgumentException("event_time: expected at most " + maxAhead
                        + " ahead of the clock (readings.max_ahead), found " + reading.getEventTime());
            }
            return Decoded.of(reading);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            return Decoded.of(new Reject(
                    ByteBuffer.wrap(value),
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    String.valueOf(e.getMessage())));
        }
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return TypeInformation.of(Decoded.class);
    }
}
