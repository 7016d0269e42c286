package io.eddy.cli;

import io.eddy.connectors.AwaitedWriter;
import io.eddy.connectors.Options;
import io.eddy.connectors.WholeTopic;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A small topic as a command sees it, which reads all of it and then may write.
 *
 * @param options name the broker
 */
record TopicRecords(Options options, String name) {
    /**
     * Passes on what is on the topic now, each partition in its order.
     *
     * @throws IllegalStateException if no broker answers, or none has the topic
     */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> taker) throws InterruptedException {
        Topics.expect(options, name);
        WholeTopic.read(options, name, taker);
    }

    /**
     * Returns when the broker has taken them.
     *
     * @param records by key; null: what is there under the key goes
     * @throws IllegalStateException if it does not
     */
    void write(Map<String, byte @Nullable []> records) {
        try (AwaitedWriter writer = new AwaitedWriter(options, name)) {
            records.forEach(writer::write);
        }
    }
}
