package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The expert of tier full for seasons that change slowly below noise. */
class SlowProfileTest {
    private static final int STEPS = 2500;

    /** A day whose shape turns within months, below deviations that fade within a day and are as large. */
    private static double[] daily() {
        Random random = new Random(5);
        double[] y = new double[STEPS];
        double deviation = 0;
        for (int t = 0; t < STEPS; t++) {
            deviation = 0.9 * deviation + 5 * random.nextGaussian();
            y[t] = 100 + 20 * Math.sin(2 * Math.PI * t / 24 + t / 10_000.0) + deviation;
        }
        return y;
    }

    /** Mean absolute error of the mixture so many steps ahead, over the last 1,500 steps. */
    private static double error(String choice, double[] y, int season, int h) {
        TestingExperts run = new TestingExperts(choice, season);
        double error = 0;
        for (int t = 0; t + h < y.length; t++) {
            run.take(y[t]);
            error += t + h < y.length - 1500 ? 0 : Math.abs(y[t + h] - run.out[h - 1]) / 1500;
        }
        return error;
    }

    @Test
    void aSeasonBelowNoiseIsForecastBetterThanFromTheValuesThatAreRemembered() {
        double[] y = daily();
        for (int h : new int[] {1, 6, 24}) {
            double remembered = error("profile", y, 24, h);
            assertThat(error("slow-profile", y, 24, h)).isLessThan(remembered);
            assertThat(error("yule-walker", y, 24, h)).isLessThan(remembered);
            assertThat(error("full", y, 24, h)).isLessThan(1.01 * error("lean", y, 24, h));
        }
    }

    @Test
    void nothingIsSaidBeforeEnoughIsKnownNorWithoutASeason() {
        TestingExperts young = new TestingExperts("last,slow-profile", 24);
        TestingExperts noise = new TestingExperts("last,slow-profile", 0);
        double[] y = daily();
        Random random = new Random(7);
        for (int t = 0; t < 90; t++) {
            young.take(y[t]);
            noise.take(random.nextGaussian());
            assertThat(young.experts.forecast(1)).containsOnly(Double.NaN);
            assertThat(noise.experts.forecast(1)).containsOnly(Double.NaN);
        }
    }

    @Test
    void itIsJudgedByWhatItSaid() {
        TestingExperts run = new TestingExperts("slow-profile", 24);
        double[] y = Arrays.copyOf(daily(), 600);
        int judged =
                run.isJudgedByWhatItSaid(y, 200, 1e-9, bucket -> run.trust.heavy.profile.said(bucket, run.step + 1));
        assertThat(judged).isGreaterThan(300);
    }

    @Test
    void aShiftOfThePastShiftsWhatIsForecast() {
        TestingExperts run = new TestingExperts("slow-profile", 24);
        double[] y = daily();
        for (int t = 0; t < 500; t++) {
            run.take(y[t]);
        }
        double[] before = run.out.clone();
        run.trust.heavy.shift(100);
        run.history.shift(100);
        run.experts.forecast(run.history, run.trust, TestingExperts.HORIZON, run.out);
        for (int h = 0; h < before.length; h++) {
            assertThat(run.out[h]).isCloseTo(100 + before[h], within(1e-9));
        }
    }

    @Test
    void gapsAndAbsurdValuesAreSurvived() {
        double[] y = daily();
        Random random = new Random(6);
        DoubleUnaryOperator constant = t -> 7;
        DoubleUnaryOperator gaps = t -> t % 200 >= 150 || random.nextInt(30) == 0 ? Double.NaN : y[(int) t];
        DoubleUnaryOperator spikes = t -> t == 700 ? 1e4 : t == 1100 ? -1e4 : y[(int) t];
        DoubleUnaryOperator late = t -> t < 1000 ? 0 : y[(int) t];
        for (DoubleUnaryOperator series : new DoubleUnaryOperator[] {constant, gaps, spikes, late}) {
            double[] values = new double[STEPS];
            Arrays.setAll(values, series::applyAsDouble);
            TestingExperts run = new TestingExperts("slow-profile", 24);
            for (double value : values) {
                run.take(value);
            }
            double last = Double.isNaN(values[STEPS - 1]) ? y[STEPS - 1] : values[STEPS - 1];
            for (double forecast : run.out) {
                assertThat(forecast).isCloseTo(last, within(60.0));
            }
        }
    }

    @Test
    void aWholeMemoryIsCopiedWrittenAndReadToTheLastBit() throws IOException {
        TestingRestart.changesNothing("last,slow-profile", 24, daily(), 400);
    }
}
