package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topic of the rules holds now, asked of the broker. */
public final class RuleTopic implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Options options;

    public RuleTopic(Options options) {
        this.options = options;
    }

    /**
     * The keys whose newest record has a value: the ids of the rules, and of what is refused as none.
     *
     * @throws IllegalStateException if there is no such topic; Kafka's own exceptions if no broker answers
     */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        WholeTopic.read(options, options.get(KafkaOptions.RULES), record -> take(record, ids));
        return ids;
    }

    /** A record without a key is none of a compacted topic. */
    private static void take(ConsumerRecord<byte[], byte[]> record, Set<String> ids) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), UTF_8);
        if (record.value() == null) {
            ids.remove(id);
        } else {
            ids.add(id);
        }
    }
}
