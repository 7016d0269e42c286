package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is forecast of a series that has little past. */
class YoungExpertsTest {
    @Test
    void stepsThatNobodyWasJudgedAtYetAreForecastByTheSeasonThatIsGiven() {
        Experts experts = new Experts("lean", 48);
        History history = new History();
        history.seasons.fix(24);
        Trust trust = new Trust();
        double[] out = new double[48];
        for (int t = 0; t < 30; t++) {
            history.observe(ExpertsTest.daily(t), t * TestingExperts.HOUR);
            experts.observe(history, trust);
        }
        experts.forecast(history, trust, 48, out);
        for (int h = 25; h <= 48; h++) {
            assertThat(out[h - 1]).isCloseTo(ExpertsTest.daily(29 + h), within(0.5));
        }
    }

    @Test
    void fromTheTenthPointOnItIsNotWorseThanTheLastValueOnAWalk() {
        double mixture = 0;
        double naive = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TestingExperts run = new TestingExperts("lean", 0);
            double y = 50;
            for (int t = 0; t < 40; t++) {
                double next = y + random.nextGaussian();
                run.take(y);
                if (t >= 10) {
                    mixture += Math.abs(next - run.out[0]);
                    naive += Math.abs(next - y);
                }
                y = next;
            }
        }
        assertThat(mixture).isLessThan(1.05 * naive);
    }

    @Test
    void aWaveOfWhichHalfWasSeenIsForecastHardlyWorseThanByTheLastValue() {
        double mixture = 0;
        double naive = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            double phase = 2 * Math.PI * random.nextDouble();
            double other = 2 * Math.PI * random.nextDouble();
            TestingExperts run = new TestingExperts("lean", 0, TestingExperts.MINUTE); // no day is in sight
            double[] y = new double[64];
            Arrays.setAll(
                    y, t -> Math.sin(2 * Math.PI * t / 70 + phase) + 0.6 * Math.sin(2 * Math.PI * t / 26 + other));
            for (int t = 0; t < 40; t++) {
                run.take(y[t]);
                for (int h = 1; t >= 10 && h <= TestingExperts.HORIZON; h++) {
                    mixture += Math.abs(y[t + h] - run.out[h - 1]);
                    naive += Math.abs(y[t + h] - y[t]);
                }
            }
        }
        assertThat(mixture).isLessThan(1.05 * naive);
    }

    @Test
    void onItsFirstDayASeriesIsExpectedToComeBackToWhereItBegan() {
        double mixture = 0;
        double naive = 0;
        for (int from = 0; from < 24; from++) {
            TestingExperts run = new TestingExperts("lean", 24);
            for (int t = 0; t < 24; t++) {
                double y = ExpertsTest.daily(from + t);
                run.take(y);
                for (int h = 1; t >= 4 && t + h < 24; h++) {
                    double next = ExpertsTest.daily(from + t + h);
                    mixture += Math.abs(next - run.out[h - 1]);
                    naive += Math.abs(next - y);
                }
            }
        }
        assertThat(mixture).isLessThan(0.93 * naive);
    }

    @Test
    void aDayIsTakenForTheSeasonUntilItIsKnownWhetherItIsOne() {
        double mixture = 0;
        double naive = 0;
        for (int from = 0; from < 24; from++) {
            TestingExperts run = new TestingExperts("lean", 0);
            for (int t = 0; t < 36; t++) {
                double y = ExpertsTest.daily(from + t);
                run.take(y);
                for (int h = 3; t >= 12 && h <= TestingExperts.HORIZON; h++) {
                    double next = ExpertsTest.daily(from + t + h);
                    mixture += Math.abs(next - run.out[h - 1]);
                    naive += Math.abs(next - y);
                }
            }
        }
        assertThat(mixture).isLessThan(0.4 * naive);
    }

    @Test
    void aDayThatIsNoSeasonCostsAWalkLittleFarAheadAndNothingOnceThatIsKnown() {
        double[] mixture = new double[2];
        double[] naive = new double[2];
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            TestingExperts run = new TestingExperts("lean", 0);
            double[] y = new double[84];
            y[0] = 50;
            for (int t = 1; t < y.length; t++) {
                y[t] = y[t - 1] + random.nextGaussian();
            }
            for (int t = 0; t < 60; t++) {
                run.take(y[t]);
                for (int h = 1; t >= 10 && h <= TestingExperts.HORIZON; h++) {
                    mixture[t < 36 ? 0 : 1] += Math.abs(y[t + h] - run.out[h - 1]);
                    naive[t < 36 ? 0 : 1] += Math.abs(y[t + h] - y[t]);
                }
            }
        }
        assertThat(mixture[0]).isLessThan(1.25 * naive[0]);
        assertThat(mixture[1]).isLessThan(1.1 * naive[1]);
    }

    @Test
    void theSecondSeasonIsForecastNoWorseThanByTheFirst() {
        double mixture = 0;
        double naive = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            TestingExperts run = new TestingExperts("lean", 24);
            double[] y = new double[72];
            Arrays.setAll(y, t -> ExpertsTest.daily(t) + random.nextGaussian());
            for (int t = 0; t < 48; t++) {
                run.take(y[t]);
                for (int h = 1; t >= 24 && h <= TestingExperts.HORIZON; h++) {
                    mixture += Math.abs(y[t + h] - run.out[h - 1]);
                    naive += Math.abs(y[t + h] - y[t + h - 24]);
                }
            }
        }
        assertThat(mixture).isLessThan(naive);
    }

    @Test
    void aYoungSeriesIsForecastNoFartherThanItHasGone() {
        TestingExperts run = new TestingExperts("autoregression", 0);
        int spoke = 0;
        double least = 0;
        double most = 0;
        for (int t = 0; t < 40; t++) {
            double y = Math.pow(1.2, t) * Math.cos(t); // a swing that grows
            least = Math.min(least, y);
            most = Math.max(most, y);
            run.take(y);
            double room = 1.01 * (most - least) * TestingExperts.HORIZON / (t + 1);
            for (double forecast : run.experts.forecast(0)) {
                if (!Double.isNaN(forecast)) {
                    spoke++;
                    assertThat(forecast).as("after %d values", t + 1).isBetween(least - room, most + room);
                }
            }
        }
        assertThat(spoke).isPositive();
    }
}
