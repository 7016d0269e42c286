package io.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeanMetricsTest {
    @Test
    void oneSeriesThatHardlyChangedMovesTheMeanAndNotTheMedian() {
        MeanMetrics metrics = new MeanMetrics();
        metrics.add(Map.of("mase", 0.8, "ratio", 0.5));
        metrics.add(Map.of("mase", 1.0, "ratio", 2.0));
        metrics.add(Map.of("mase", 0.9, "ratio", Double.NaN));
        metrics.add(Map.of("mase", 2000.0));
        Map<String, Double> mean = MeanMetrics.of(Map.of("eddy", metrics)).getOrDefault("eddy", Map.of());
        assertThat(mean.get("mase")).isCloseTo(2002.7 / 4, within(1e-9));
        assertThat(mean.get("mase50")).isCloseTo(0.95, within(1e-9));
        assertThat(mean.get("ratio")).isCloseTo(1, within(1e-9));
    }
}
