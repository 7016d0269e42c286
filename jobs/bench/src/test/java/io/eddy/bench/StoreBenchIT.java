package io.eddy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreBenchIT {
    @Test
    void everyRowIsStoredAndTheRateMeasured() throws Exception {
        assertThat(new StoreBench(12_000, 1).run(line -> {}))
                .extracting(Row::side)
                .containsExactly("scores", "forecasts");
    }
}
