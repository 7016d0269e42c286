package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import io.eddy.model.TrainingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowFunctionTest {
    private static final long HOUR = 3_600_000L;

    /** The first horizon of a window only warms a state up; one that is no longer than that could not be judged on, and no round be published. */
    @Test
    void aWindowIsLongEnoughToBeJudgedOnWhateverTheHorizon() {
        WindowFunction function = new WindowFunction(Options.of(
                Map.of("kafka.bootstrap_servers", "none:1", "forecast.horizon", "60", "train.window_steps", "48")));
        TrainingSeries series = function.newSeries("one");
        List<TrainingWindow> windows = new ArrayList<>();
        for (int t = 0; t < 700; t++) {
            TrainingWindow window = function.cut(series, "one", t * HOUR, Math.sin(t / 5.0) + t % 7);
            if (window != null) {
                windows.add(window);
            }
        }
        assertThat(windows).isNotEmpty().allMatch(window -> window.steps() == 120);
        assertThat(Judge.judge(null, windows).targets()).isPositive();
    }
}
