package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What decides about rounds and windows. */
class JudgingTest {
    @Test
    void familiesAreTheLastPartOfTheName() {
        List<TrainingWindow> windows = List.of(
                Windows.small("login-us.latency", 1), Windows.small("shop.latency", 2), Windows.small("a/b/heap", 3));
        assertThat(Families.means(windows, List.of(1.0, 3.0, Double.NaN))).isEqualTo(Map.of("latency", 2.0));
        assertThat(Families.of("plain")).isEqualTo("plain");
    }

    @Test
    void gainIsMeasuredAgainstTheSpreadOfTheSeries() {
        List<TrainingWindow> windows = new ArrayList<>();
        List<Double> parent = new ArrayList<>();
        List<Double> noisy = new ArrayList<>();
        List<Double> better = new ArrayList<>();
        Random random = new Random(1);
        for (int k = 0; k < 200; k++) {
            windows.add(Windows.small("series " + k % 10, k));
            parent.add(1.0);
            noisy.add(1 + 0.3 * random.nextGaussian());
            better.add(0.9 + 0.3 * random.nextGaussian());
        }
        assertThat(Noise.gain(windows, judged(parent), judged(noisy))).isBetween(-2.5, 2.5);
        assertThat(Noise.gain(windows, judged(parent), judged(better))).isGreaterThan(3);
    }

    private static Judgement judged(List<Double> losses) {
        return new Judgement(1, 1, 1, 1, 0, losses, Map.of());
    }

    @Test
    void leavesOutABurstButLearnsWhatLasts() {
        WindowFilter filter = new WindowFilter();
        for (int k = 0; k < 10; k++) {
            assertThat(filter.check(sized(1))).isNull();
        }
        assertThat(filter.check(sized(20))).isEqualTo(WindowFilter.Reason.ANOMALOUS);
        assertThat(filter.check(sized(1))).isNull();
        assertThat(filter.check(sized(20))).isEqualTo(WindowFilter.Reason.ANOMALOUS);
        assertThat(filter.check(sized(20))).isEqualTo(WindowFilter.Reason.ANOMALOUS);
        assertThat(filter.check(sized(20))).isNull();
        assertThat(filter.check(sized(Float.NaN))).isEqualTo(WindowFilter.Reason.MISSING);
        assertThat(filter.count(WindowFilter.Reason.ANOMALOUS)).isEqualTo(3);
    }

    private static TrainingWindow sized(float size) {
        return new TrainingWindow("a", 0, 1, new float[] {0}, new float[] {size, -size});
    }

    @Test
    void driftIsARiseThatLasts() {
        Drift drift = new Drift();
        Random random = new Random(5);
        for (int k = 0; k < 1000; k++) {
            drift.add(Math.exp(0.3 * random.nextGaussian()), k - 10, k);
            assertThat(drift.detected()).isFalse();
        }
        drift.add(20, 990, 1000);
        assertThat(drift.detected()).isFalse();
        for (int k = 0; k < 40; k++) {
            drift.add(2 * Math.exp(0.3 * random.nextGaussian()), 991 + k, 1001 + k);
        }
        assertThat(drift.detected()).isTrue();
        assertThat(drift.rolling()).isGreaterThan(drift.edge());
        assertThat(new Drift().rolling()).isNaN();
    }

    /** Ten windows of a large fleet end at each step, so that 60 do in one morning; by night losses are others. */
    @Test
    void theHoursOfTheDayAreNoDrift() {
        Drift drift = new Drift();
        Random random = new Random(5);
        for (int k = 0; k < 2000; k++) {
            int hour = k / 10;
            double usual = hour % 24 < 8 ? 1 : 1.5;
            drift.add(usual * Math.exp(0.3 * random.nextGaussian()), hour - 72, hour);
            assertThat(drift.detected()).as("hour %d", hour).isFalse();
        }
        for (int k = 2000; k < 2300; k++) {
            drift.add(3 * Math.exp(0.3 * random.nextGaussian()), k / 10 - 72, k / 10);
        }
        assertThat(drift.detected()).isTrue();
    }

    @Test
    void judgesOnWhatTheParentHasNotSeen() {
        Reservoir reservoir = new Reservoir(10);
        for (int k = 1; k <= 10; k++) {
            reservoir.add(Windows.small("a", k));
        }
        Reservoir.Split split = reservoir.split(0.4, 0, 8);
        assertThat(split.heldOut()).extracting(TrainingWindow::endMillis).containsExactly(9L, 10L);
        assertThat(split.training()).hasSize(8);
        assertThat(reservoir.split(0.5, 4, 0).training())
                .extracting(TrainingWindow::endMillis)
                .containsExactly(7L, 8L);
    }

    @Test
    void aFewOlderWindowsArePutAsideInEveryRoundAlike() {
        Reservoir reservoir = new Reservoir(1000);
        for (int k = 1; k <= 500; k++) {
            reservoir.add(Windows.small("a", k));
        }
        Reservoir.Split first = reservoir.split(0.2, 0, Long.MIN_VALUE);
        for (int k = 501; k <= 900; k++) {
            reservoir.add(Windows.small("a", k));
        }
        Reservoir.Split second = reservoir.split(0.2, 0, Long.MIN_VALUE);
        List<TrainingWindow> old = first.heldOut().stream()
                .filter(window -> window.endMillis() < first.trainedToMillis())
                .toList();
        assertThat(old.size()).isBetween(20, 70);
        assertThat(first.heldOut()).hasSize(old.size() + 100);
        assertThat(second.heldOut()).containsAll(old);
        assertThat(first.training()).doesNotContainAnyElementsOf(second.heldOut());
    }

    @Test
    void aTrainingThatExplodesIsCutOff() {
        List<TrainingWindow> calm = Windows.autoregressive(60, 3);
        List<TrainingWindow> training = new ArrayList<>(calm.subList(0, 30));
        training.addAll(Windows.poisoned(calm.subList(30, 31), 1000, 0));
        Architecture small = new Architecture(Windows.INPUTS, 8, 1, Windows.HORIZON, Quantiles.COUNT);
        Fit fit = new Fit(
                Network.random(small, 0.01, 1),
                new Reservoir.Split(training, calm.subList(31, 60)),
                new Trainer.Options(40, 1, 0.01, 1),
                new Random(1));
        assertThat(fit.run()).startsWith("training: expected a loss of at most ");
        assertThat(fit.diverged()).isTrue();
        assertThat(fit.epochs().size()).isLessThanOrEqualTo(10);
        Epoch last = fit.epochs().get(fit.epochs().size() - 1);
        assertThat(last.clippedNorm()).isLessThanOrEqualTo(Math.sqrt(2) + 1e-6);
        assertThat(last.gradientNorm()).isGreaterThanOrEqualTo(last.clippedNorm() - 1e-9);
        assertThat(fit.meanLoss()).isGreaterThan(0);
    }
}
