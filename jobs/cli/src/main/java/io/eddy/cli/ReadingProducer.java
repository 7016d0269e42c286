package io.eddy.cli;

import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes readings to Kafka, and says when the broker took each. */
final class ReadingProducer implements AutoCloseable {
    /** Is told of every reading that the broker has taken, in a thread of Kafka's. */
    interface Taken {
        void arrived(String series, long eventMillis, long atMillis);
    }

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroCodec<Reading> readings = new AvroCodec<>(Reading.class);
    private final AvroCodec<Reject> rejects = new AvroCodec<>(Reject.class);
    private final Options options;
    private final Taken taken;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    /** One whose readings nobody waits for. */
    ReadingProducer(Options options) {
        this(options, (series, eventMillis, atMillis) -> {});
    }

    ReadingProducer(Options options, Taken taken) {
        this.options = options;
        this.taken = taken;
        Properties properties = options.kafka();
        properties.put("linger.ms", "5");
        properties.put("compression.type", "lz4");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(String series, long timeMillis, double value, Map<String, String> labels) {
        Reading reading = new Reading(series, Instant.ofEpochMilli(timeMillis), List.of(value), labels);
        producer.send(
                new ProducerRecord<>(
                        options.get(KafkaOptions.READINGS),
                        series.getBytes(StandardCharsets.UTF_8),
                        readings.encode(reading)),
                (place, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    } else {
                        taken.arrived(series, timeMillis, place.timestamp());
                    }
                });
        sent++;
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException(
                    "broker: expected it to take readings, found " + failed.getMessage(), failed);
        }
    }

    /** A row of a file that is no reading; the offset of the record is its line. */
    void reject(CsvSource.BadRow row) {
        Reject reject = new Reject(
                ByteBuffer.wrap(row.text().getBytes(StandardCharsets.UTF_8)),
                row.file(),
                0,
                row.line(),
                row.file() + " line " + row.line() + ": " + row.reason());
        producer.send(new ProducerRecord<>(options.get(KafkaOptions.REJECTS), rejects.encode(reject)));
    }

    void flush() {
        producer.flush();
    }

    long sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
