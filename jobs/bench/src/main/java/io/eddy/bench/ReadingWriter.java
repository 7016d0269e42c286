package io.eddy.bench;

import io.eddy.Reading;
import io.eddy.cli.FleetReading;
import io.eddy.cli.SimulatedFleet;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes readings of a simulated fleet to a topic, one of every series in turn, in the order of their event time. */
final class ReadingWriter implements AutoCloseable {
    private static final long PAUSE_NANOS = 500_000;

    private final SimulatedFleet fleet;
    private final Queue<FleetReading> drawn = new ArrayDeque<>();
    private final AvroCodec<Reading> codec = new AvroCodec<>(Reading.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ReadingWriter(Options options, int series) {
        fleet = new SimulatedFleet(new SimulatedFleet.Spec(
                1,
                series,
                Instant.parse("2020-01-06T00:00:00Z").toEpochMilli(),
                Duration.ofMinutes(1).toMillis(),
                1));
        Properties properties = options.kafka();
        properties.put("linger.ms", "5");
        properties.put("compression.type", "lz4");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Writes and waits until the broker has all.
     *
     * @param perSecond the pace; infinity: as fast as the broker takes them
     * @param eventMillis event time of each, by its number from 0, never falling
     */
    void write(String topic, long count, double perSecond, LongUnaryOperator eventMillis) {
        long began = System.nanoTime();
        for (long n = 0; n < count; n++) {
            while (n / perSecond > (System.nanoTime() - began) / 1e9) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (drawn.isEmpty()) {
                fleet.nextStep(drawn::add);
            }
            send(topic, drawn.remove(), eventMillis.applyAsLong(n));
        }
        producer.flush();
        check();
    }

    private void send(String topic, FleetReading reading, long timeMillis) {
        Reading written = new Reading(
                reading.series(), Instant.ofEpochMilli(timeMillis), List.of(reading.value()), reading.labels());
        producer.send(
                new ProducerRecord<>(topic, reading.series().getBytes(StandardCharsets.UTF_8), codec.encode(written)),
                (taken, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    }
                });
        check();
    }

    private void check() {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("broker: expected it to take readings, found " + failed, failed);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
