package io.eddy.cli.page;

import io.eddy.Feedback;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes what people say to the topic feedback. */
public final class FeedbackWriter implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 8_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroCodec<Feedback> codec = new AvroCodec<>(Feedback.class, Feedback.getClassSchema());
    private final String topic;

    public FeedbackWriter(Options options) {
        Properties properties = options.kafka();
        properties.put("max.block.ms", String.valueOf(PATIENCE_MILLIS / 2));
        properties.put("request.timeout.ms", String.valueOf(PATIENCE_MILLIS / 4));
        properties.put("delivery.timeout.ms", String.valueOf(PATIENCE_MILLIS / 2));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        topic = options.get(KafkaOptions.FEEDBACK);
    }

    /**
     * Returns when the broker has taken it.
     *
     * @throws IllegalStateException if it does not
     */
    public synchronized void write(Feedback feedback) throws InterruptedException {
        byte[] key = feedback.getSeries().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(topic, key, codec.encode(feedback)))
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "topic " + topic + ": expected the broker to take the record, found " + cause.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
