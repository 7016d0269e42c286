package io.eddy.connectors;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes what a person says to a topic, a record now and then; each is waited for. */
public final class AwaitedWriter implements AutoCloseable {
    /** The most that a broker, and then its answer, is waited for. */
    private static final int PATIENCE_MILLIS = 5_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;

    /** @param options name the broker */
    public AwaitedWriter(Options options, String topic) {
        this.topic = topic;
        Properties properties = options.kafka();
        properties.put("acks", "all");
        properties.put("linger.ms", "0");
        properties.put("max.block.ms", String.valueOf(PATIENCE_MILLIS));
        properties.put("delivery.timeout.ms", String.valueOf(PATIENCE_MILLIS));
        properties.put("request.timeout.ms", String.valueOf(PATIENCE_MILLIS / 2));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns when the broker has taken it.
     *
     * @param value null: what is there under the key goes
     * @throws IllegalStateException if it does not
     */
    public void write(String key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private IllegalStateException failed(Throwable cause) {
        return new IllegalStateException(
                "topic " + topic + ": expected the broker to take the record, found " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
