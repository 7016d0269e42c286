package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Flink's source goes on with the topics of the checkpoint, whatever the options say since. */
class NamedTopicsTest {
    @Test
    void aTopicThatTheOptionsNameNoLongerIsPassedOver() throws Exception {
        assertThat(found(KafkaOptions.READINGS, "new", "old")).isZero();
        assertThat(found(KafkaOptions.READINGS, "new", "new")).isEqualTo(1);
        assertThat(found(KafkaOptions.READINGS, "older,old", "old")).isEqualTo(1);
        assertThat(found(KafkaOptions.READINGS, "/new.*/", "old")).isZero();
        assertThat(found(KafkaOptions.READINGS, "/new.*/", "newer")).isEqualTo(1);
        assertThat(found(KafkaOptions.RULES, "new", "old")).isZero();
        assertThat(found(KafkaOptions.RULES, "new", "new")).isEqualTo(1);
    }

    /** How many of one record pass. */
    private static int found(Option<String> option, String named, String topic) throws Exception {
        Options options = Options.of(Map.of(option.key(), named));
        NamedTopics<Control> records = new NamedTopics<>(options, option, new RuleDeserializer());
        records.open(new TestingCounters());
        List<Control> found = new ArrayList<>();
        records.deserialize(
                new ConsumerRecord<>(topic, 3, 77, "rule".getBytes(UTF_8), null), new ListCollector<>(found));
        return found.size();
    }
}
