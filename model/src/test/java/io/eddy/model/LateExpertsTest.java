package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Experts that have something to say only once much of a series is there. */
class LateExpertsTest {
    private static final String WITHOUT_WEEKS = "last,seasonal,days,profile,autoregression,analogs,yule-walker";

    @Test
    void whoGoesByTheWeekBeforeTakesLittleFromDaysThatAreAllAlike() {
        assertThat(beside(WITHOUT_WEEKS, 24, TestingExperts.HOUR, LateExpertsTest::days, 170, 250, 3))
                .isLessThan(1.03);
    }

    @Test
    void analoguesAreBelievedSoonWhereNoSeasonHelps() {
        assertThat(beside("analogs", 0, TestingExperts.MINUTE, LateExpertsTest::chaos, 120, 300, 12))
                .isLessThan(2);
    }

    /**
     * The mean error of all experts beside that of some.
     *
     * @param season that is given; 0: none
     * @param from the first step whose forecast is judged, {@code to} the first one that is not
     * @param nearest the first step ahead that is judged
     */
    private static double beside(
            String some, int season, long stepMillis, IntFunction<double[]> series, int from, int to, int nearest) {
        double ofAll = 0;
        double ofSome = 0;
        for (int number = 0; number < 20; number++) {
            double[] y = series.apply(number);
            ofAll += error(new TestingExperts("lean", season, stepMillis), y, from, to, nearest);
            ofSome += error(new TestingExperts(some, season, stepMillis), y, from, to, nearest);
        }
        return ofAll / ofSome;
    }

    private static double error(TestingExperts run, double[] y, int from, int to, int nearest) {
        double sum = 0;
        for (int t = 0; t < to; t++) {
            run.take(y[t]);
            for (int h = nearest; t >= from && h <= TestingExperts.HORIZON; h++) {
                sum += Math.abs(y[t + h] - run.out[h - 1]);
            }
        }
        return sum;
    }

    private static double[] days(int seed) {
        Random random = new Random(seed);
        double[] y = new double[280];
        Arrays.setAll(y, t -> 10 * Math.sin(2 * Math.PI * t / 24) + random.nextGaussian());
        return y;
    }

    /** Mackey and Glass (1977), integrated in tenths, of which every tenth is taken, from a place on that the number says. */
    private static double[] chaos(int number) {
        int delay = 170;
        double[] fine = new double[20_000];
        Arrays.fill(fine, 0, delay + 1, 1.2);
        for (int t = delay; t + 1 < fine.length; t++) {
            double then = fine[t - delay];
            fine[t + 1] = fine[t] + 0.1 * (0.2 * then / (1 + Math.pow(then, 10)) - 0.1 * fine[t]);
        }
        double[] y = new double[330];
        Arrays.setAll(y, t -> fine[2000 + 700 * number + 10 * t]);
        return y;
    }
}
