package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ExecutionOptions;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {
    @Test
    void readingsWaitForOthersNoLongerThanTheUserSays() {
        Options options = Options.of(Map.of("flink.execution.buffer-timeout.interval", "50ms"));

        assertThat(bufferTimeout(Options.of(Map.of()))).isEqualTo(Duration.ofMillis(20));
        assertThat(bufferTimeout(options)).isEqualTo(Duration.ofMillis(50));
    }

    private static Duration bufferTimeout(Options options) {
        return JobArguments.flinkConfiguration(options).get(ExecutionOptions.BUFFER_TIMEOUT);
    }
}
