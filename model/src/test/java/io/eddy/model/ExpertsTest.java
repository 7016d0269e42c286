package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpertsTest {
    static double daily(long t) {
        return 100 + 20 * Math.sin(2 * Math.PI * t / 24) + 8 * Math.cos(4 * Math.PI * t / 24);
    }

    /** A seasonal week, a walk, a seasonal week again: the best expert is now one, now the other. */
    private static double[] switching(int steps, long seed) {
        Random random = new Random(seed);
        double[] y = new double[steps];
        double walk = 100;
        for (int t = 0; t < steps; t++) {
            boolean seasonal = t / 168 % 2 == 0;
            walk = seasonal ? daily(t) : walk + 6 * random.nextGaussian();
            y[t] = seasonal ? daily(t) + random.nextGaussian() : walk;
        }
        return y;
    }

    @Test
    void theMixtureIsNotMuchWorseThanItsBestMemberWhereTheBestOneSwitches() {
        for (String choice : new String[] {"lean", "full"}) {
            TestingExperts run = new TestingExperts(choice, 24);
            double[] y = switching(24 * 7 * 12, 5);
            int members = run.experts.names().size();
            double[] member = new double[members];
            double mixture = 0;
            for (int t = 0; t + 1 < y.length; t++) {
                run.take(y[t]);
                if (t >= 168) {
                    mixture += Math.abs(y[t + 1] - run.out[0]);
                    for (int e = 0; e < members; e++) {
                        double forecast = run.experts.forecast(e)[0];
                        member[e] += Double.isNaN(forecast) ? 1e9 : Math.abs(y[t + 1] - forecast);
                    }
                }
            }
            assertThat(mixture)
                    .as(choice)
                    .isLessThan(1.1 * Arrays.stream(member).min().orElseThrow());
        }
    }

    /** Steps of ten minutes and what comes every hour: the last value is right where hours are whole, and nowhere in between. */
    @Test
    void whatComesAgainWithinTheHourIsForetoldAtEveryStepAhead() {
        for (String choice : new String[] {"lean", "full"}) {
            for (int cycle : new int[] {2, 3, 6}) {
                TestingExperts run = new TestingExperts(choice, 24);
                for (int t = 0; t <= 600; t++) {
                    run.take(t % cycle == 0 ? 10 : t % cycle);
                }
                for (int h = 1; h <= 24; h++) {
                    int slot = (600 + h) % cycle;
                    assertThat(run.out[h - 1])
                            .as("%s, every %d steps, %d ahead", choice, cycle, h)
                            .isCloseTo(slot == 0 ? 10 : slot, within(0.1));
                }
            }
        }
    }

    @Test
    void aWeekAsLongAsWhatIsRememberedIsJudgedAsWell() {
        Experts experts = new Experts("lean", 48);
        History history = new History();
        history.seasons.fix(48);
        Trust trust = new Trust();
        double[] out = new double[48];
        double mixture = 0;
        double days = 0;
        int member = experts.names().indexOf("days");
        Random random = new Random(7);
        for (int t = 0; t < 48 * 28; t++) {
            double y = daily(t) + 0.1 * t + random.nextGaussian(); // a slope: half hours of last week are far too low
            if (t > 48 * 7) {
                mixture += Math.abs(y - out[0]);
                days += Math.abs(y - experts.forecast(member)[0]);
            }
            history.observe(y, t * TestingExperts.HOUR / 2);
            experts.observe(history, trust);
            experts.forecast(history, trust, 48, out);
        }
        assertThat(mixture).isLessThan(1.1 * days);
    }

    @Test
    void twoExpertsAreAsFarApartAsTheGeometricMeanOfTheirDistancesFromTheMixture() {
        TestingExperts run = new TestingExperts("last,seasonal", 24);
        double[] apart = new double[TestingExperts.HORIZON];
        for (double y : switching(24 * 10, 6)) {
            run.take(y);
        }
        run.experts.apart(run.out, apart.length, apart);
        for (int h = 0; h < apart.length; h++) {
            double product = (run.experts.forecast(0)[h] - run.out[h])
                    * (run.out[h] - run.experts.forecast(1)[h]);
            assertThat(apart[h]).as("step %d", h + 1).isCloseTo(Math.sqrt(Math.max(0, product)), within(1e-6));
        }
        assertThat(apart[7]).isGreaterThan(0);
    }

    @Test
    void whatAnExpertWouldHaveSaidIsWhatItSaid() {
        TestingExperts run = new TestingExperts("last,seasonal,weeks", 24);
        double[] y = switching(24 * 30, 6);
        double[][] said = new double[3][];
        for (int t = 0; t < y.length - 6; t++) {
            run.take(y[t]);
        }
        for (int e = 0; e < said.length; e++) {
            said[e] = run.experts.forecast(e).clone();
        }
        for (int t = y.length - 6; t < y.length; t++) {
            run.take(y[t]);
        }
        Past past = new Past(TestingExperts.HORIZON);
        run.history.fill(past);
        double tolerance = 2e-3 * Math.abs(run.history.last());
        assertThat(new LastValue(false, TestingExperts.HORIZON).at(past, run.trust, 6, 9))
                .isCloseTo(said[0][8], within(tolerance));
        assertThat(new SlotMean(1, false, SlotMean.Speaks.AT_ONCE, 1).at(past, run.trust, 6, 9))
                .isCloseTo(said[1][8], within(tolerance));
        assertThat(new SlotMean(7, false, SlotMean.Speaks.ONCE_JUDGED, 0.6, 0.4).at(past, run.trust, 6, 9))
                .isCloseTo(said[2][8], within(tolerance));
    }

    @Test
    void aSeasonalAutoregressionIsLearnt() {
        Random random = new Random(7);
        TestingExperts run = new TestingExperts("autoregression,seasonal", 24);
        double deviation = 0;
        double error = 0;
        double naive = 0;
        int steps = 24 * 60;
        double expected = Double.NaN;
        for (int t = 0; t < steps; t++) {
            deviation = 0.9 * deviation + random.nextGaussian();
            double y = daily(t) + deviation;
            if (t >= steps / 2) {
                error += Math.abs(y - expected);
                naive += Math.abs(y - run.experts.forecast(0)[0]); // the seasonal naive, first in the order of names
            }
            run.take(y);
            expected = run.out[0];
        }
        // The noise alone has a mean absolute value of 0.8.
        assertThat(error / (steps / 2)).isLessThan(1.0);
        assertThat(naive / (steps / 2)).isGreaterThan(1.5);
    }

    @Test
    void aLevelShiftAChangedScaleAndAGapAreSurvived() {
        Random random = new Random(8);
        TestingExperts run = new TestingExperts("lean", 24);
        for (int t = 0; t < 24 * 84; t++) {
            double y = daily(t) + random.nextGaussian();
            if (t >= 24 * 28) {
                y = 1000 + 50 * y; // another level and scale
            }
            boolean gap = t >= 24 * 50 && t < 24 * 53;
            run.take(gap ? Double.NaN : y);
            assertThat(Arrays.stream(run.out).allMatch(Double::isFinite)).isTrue();
        }
        for (int h = 1; h <= TestingExperts.HORIZON; h++) {
            assertThat(run.out[h - 1]).isCloseTo(1000 + 50 * daily(24 * 84 - 1 + h), within(50 * 3.0));
        }
    }

    @Test
    void goesOnAfterBeingWrittenAndRead() throws IOException {
        for (String choice : new String[] {"lean", "full", "last", "last,returning,direct"}) {
            TestingExperts run = new TestingExperts(choice, 24);
            double[] y = switching(24 * 20, 9);
            for (int t = 0; t < y.length - 1; t++) {
                run.take(y[t]);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            run.trust.write(new DataOutputStream(bytes));
            Trust read = new Trust();
            read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
            TestingExperts other = new TestingExperts(choice, 24);
            for (int t = 0; t < y.length - 1; t++) {
                other.take(y[t]);
            }
            other.trust = read;
            run.take(y[y.length - 1]);
            other.take(y[y.length - 1]);
            assertThat(other.out).as(choice).isEqualTo(run.out);
        }
    }

    @Test
    void whatWasLearntStaysWhenAnExpertIsAdded() {
        TestingExperts run = new TestingExperts("last,seasonal,weeks-persistent,autoregression", 24);
        double[] y = switching(24 * 20, 9);
        for (double value : y) {
            run.take(value);
        }
        Regression autoregression = run.trust.autoregression;
        float[] losses = new float[4 * Buckets.LEADS.length];
        run.trust.losses(losses);
        run.trust.fit(new Experts("lean", TestingExperts.HORIZON).mask());
        List<String> names = ExpertNames.of("lean");
        float[] now = new float[names.size() * Buckets.LEADS.length];
        run.trust.losses(now);
        assertThat(run.trust.autoregression).isSameAs(autoregression);
        for (int e = 0; e < 4; e++) {
            int place = 2 * names.size() + names.indexOf(run.experts.names().get(e));
            assertThat(now[place]).isEqualTo(losses[2 * 4 + e]);
        }
        assertThat(now[2 * names.size() + names.indexOf("days")]).isNaN();
    }

    /** Deviations from the day that depend on the last one and on the one before the same hour of the day before. */
    @Test
    void deviationsOfLongMemoryAreForetoldByTheirAutocorrelations() {
        Random random = new Random(10);
        TestingExperts run = new TestingExperts("last,profile,yule-walker", 24);
        int steps = 24 * 200;
        double[] deviations = new double[steps];
        double[] error = new double[3];
        for (int t = 0; t < steps; t++) {
            double memory = t < 25 ? 0 : 0.6 * deviations[t - 1] - 0.35 * deviations[t - 25];
            deviations[t] = memory + random.nextGaussian();
            double y = daily(t) + deviations[t];
            for (int e = 0; t >= steps / 2 && e < error.length; e++) {
                error[e] += Math.abs(y - run.experts.forecast(e)[0]) / (steps / 2.0);
            }
            run.take(y);
        }
        assertThat(error[2]).isLessThan(0.93 * error[1]).isLessThan(0.7 * error[0]);
    }

    @Test
    void autocorrelationsInSixteenBitsAreThoseOfDoubles() {
        Random random = new Random(11);
        Autocovariances kept = new Autocovariances(3);
        kept.fit(24);
        float[] deviations = new float[20_000];
        double[] means = new double[4];
        for (int t = 3; t < deviations.length; t++) {
            deviations[t] = (float) (0.9 * deviations[t - 1] + random.nextGaussian());
            kept.learn(deviations, t, t);
            double rate = 1.0 / Math.min(t - 2, 2000);
            for (int lag = 0; lag < means.length; lag++) {
                means[lag] += rate * (deviations[t] * deviations[t - lag] - means[lag]);
            }
        }
        float[] correlations = new float[4];
        kept.correlations(correlations);
        assertThat((double) kept.variance()).isCloseTo(means[0], within(1e-3 * means[0]));
        for (int lag = 1; lag < means.length; lag++) {
            assertThat((double) correlations[lag]).isCloseTo(means[lag] / means[0], within(2e-3));
        }
    }

    @Test
    void aMapThatRepeatsItselfIsForetoldByWhatFollowedMomentsLikeThePresent() {
        TestingExperts run = new TestingExperts("last,autoregression,analogs", 0);
        double x = 0.3;
        double error = 0;
        double autoregression = 0;
        for (int t = 0; t < 2000; t++) {
            double next = 3.57 * x * (1 - x); // the logistic map where its orbit is nearly a cycle
            if (t > 400) {
                error += Math.abs(x - run.out[0]);
                autoregression += Math.abs(x - run.experts.forecast(1)[0]);
            }
            run.take(x);
            x = next;
        }
        assertThat(error).isLessThan(0.3 * autoregression);
    }

    @Test
    void saysWhichExpertsThereAre() {
        assertThatThrownBy(() -> new Experts("last,crystal-ball", TestingExperts.HORIZON))
                .hasMessageStartingWith("experts: expected lean, full or some of last,")
                .hasMessageEndingWith("found crystal-ball");
    }
}
