package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The correction of the full tier's mixture. */
class StackingTest {
    private static final int STEPS = 6000;
    private static final int MEMBERS = 2;

    /** One bucket's fit after so many steps, each forecast one step ahead: the actual is the mixture, a share of the first member's difference and noise. */
    private static StackFit taught(double truth, int steps) {
        StackFit fit = new StackFit(MEMBERS);
        Random random = new Random(1);
        double[] x = new double[MEMBERS];
        double[] gain = new double[MEMBERS];
        double said = 0;
        for (int t = 1; t < steps; t++) {
            fit.learn(100 + truth * said + random.nextGaussian(), 1, t, x, gain);
            said = random.nextGaussian();
            x[0] = said;
            x[1] = 0;
            double corrected = 100 + fit.correction(0, x);
            fit.wait(0, t, 100, corrected, new double[] {100 + said, Double.NaN});
        }
        return fit;
    }

    @Test
    void whatAMemberKnowsBesideTheMixtureIsTaken() {
        StackFit fit = taught(0.5, STEPS);
        assertThat(fit.share(0)).isEqualTo(1);
        assertThat(fit.correction(0, new double[] {1, 0})).isCloseTo(0.5, within(0.05));
    }

    @Test
    void whereNothingIsKnownNothingMuchIsAdded() {
        StackFit fit = taught(0, STEPS);
        assertThat(fit.share(0) * fit.correction(0, new double[] {1, 0})).isCloseTo(0, within(0.05));
    }

    @Test
    void aYoungSeriesIsLeftAlone() {
        assertThat(taught(0.5, 1).share(0)).isZero();
        assertThat(taught(0.5, 200).share(0)).isBetween(0.0, 0.1);
    }

    @Test
    void itLearnsFromWhatWasSaidOnlyWhereItsActualCame() {
        StackFit fit = new StackFit(MEMBERS);
        double[] x = new double[MEMBERS];
        fit.wait(1, 10, 100, 100, new double[] {101, 99});
        for (int t = 11; t < 16; t++) {
            fit.learn(110, 1, t, x, new double[MEMBERS]);
        }
        assertThat(fit.correction(1, new double[] {1, 0})).isZero();
        fit.learn(Double.NaN, 1, 16, x, new double[MEMBERS]);
        fit.learn(110, 1, 22, x, new double[MEMBERS]);
        assertThat(fit.correction(1, new double[] {1, 0})).isZero(); // the value was missing
        fit.wait(1, 22, 100, 100, new double[] {101, 99});
        fit.learn(110, 1, 28, x, new double[MEMBERS]);
        assertThat(fit.correction(1, new double[] {1, 0})).isPositive();
    }

    /** Two weeks that alternate, with noise below: the mean of what two experts say, which no share of the mixture's reaches, is the better forecast. */
    private static double[] alternating(int steps) {
        Random random = new Random(3);
        double[] y = new double[steps];
        double deviation = 0;
        for (int t = 0; t < steps; t++) {
            deviation = 0.95 * deviation + random.nextGaussian();
            y[t] = 100 + 10 * Math.sin(2 * Math.PI * t / 24) + (t / 168 % 2 == 0 ? 5 : -5) + deviation;
        }
        return y;
    }

    @Test
    void theFullTierIsNoWorseThanWithoutACorrection() {
        double[] y = alternating(STEPS);
        String without = String.join(",", ExpertNames.of("full")).replace("last,", "");
        for (int h : new int[] {1, 6, 24}) {
            assertThat(error("full", y, h)).isLessThan(1.003 * error(without, y, h));
        }
    }

    /** Where most experts agree to the last bit, nobody's small error spoils it. */
    @Test
    void nightsThatAreExactlyZeroAreForecastAsZero() {
        Random random = new Random(4);
        TestingExperts run = new TestingExperts("full", 24);
        for (int t = 0; t < 24 * 60; t++) {
            double sun = Math.sin(2 * Math.PI * t / 24);
            run.take(sun < 0.1 ? 0 : 100 * sun * random.nextDouble());
        }
        for (int h = 14; h <= 22; h++) {
            assertThat(run.out[h - 1]).isZero();
        }
        assertThat(run.out[5]).isPositive();
    }

    /** Nothing was seen twice yet that experts could agree upon. */
    @Test
    void theFirstSeasonIsForecastAsWithoutACorrection() {
        Random random = new Random(6);
        TestingExperts lean = new TestingExperts("lean", 24);
        TestingExperts full = new TestingExperts("full", 24);
        for (int t = 0; t < 48; t++) {
            double sun = Math.sin(2 * Math.PI * (t - 6) / 24);
            double y = sun < 0.1 ? 0 : 100 * sun + random.nextGaussian();
            lean.take(y);
            full.take(y);
            for (int h = 0; h < TestingExperts.HORIZON; h++) {
                assertThat(full.out[h]).as("%s steps after %s", h + 1, t).isCloseTo(lean.out[h], within(1.0));
            }
        }
    }

    private static double error(String choice, double[] y, int h) {
        TestingExperts run = new TestingExperts(choice, 24);
        double error = 0;
        for (int t = 0; t + h < y.length; t++) {
            run.take(y[t]);
            error += t + h < y.length / 2 ? 0 : Math.abs(y[t + h] - run.out[h - 1]);
        }
        return error;
    }

    @Test
    void aShiftOfThePastShiftsWhatIsForecast() {
        TestingExperts run = new TestingExperts("full", 24);
        double[] y = alternating(2000);
        for (double value : y) {
            run.take(value);
        }
        double[] before = run.out.clone();
        run.trust.heavy.shift(100);
        run.history.shift(100);
        run.experts.observe(gap(run), run.trust);
        run.experts.forecast(run.history, run.trust, TestingExperts.HORIZON, run.out);
        double mean = Arrays.stream(run.out).average().orElseThrow();
        assertThat(mean).isCloseTo(100 + Arrays.stream(before).average().orElseThrow(), within(5.0));
    }

    private static History gap(TestingExperts run) {
        run.history.observe(Double.NaN, run.step++ * TestingExperts.HOUR);
        return run.history;
    }

    @Test
    void aWholeMemoryIsCopiedWrittenAndReadToTheLastBit() throws IOException {
        TestingRestart.changesNothing("full", 24, alternating(1200), 1100);
    }
}
