package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A round for more inputs than the weights in use know. */
class WiderInputsTest {
    private static final long HOUR = 3_600_000;
    private static final Map<String, String> USUAL = Map.of(
            "readings.step", "1h",
            "model.hidden", "4",
            "model.season", "24",
            "forecast.horizon", "2",
            "train.window_steps", "12",
            "train.round_windows", "40",
            "train.batches", "5",
            "train.batch_size", "16");
    private static final Options WIDER = Options.of(USUAL).with("model.inputs", "time_since,season_ago");

    private final WindowFunction windows = new WindowFunction(WIDER);
    private final Training training = new Training(WIDER);

    @Test
    void aRoundGoesOnFromTheWeightsInUse() {
        Architecture narrow = NetworkShape.of(Options.of(USUAL));
        Architecture wide = NetworkShape.of(WIDER);
        Weights known = Network.random(narrow, 0.01, 1).weights();
        WeightsVersion champion = new WeightsVersion(7, known);
        fill(champion);
        RoundPlan plan = training.plan(champion, Long.MIN_VALUE);
        Weights parent = Objects.requireNonNull(plan.parent());
        assertThat(parent.architecture()).isEqualTo(wide);
        assertThat(plan.parentVersion()).isEqualTo(7);
        float[][] kernel = parent.kernel(0);
        for (int row = 0; row < kernel.length; row++) {
            assertThat(kernel[row])
                    .isEqualTo(row < narrow.inputs() ? known.kernel(0)[row] : new float[kernel[row].length]);
        }

        Fitted fitted = Trainer.of(WIDER).fit(plan.deal(1).get(0));
        assertThat(fitted.fault()).isNull();
        Weights trained = Objects.requireNonNull(fitted.weights());
        assertThat(trained.architecture()).isEqualTo(wide);
        // What was new weighs something now, so it was seen.
        for (int row = narrow.inputs(); row < wide.inputs(); row++) {
            assertThat(trained.kernel(0)[row]).doesNotContain(0);
        }
        assertThat(Weights.fromBytes(trained.toBytes()).architecture().extras())
                .isEqualTo(List.of("time_since", "season_ago"));
    }

    /** Every fifth value is missing, so that both inputs say something. */
    private void fill(WeightsVersion champion) {
        Random random = new Random(5);
        TrainingSeries series = windows.newSeries("a");
        for (int t = 0; !training.isDue(); t++) {
            double y = t % 5 == 0 ? Double.NaN : Math.sin(2 * Math.PI * t / 24) + 0.1 * random.nextGaussian();
            TrainingWindow window = windows.cut(series, "a", t * HOUR, y);
            if (window != null) {
                training.add(window, champion);
            }
        }
    }
}
