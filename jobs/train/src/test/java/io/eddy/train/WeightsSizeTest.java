package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eddy.Weights;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.Options;
import io.eddy.model.network.Architecture;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** As many families as there can be with names as long as they can be, judged as often as they can be. */
    @Test
    void theLargestRecordOfARoundHasRoomForItsFigures() {
        List<TrainingWindow> windows = IntStream.range(0, 40)
                .mapToObj(k -> Windows.small(k + "測".repeat(9_000), k))
                .toList();
        Map<String, Double> families = Families.means(windows, Collections.nCopies(windows.size(), 0.123));
        Judgement judged = new Judgement(0.1, 0.1, 0.1, 1, 0.1, List.of(), families);
        Round round = new Round(
                true,
                "x".repeat(1_000),
                null,
                judged,
                judged,
                judged,
                1,
                1,
                0.1,
                List.of(
                        new Forgetting(Forgetting.OLD, judged, judged, 0.1, 0.1),
                        new Forgetting(Forgetting.GENERATED, judged, judged, 0.1, 0.1)),
                Collections.nCopies(Fit.EPOCHS, new Epoch(0.1, 0.1, 0.1, 0.1, 0.1, 0.1)),
                false,
                0.1,
                1,
                0,
                null);
        Weights record = RoundRecord.of(
                "m".repeat(200),
                new Architecture(10, 8, 1, 3, 5),
                new Training.Outcome(round, Training.Trigger.DRIFT, 1, 1, 0, 1, 1, 0, 0, 0.1),
                true,
                Instant.EPOCH);
        assertThat(new AvroCodec<>(Weights.class).encode(record).length).isLessThan(TrainJob.METRICS_BYTES);
    }
}
