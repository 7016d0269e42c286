package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
    @Test
    void whatIsPassedOnToKafkaGoesBeforeWhatTheSinksAreSetTo() {
        Options options = Options.of(Map.of(
                "kafka.bootstrap_servers", "broker:9092",
                "kafka.properties.linger.ms", "50",
                "kafka.properties.compression.type", "zstd"));
        assertThat(KafkaTopics.producer(options))
                .containsEntry("linger.ms", "50")
                .containsEntry("compression.type", "zstd")
                .containsEntry("transaction.timeout.ms", "600000")
                .containsEntry("bootstrap.servers", "broker:9092");
    }
}
