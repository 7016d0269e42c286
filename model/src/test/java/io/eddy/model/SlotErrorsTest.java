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
