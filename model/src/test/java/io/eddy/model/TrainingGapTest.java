package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network is trained on where steps never came. */
class TrainingGapTest {
    private static final long HOUR = 3_600_000;
    private static final int STEPS = 24;
    private static final int HORIZON = 6;
    private static final int FIRST = 21 * 24;
    private static final int LAST = 60 * 24;

    /** The windows of a daily wave with a gap. */
    private static List<TrainingSeries.Window> windows(int missing, boolean came) {
        TrainingSeries series = new TrainingSeries(STEPS, HORIZON, 0, "lean", List.of(), HOUR, 5);
        Random random = new Random(3);
        List<TrainingSeries.Window> windows = new ArrayList<>();
        for (int step = 0; step < LAST; step++) {
            double y = 100 + 30 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian();
            boolean gone = step >= FIRST && step < FIRST + missing;
            if (gone && !came) {
                continue;
            }
            TrainingSeries.Window window = series.add(step * HOUR, gone ? Double.NaN : y);
            if (window != null) {
                windows.add(window);
            }
        }
        return windows;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 23})
    void stepsThatNeverCameAreStepsWithoutAValue(int missing) {
        List<TrainingSeries.Window> without = windows(missing, true);
        List<TrainingSeries.Window> never = windows(missing, false);
        assertThat(never).hasSameSizeAs(without);
        for (int i = 0; i < never.size(); i++) {
            assertThat(never.get(i).startMillis()).isEqualTo(without.get(i).startMillis());
            assertThat(never.get(i).endMillis()).isEqualTo(without.get(i).endMillis());
            assertThat(never.get(i).inputs()).isEqualTo(without.get(i).inputs());
            assertThat(never.get(i).targets()).isEqualTo(without.get(i).targets());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 47, 60, 108, 499})
    void noWindowLiesAcrossALongGapAndThoseAfterItAreInSeason(int missing) {
        double before = 0;
        double after = 0;
        int behind = 0;
        for (TrainingSeries.Window window : windows(missing, false)) {
            boolean isBehind = window.startMillis() >= (FIRST + missing) * HOUR;
            assertThat(isBehind || window.endMillis() < FIRST * HOUR).isTrue();
            assertThat(window.endMillis() - window.startMillis()).isEqualTo((STEPS + HORIZON - 1) * HOUR);
            for (float target : window.targets()) {
                before = Math.max(before, isBehind || window.startMillis() < 7 * 24 * HOUR ? 0 : Math.abs(target));
                after = Math.max(after, isBehind ? Math.abs(target) : 0);
            }
            behind += isBehind ? 1 : 0;
        }
        assertThat(behind).isGreaterThan(10);
        assertThat(after).isLessThan(2 * before);
    }
}
