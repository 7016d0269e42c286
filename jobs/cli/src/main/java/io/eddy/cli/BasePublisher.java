package io.eddy.cli;

import io.eddy.Weights;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts the weights that ship on a topic of weights that is new, so that the first steps of a series have a network already. */
final class BasePublisher {
    private BasePublisher() {}

    /** The names of the models that there were weights for. */
    static List<String> publish(Options options) throws InterruptedException {
        List<Weights> records = records(options);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(options.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Weights weights : records) {
                byte[] key = weights.getModelId().getBytes(StandardCharsets.UTF_8);
                byte[] value = new AvroCodec<>(Weights.class, Weights.getClassSchema()).encode(weights);
                producer.send(new ProducerRecord<>(options.get(KafkaOptions.WEIGHTS), key, value))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "weights: expected the base weights on the topic, found " + e.getCause(), e);
        }
        return records.stream().map(Weights::getModelId).toList();
    }

    /** One for each model whose shape suits the weights that ship: all of them start from the same base. */
    static List<Weights> records(Options options) {
        return options.models().stream()
                .map(BaseWeights::shippedRecord)
                .filter(Objects::nonNull)
                .toList();
    }
}
