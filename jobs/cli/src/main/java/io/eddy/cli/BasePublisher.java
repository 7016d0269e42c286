package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts the weights that ship on a topic of weights that is new, so that the first steps of a series have a network already. */
final class BasePublisher {
    private BasePublisher() {}

    /** True if there were weights that suit the options. */
    static boolean publish(Options options) throws InterruptedException {
        Weights weights = BaseWeights.shippedRecord(options);
        if (weights == null) {
            return false;
        }
        Properties properties = options.kafka();
        byte[] key = weights.getModelId().getBytes(StandardCharsets.UTF_8);
        byte[] value = new AvroCodec<>(Weights.class, Weights.getClassSchema()).encode(weights);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(options.get(EddyOptions.WEIGHTS), key, value))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "weights: expected the base weights on the topic, found " + e.getCause(), e);
        }
        return true;
    }
}
