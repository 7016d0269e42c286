package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {
    @Test
    void whatIsPassedOnToKafkaGoesBeforeWhatTheClientsAreSetTo() {
        Options options = Options.of(Map.of(
                "kafka.bootstrap_servers", "broker:9092",
                "kafka.properties.linger.ms", "50",
                "kafka.properties.partition.discovery.interval.ms", "7000",
                "kafka.properties.compression.type", "zstd"));
        assertThat(KafkaTopics.producer(options))
                .containsEntry("linger.ms", "50")
                .containsEntry("compression.type", "zstd")
                .containsEntry("transaction.timeout.ms", "600000")
                .containsEntry("bootstrap.servers", "broker:9092");
        assertThat(KafkaTopics.readers(options)).containsEntry("partition.discovery.interval.ms", "7000");
    }

    @Test
    void newPartitionsAreFoundBeforeMuchOfThemIsLate() {
        assertThat(KafkaTopics.readers(Options.of(Map.of()))).containsEntry("partition.discovery.interval.ms", "30000");
    }

    @Test
    void partitionsWaitForEachOtherWhereReadingsHaveSteps() {
        Options hours = Options.of(Map.of("readings.step", "1h"));
        assertThat(new KafkaTopics(hours, "forecast").watermarks().getAlignmentParameters())
                .returns(true, WatermarkAlignmentParams::isEnabled)
                .returns(Duration.ofHours(500).toMillis(), WatermarkAlignmentParams::getMaxAllowedWatermarkDrift);
        Options moments = Options.of(Map.of("readings.step", "0ms"));
        assertThat(new KafkaTopics(moments, "forecast").watermarks().getAlignmentParameters())
                .returns(false, WatermarkAlignmentParams::isEnabled);
    }
}
