package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Daily series of hours whose afternoons are ten times as noisy as their mornings. */
class SlotErrorsTest {
    private static final int DAY = 24;
    private static final int HORIZON = 24;
    private static final long HOUR = 3_600_000;
    private static final double NOISY = 10;
    /** Deviation of what the hours of an afternoon have in common. */
    private static final double COMMON = 3;

    private final Random random = new Random(1);
    private final Answer answer = new Answer(HORIZON);
    private final Memory memory = new Memory();
    private int step;

    private double next(double noiseOfAfternoon) {
        double noise = step % DAY < DAY / 2 ? 1 : noiseOfAfternoon;
        return 100 * Math.sin(2 * Math.PI * step / DAY) + noise * random.nextGaussian();
    }

    private void go(int season, int days, double noiseOfAfternoon) {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, season, HOUR, 1e-4, 48, 6));
        for (int until = step + days * DAY; step < until; step++) {
            forecaster.step(memory, null, HOUR * step, next(noiseOfAfternoon), answer);
        }
    }

    /** Of the interval of an hour of the day that comes, after a whole number of days. */
    private double width(int hour) {
        double[] row = answer.quantiles(hour + 1);
        return row[Quantiles.UPPER_95] - row[Quantiles.LOWER_95];
    }

    @Test
    void intervalsAreWideInTheHoursThatErrMore() {
        go(DAY, 60, NOISY);
        assertThat(width(18)).isGreaterThan(3 * width(8));
    }

    @Test
    void whereAllHoursErrAlikeTheyAreWideAlike() {
        go(DAY, 60, 1);
        assertThat(width(18)).isBetween(0.7 * width(8), 1.4 * width(8));
    }

    @Test
    void theNextHourIsCoveredAsPromisedByDayAndByNight() {
        go(DAY, 60, NOISY);
        int[] covered = new int[2];
        int days = 200;
        for (int k = 0; k < days * DAY; k++) {
            double lower = answer.quantile(1, Quantiles.LOWER_95);
            double upper = answer.quantile(1, Quantiles.UPPER_95);
            double y = next(NOISY);
            covered[step % DAY / (DAY / 2)] += lower <= y && y <= upper ? 1 : 0;
            new Forecaster(TestingOptions.of(HORIZON, DAY, HOUR, 1e-4, 48, 6))
                    .step(memory, null, HOUR * step++, y, answer);
        }
        assertThat(covered[0] / (days * DAY / 2.0)).isBetween(0.9, 0.99);
        assertThat(covered[1] / (days * DAY / 2.0)).isBetween(0.9, 0.99);
    }

    /** What afternoons have in common is not known before noon, and then it is: a step ahead only noon is hard to foretell, a day ahead all of them are. */
    @Test
    void hoursThatErrMoreADayAheadThanTheirOwnErrorsTellBecomeWider() {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, DAY, HOUR, 1e-4, 48, 6));
        double[] widths = new double[2];
        int days = 300;
        double common = 0;
        for (; step < 2 * days * DAY; step++) {
            int half = step % DAY / (DAY / 2);
            common = step % DAY == 0 ? COMMON * random.nextGaussian() : common;
            forecaster.step(memory, null, HOUR * step, next(1) + half * common, answer);
            widths[half] += step < days * DAY ? 0 : width(HORIZON - 1);
        }
        // 1.35 by the errors of the hours themselves
        assertThat(widths[1]).isGreaterThan(1.45 * widths[0]);
    }

    @Test
    void whatIsLearntOfLaterStepsLeavesTheNextOneAsItWas() {
        go(DAY, 10, 1);
        double[] before = new double[HORIZON];
        double[] after = new double[HORIZON];
        memory.slotErrors.widths(memory.history, HORIZON, before);
        for (int k = 0; k < 100; k++) {
            memory.slotErrors.learnLater(memory.history, 1, Double.NaN);
        }
        memory.slotErrors.widths(memory.history, HORIZON, after);
        assertThat(after).isEqualTo(before);

        for (int k = 0; k < 100; k++) {
            memory.slotErrors.learnLater(memory.history, 1, Double.POSITIVE_INFINITY);
        }
        memory.slotErrors.widths(memory.history, HORIZON, after);
        assertThat(after[0]).isEqualTo(before[0]);
        assertThat(after[1] / before[1]).isBetween(1.1, 2.0);
        assertThat(after[10] / before[10]).isBetween(0.9, 1.0);
    }

    @Test
    void anotherSeasonBeginsAnew() {
        go(DAY, 60, NOISY);
        Forecaster another = new Forecaster(
                TestingOptions.of(HORIZON, 2 * DAY, HOUR, 1e-4, 48, 6)); // as many slots, of two hours each
        another.step(memory, null, HOUR * step, next(1), answer);
        double[] widths = new double[HORIZON];
        memory.slotErrors.widths(memory.history, HORIZON, widths);
        assertThat(widths).containsOnly(1);
    }
}
