package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The expert that is in tier full alone: series that follow a law, and all that do not. */
class PolynomialTest {
    private static final int STEPS = 2500;

    private static double[] logistic() {
        double[] y = new double[STEPS];
        y[0] = 0.3;
        for (int t = 1; t < STEPS; t++) {
            y[t] = 3.9 * y[t - 1] * (1 - y[t - 1]);
        }
        return y;
    }

    private static double[] henon() {
        double[] y = new double[STEPS];
        for (int t = 2; t < STEPS; t++) {
            y[t] = 1 - 1.4 * y[t - 1] * y[t - 1] + 0.3 * y[t - 2];
        }
        return y;
    }

    /** Feedback that comes late (Mackey and Glass 1977), in Euler steps. */
    private static double[] feedback(int delay) {
        double[] y = new double[STEPS + 500];
        Arrays.fill(y, 0, delay + 1, 1.2);
        for (int t = delay + 1; t < y.length; t++) {
            double late = y[t - 1 - delay];
            y[t] = 0.9 * y[t - 1] + 0.2 * late / (1 + Math.pow(late, 10));
        }
        return Arrays.copyOfRange(y, 500, y.length);
    }

    private static double[] noise() {
        return new Random(3).doubles(STEPS, 0, 100).toArray();
    }

    private static double[] walk() {
        Random random = new Random(4);
        double[] y = new double[STEPS];
        for (int t = 1; t < STEPS; t++) {
            y[t] = y[t - 1] + random.nextGaussian();
        }
        return y;
    }

    private static double[] daily() {
        Random random = new Random(5);
        double[] y = new double[STEPS];
        Arrays.setAll(y, t -> 100 + 20 * Math.sin(2 * Math.PI * t / 24) + random.nextGaussian());
        return y;
    }

    /** Mean absolute error of the mixture so many steps ahead, over the last 1,000 steps. */
    private static double error(String choice, double[] y, int h) {
        TestingExperts run = new TestingExperts(choice, 0);
        double error = 0;
        for (int t = 0; t + h < y.length; t++) {
            run.take(y[t]);
            error += t + h < y.length - 1000 ? 0 : Math.abs(y[t + h] - run.out[h - 1]) / 1000;
        }
        return error;
    }

    @Test
    void chaosIsForecastFarBetterThanByTheLeanExperts() {
        for (double[] y : new double[][] {logistic(), henon(), feedback(8), feedback(17), feedback(20)}) {
            assertThat(error("full", y, 1)).isLessThan(0.3 * error("lean", y, 1));
            assertThat(error("full", y, 6)).isLessThan(0.3 * error("lean", y, 6));
        }
    }

    @Test
    void seriesWithoutSuchALawAreForecastNoWorse() {
        for (double[] y : new double[][] {noise(), walk(), daily()}) {
            for (int h : new int[] {1, 6, 24}) {
                assertThat(error("full", y, h)).isLessThan(1.01 * error("lean", y, h));
            }
        }
    }

    @Test
    void itIsJudgedByWhatItSaid() {
        TestingExperts run = new TestingExperts("polynomial", 0);
        double[] y = Arrays.copyOf(feedback(17), 1000);
        int judged =
                run.isJudgedByWhatItSaid(y, 500, 1e-6, bucket -> run.trust.heavy.polynomial.said(bucket, run.step + 1));
        assertThat(judged).isGreaterThan(300);
    }

    @Test
    void nothingIsSaidBeforeEnoughIsKnown() {
        TestingExperts run = new TestingExperts("last,polynomial", 0);
        double[] y = henon();
        for (int t = 0; t < 300; t++) {
            run.take(y[t]);
            assertThat(run.experts.forecast(1)).containsOnly(Double.NaN);
        }
    }

    /** Whatever comes, a forecast stays near what was seen, and those of others are left alone. */
    @Test
    void absurdValuesLeaveForecastsInTheRangeOfWhatWasSeen() {
        double[] chaos = feedback(17);
        Random random = new Random(6);
        DoubleUnaryOperator constant = t -> 7;
        DoubleUnaryOperator zero = t -> 0;
        DoubleUnaryOperator spikes = t -> t % 97 == 50 ? (t % 2 == 0 ? 1e30 : -1e30) : chaos[(int) t];
        DoubleUnaryOperator gaps = t -> t % 200 >= 150 || random.nextInt(30) == 0 ? Double.NaN : chaos[(int) t];
        DoubleUnaryOperator huge = t -> (t % 2 == 0 ? 1 : -1) * Double.MAX_VALUE / (2 + t);
        DoubleUnaryOperator growing = t -> Math.pow(1.2, t);
        DoubleUnaryOperator late = t -> t < 1000 ? 0 : chaos[(int) t];
        DoubleUnaryOperator tiny = t -> 1e-300 * chaos[(int) t];
        for (DoubleUnaryOperator series :
                new DoubleUnaryOperator[] {constant, zero, spikes, gaps, huge, growing, late, tiny}) {
            TestingExperts run = new TestingExperts("full", 0);
            int polynomial = run.experts.names().indexOf("polynomial");
            double least = Double.MAX_VALUE;
            double most = -Double.MAX_VALUE;
            for (int t = 0; t < STEPS; t++) {
                double y = series.applyAsDouble(t);
                least = y < least ? y : least;
                most = y > most ? y : most;
                run.take(y);
                double room = 0.1 * most - 0.1 * least + 1e-3 * Math.max(Math.abs(least), Math.abs(most));
                for (double forecast : run.experts.forecast(polynomial)) {
                    if (!Double.isNaN(forecast)) {
                        assertThat(forecast).isBetween(least - room, most + room);
                    }
                }
            }
        }
    }

    @Test
    void aNewLevelAndScaleAreLearntAnew() {
        double[] y = feedback(17);
        double[] moved = new double[2 * STEPS];
        Arrays.setAll(moved, t -> t < STEPS ? y[t] : 100 + 300 * y[t - STEPS]);
        assertThat(error("full", moved, 1)).isLessThan(0.1 * error("lean", moved, 1));
    }

    @Test
    void aShiftOfThePastShiftsWhatIsForecast() {
        TestingExperts run = new TestingExperts("polynomial", 0);
        double[] y = feedback(17);
        for (int t = 0; t < 1000; t++) {
            run.take(y[t]);
        }
        double[] before = run.out.clone();
        run.trust.heavy.polynomial.shift(100);
        run.history.shift(100);
        run.experts.forecast(run.history, run.trust, TestingExperts.HORIZON, run.out);
        for (int h = 0; h < before.length; h++) {
            assertThat(run.out[h]).isCloseTo(100 + before[h], within(1e-9));
        }
    }

    @Test
    void whatComesLaterChangesNothingOfWhatWasSaid() {
        double[] y = feedback(17);
        TestingExperts one = new TestingExperts("full", 0);
        TestingExperts other = new TestingExperts("full", 0);
        for (int t = 0; t < 1200; t++) {
            one.take(y[t]);
            other.take(y[t]);
            assertThat(other.out).isEqualTo(one.out);
        }
        double[] said = one.out.clone();
        other.take(1e9);
        assertThat(one.out).isEqualTo(said);
    }

    @Test
    void aWholeMemoryIsCopiedWrittenAndReadToTheLastBit() throws IOException {
        TestingRestart.changesNothing("full", 0, feedback(17), 800);
    }
}
