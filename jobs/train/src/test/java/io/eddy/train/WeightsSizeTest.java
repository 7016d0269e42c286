package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eddy.connectors.Options;
import io.eddy.model.Architecture;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Weights that no record can hold are refused before the job starts. */
class WeightsSizeTest {
    private static void define(Map<String, String> options) {
        TrainJob.define(StreamExecutionEnvironment.getExecutionEnvironment(), Options.of(options));
    }

    @Test
    void theSizeIsThatOfTheBytes() {
        for (Architecture.Kind kind : Architecture.Kind.values()) {
            Architecture shape = new Architecture(
                    10,
                    8,
                    1,
                    3,
                    5,
                    kind,
                    kind == Architecture.Kind.GENERATIVE
                            ? 10
                            : kind == Architecture.Kind.LSTM || kind == Architecture.Kind.ENCODER_DECODER ? 1 : 4);
            int bytes = Network.random(shape, 0, 0.01, 1).weights().toBytes().length;
            assertThat(bytes - shape.bytes()).as(kind.text()).isBetween(1L, 100L);
        }
    }

    @Test
    void weightsThatFitIntoNoRecordAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> define(Map.of("model.hidden", "256")))
                .withMessage("model.hidden: expected weights of at most 1048576 bytes, found 1236992; set"
                        + " kafka.properties.max.request.size to more, and max.message.bytes of topic weights");
        assertThatCode(() -> define(Map.of("model.hidden", "224"))).doesNotThrowAnyException();
        assertThatCode(() -> define(Map.of("model.hidden", "256", "kafka.properties.max.request.size", "4000000")))
                .doesNotThrowAnyException();
    }
}
