package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import io.eddy.model.TrainingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a covariate is worth to the network: one that leads the target by a step. */
class CovariatesTest {
    private static final long HOUR = 3_600_000;
    private static final Options WITHOUT = Options.of(Map.of(
            "readings.step", "1h",
            "model.hidden", "8",
            "forecast.horizon", "1",
            "train.window_steps", "24",
            "train.batches", "80",
            "train.batch_size", "16",
            "train.learning_rate", "0.02"));
    private static final Options WITH = WITHOUT.with("model.fields", "y,x").with("model.covariates", "x");

    @Test
    void aCovariateThatLeadsTheTargetMakesTheLossSmaller() {
        Judgement without = judged(WITHOUT);
        Judgement with = judged(WITH);
        assertThat(with.targets()).isEqualTo(without.targets());
        // What is left of the value when the covariate is known is a fifth of it.
        assertThat(with.pinball()).isLessThan(0.5 * without.pinball());
    }

    /** The rounds are alike but for the covariate; the windows that are judged are none of those trained on. */
    private static Judgement judged(Options options) {
        List<TrainingWindow> windows = windows(options);
        int held = windows.size() / 4;
        Reservoir.Split split = new Reservoir.Split(
                windows.subList(0, windows.size() - held), windows.subList(windows.size() - held, windows.size()));
        return Objects.requireNonNull(
                Rounds.of(options).run(null, null, 1, split).candidate());
    }

    /** y(t+1) = x(t) + noise, where x is drawn anew at every step. */
    private static List<TrainingWindow> windows(Options options) {
        WindowFunction function = new WindowFunction(options);
        TrainingSeries series = function.newSeries("a");
        Random random = new Random(8);
        List<TrainingWindow> windows = new ArrayList<>();
        double before = 0;
        for (int t = 0; t < 4000; t++) {
            double x = random.nextGaussian();
            double y = before + 0.2 * random.nextGaussian();
            before = x;
            double[] others = options == WITH ? new double[] {5 + 3 * x} : new double[0];
            TrainingWindow window = function.cut(series, "a", t * HOUR, y, others);
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }
}
