package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something odd that comes every day at the same time, such as a backup, in a series of five minutes a step. */
class RoutineTest {
    private static final long STEP = 300_000L;
    private static final int DAY = 288;
    private static final int FIRST = 20 * DAY + 30;

    private long stepMillis = STEP;
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, 1, 0.05));
    private final Answer answer = new Answer(1);
    private final Memory memory = new Memory();
    private final double[] noise =
            new Random(3).doubles(40 * DAY).map(u -> 4 * u - 2).toArray();
    /** The least score of a spike so far. */
    private double least = Double.POSITIVE_INFINITY;

    private final Map<Integer, Double> heights = new TreeMap<>();
    /** Steps that never came, or came without a value. */
    private final Set<Integer> missing = new HashSet<>();

    private boolean came;

    /** Noise with spikes of the {@link #heights}; the result is the steps at which events opened. */
    private List<Integer> opened(int from, int to, @Nullable AlarmRule rule) {
        Forecaster forecaster = new Forecaster(new Forecaster.Options(
                1,
                0,
                stepMillis,
                1e-4,
                48,
                6,
                12,
                0,
                NewWeights.CARRY,
                ExpertNames.BY_DEFAULT,
                Inputs.USUAL,
                Scoring.USUAL));
        List<Integer> opened = new ArrayList<>();
        for (int t = from; t < to; t++) {
            if (missing.contains(t) && !came) {
                continue;
            }
            double y = missing.contains(t) ? Double.NaN : 100 + noise[t] + heights.getOrDefault(t, 0.0);
            forecaster.step(memory, weights, t * stepMillis, y, 1, true, rule, answer);
            if (answer.change == Incident.Change.OPEN) {
                opened.add(t);
            }
            least = heights.containsKey(t) ? Math.min(least, answer.anomalyScore) : least;
        }
        return opened;
    }

    private void spike(int step, double height) {
        heights.put(step, height);
    }

    @Test
    void whatComesAgainAtTheSameTimeOfTheNextDaysIsToldOnce() {
        for (int day = 0; day < 5; day++) {
            spike(FIRST + day * DAY + day % 3, 40);
        }
        assertThat(opened(0, FIRST + 6 * DAY, null)).containsExactly(FIRST);
        assertThat(least).as("what is not told keeps its score").isGreaterThan(1);
    }

    @Test
    void whatSkipsADayIsARoutineToo() {
        spike(FIRST, 40);
        spike(FIRST + 2 * DAY, 40);
        assertThat(opened(0, FIRST + 3 * DAY, null)).containsExactly(FIRST);
    }

    @Test
    void whatComesEveryWeekIsARoutineToo() {
        stepMillis = 3_600_000L;
        int first = 20 * 24;
        int week = 7 * 24;
        spike(first, 40);
        spike(first + week, 40);
        spike(first + 2 * week + 72, 40);
        assertThat(opened(0, first + 3 * week, null)).containsExactly(first, first + 2 * week + 72);
    }

    @Test
    void aLevelThatChangesEveryWeekIsARoutineToo() {
        stepMillis = 3_600_000L;
        int first = 20 * 24;
        int week = 7 * 24;
        for (int t = 0; t < first + 3 * week; t++) {
            spike(t, t < first ? 60 : 60 + 0.3 * ((t - first) % week) - 50);
        }
        assertThat(opened(0, first + 3 * week, null)).startsWith(first).allMatch(t -> t < first + week + 12);
    }

    @Test
    void anotherLevelAtAnotherTimeIsTold() {
        stepMillis = 3_600_000L;
        int first = 20 * 24;
        int week = 7 * 24;
        for (int t = first; t < first + 2 * week; t++) {
            spike(t, t < first + week + 6 ? 40 : 80);
        }
        assertThat(opened(0, first + 2 * week, null)).containsExactly(first, first + week + 6);
    }

    @ParameterizedTest
    @CsvSource({"1, 40, false", "1, 40, true", "1, 200, false", "1, 200, true", "7, 1600, false", "9, 2500, false"})
    void itIsARoutineAfterStepsThatAreMissingToo(int days, int steps, boolean came) {
        this.came = came;
        spike(FIRST, 40);
        spike(FIRST + days * DAY, 40);
        spike(FIRST + days * DAY + DAY / 4, 40);
        for (int k = 0; k < steps; k++) {
            missing.add(FIRST + days * DAY - 20 - k);
        }
        assertThat(opened(0, FIRST + (days + 1) * DAY, null)).containsExactly(FIRST, FIRST + days * DAY + DAY / 4);
    }

    @Test
    void whatComesAtAnotherTimeIsTold() {
        spike(FIRST, 40);
        spike(FIRST + DAY + 12, 40);
        assertThat(opened(0, FIRST + 2 * DAY, null)).containsExactly(FIRST, FIRST + DAY + 12);
    }

    @Test
    void whatGoesOnBeyondTheTimeOfTheRoutineIsTold() {
        spike(FIRST, 40);
        for (int t = 0; t < 12; t++) {
            spike(FIRST + DAY + t, 40);
        }
        assertThat(opened(0, FIRST + 2 * DAY, null))
                .hasSize(2)
                .last()
                .satisfies(t -> assertThat(t).isBetween(FIRST + DAY + 7, FIRST + DAY + 12));
    }

    @Test
    void whatIsMuchStrongerThanTheDayBeforeIsTold() {
        spike(FIRST, 20);
        spike(FIRST + DAY, 300);
        assertThat(opened(0, FIRST + 2 * DAY, null)).containsExactly(FIRST, FIRST + DAY);
    }

    @Test
    void whatNobodyWasToldOfIsNoRoutine() {
        spike(FIRST, 40);
        spike(FIRST + DAY, 40);
        AlarmRule silent = new AlarmRule(true, 0, 0, 0, 1, 1, 0);
        assertThat(opened(0, FIRST, null)).isEmpty();
        assertThat(opened(FIRST, FIRST + 12, silent)).isEmpty();
        assertThat(opened(FIRST + 12, FIRST + 2 * DAY, null)).containsExactly(FIRST + DAY);
    }

    @Test
    void whatAPersonHasCalledAnAnomalyIsToldAgain() {
        spike(FIRST, 40);
        spike(FIRST + DAY, 40);
        assertThat(opened(0, FIRST + 20, null)).containsExactly(FIRST);
        memory.hear(Verdict.ANOMALY, FIRST * STEP, FIRST * STEP, 1e-4);
        assertThat(opened(FIRST + 20, FIRST + 2 * DAY, null)).containsExactly(FIRST + DAY);
    }
}
