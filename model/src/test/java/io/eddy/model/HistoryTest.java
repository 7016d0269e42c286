package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the values of a series say of it, and what one of them does not. */
class HistoryTest {
    private static final int SEASON = 7;

    private final History history = new History();
    private final Random random = new Random(2);
    private long step;

    private void take(double y) {
        history.observe(y, 1000 * step++);
    }

    private void noise(int steps) {
        for (int t = 0; t < steps; t++) {
            take(50 + random.nextGaussian());
        }
    }

    @Test
    void aWildValueIsNotWhatTheSeriesIsLike() {
        noise(500);
        double scale = history.scale();
        take(1e6);
        noise(20);
        assertThat(history.scale()).isBetween(scale, 3 * scale);
    }

    @Test
    void howFarFromZeroASeriesIsHardlyMattersToItsScale() {
        History far = new History();
        for (int t = 0; t < 500; t++) {
            double y = random.nextGaussian();
            take(y);
            far.observe(1e6 + y, 1000L * t);
        }
        assertThat(far.scale())
                .as("half as sensitive, and no less")
                .isBetween(1.9 * history.scale(), 2.1 * history.scale());
    }

    @Test
    void whatNeverChangesHasATinyScale() {
        for (double level : new double[] {0, 5, -1e9}) {
            History still = new History();
            for (int t = 0; t < 50; t++) {
                still.observe(level, 1000L * t);
            }
            assertThat(still.scale()).as("%s", level).isPositive().isLessThan(1e-6 * (1 + Math.abs(level)));
        }
    }

    @Test
    void nothingIsKnownToPassUntilSomeValuesWereSeen() {
        for (int t = 0; t < 7; t++) {
            noise(1);
            assertThat(history.persistence()).isEqualTo(1);
        }
        noise(500);
        assertThat(history.persistence()).isLessThan(0.3);
    }

    @Test
    void aMissingValueIsAStepAndChangesNothingElse() {
        noise(50);
        double scale = history.scale();
        double level = history.level();
        double last = history.last();
        take(Double.NaN);
        assertThat(history.steps()).isEqualTo(51);
        assertThat(history.observed()).isEqualTo(50);
        assertThat(history.ago(0)).isNaN();
        assertThat(history.scale()).isEqualTo(scale);
        assertThat(history.level()).isEqualTo(level);
        assertThat(history.last()).isEqualTo(last);
    }

    @Test
    void aPastThatIsMovedIsThatOfASeriesThatWasThereAllTheTime() {
        history.seasons.fix(SEASON);
        noise(100);
        double scale = history.scale();
        double level = history.level();
        double last = history.last();
        double[] naive = naive(2 * SEASON);
        history.shift(30);
        assertThat(history.scale()).isEqualTo(scale);
        assertThat(history.level()).isCloseTo(level + 30, within(1e-9));
        assertThat(history.last()).isCloseTo(last + 30, within(1e-9));
        double[] moved = naive(2 * SEASON);
        for (int h = 0; h < naive.length; h++) {
            assertThat(moved[h]).isCloseTo(naive[h] + 30, within(1e-3));
        }
    }

    @Test
    void theSeasonalNaiveForecastRepeatsTheLastSeasonAndWithoutOneTheLastValue() {
        for (int t = 0; t < 20; t++) {
            take(t % SEASON);
        }
        assertThat(naive(3)).containsOnly(history.last());
        history.seasons.fix(SEASON);
        take(20 % SEASON);
        double[] naive = naive(3 * SEASON);
        for (int h = 1; h <= naive.length; h++) {
            assertThat(naive[h - 1]).isEqualTo((20 + h) % SEASON);
        }
    }

    private double[] naive(int steps) {
        double[] naive = new double[steps];
        history.seasonalNaive(naive, steps);
        return naive;
    }
}
