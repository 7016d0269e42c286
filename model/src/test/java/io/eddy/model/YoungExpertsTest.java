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
        Comparison found = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            found.take(new TestingExperts("lean", 0), walk(seed, 41), 10, 40, 1, 1, 0);
        }
        assertThat(found.ratio()).isLessThan(1.05);
    }

    @Test
    void aWaveOfWhichHalfWasSeenIsForecastHardlyWorseThanByTheLastValue() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            TestingExperts run = new TestingExperts("lean", 0, TestingExperts.MINUTE); // no day is in sight
            found.take(run, waves(seed, 64), 10, 40, 1, TestingExperts.HORIZON, 0);
        }
        assertThat(found.ratio()).isLessThan(1.05);
    }

    @Test
    void fartherThanAnyoneWasJudgedNobodyIsBelievedWhoErrsNearer() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            TestingExperts run = new TestingExperts("lean", 0, TestingExperts.MINUTE, 60);
            found.take(run, waves(seed, 100), 10, 36, 25, 60, 0);
        }
        assertThat(found.ratio()).isLessThan(0.78);
    }

    @Test
    void aNightWithoutSunDoesNotSpeakForTheLastValueByDay() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] y = new double[60]; // from midnight on
            Arrays.setAll(y, t -> Math.max(0, -Math.cos(2 * Math.PI * t / 24)) * (90 + 20 * random.nextDouble()));
            found.take(new TestingExperts("lean", 24), y, 24, 30, 3, TestingExperts.HORIZON, 24);
        }
        assertThat(found.ratio()).isLessThan(1);
    }

    @Test
    void aDullFirstDayDoesNotSpeakForTheLastValueOnBrightOnes() {
        Comparison found = new Comparison();
        for (int from = 12; from <= 24; from++) {
            double[] y = new double[60];
            for (int t = 0; t < y.length; t++) {
                double bright = t + from < 48 ? 20 : 90 + 10 * ((t + from) / 24 % 2);
                y[t] = Math.max(0, -Math.cos(2 * Math.PI * (t + from) / 24)) * bright;
            }
            found.take(new TestingExperts("lean", 24), y, 24, 48, 3, 11, 24);
        }
        assertThat(found.ratio()).isLessThan(1.1);
    }

    @Test
    void onTheFirstDayOfAnotherKindTheDayBeforeIsNotOutvotedByMeansOfDays() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] y = new double[96]; // two working days, then a weekend
            Arrays.setAll(
                    y,
                    t -> (t < 48 ? ExpertsTest.daily(t) : 100 + 10 * Math.cos(2 * Math.PI * t / 24))
                            + random.nextGaussian());
            found.take(new TestingExperts("lean", 24), y, 60, 72, 13, TestingExperts.HORIZON, 24);
        }
        assertThat(found.ratio()).isLessThan(4.6);
    }

    @Test
    void onItsFirstDayASeriesIsExpectedToComeBackToWhereItBegan() {
        assertThat(begunAtEachHour(24, 24, 4, 24, 1)).isLessThan(0.93);
    }

    @Test
    void aDayIsTakenForTheSeasonUntilItIsKnownWhetherItIsOne() {
        assertThat(begunAtEachHour(0, 60, 12, 36, 3)).isLessThan(0.4);
    }

    @Test
    void aFirstDayThatSwingsIsTakenForOneSooner() {
        assertThat(begunAtEachHour(0, 60, 12, 24, 3)).isLessThan(0.21);
    }

    @Test
    void inItsSecondDayADayThatIsNotKnownYetIsForecastHardlyWorseThanByTheFirst() {
        Comparison found = new Comparison();
        for (int hour = 0; hour < 24; hour++) {
            Random random = new Random(hour);
            double[] y = Arrays.stream(days(hour, 60))
                    .map(v -> v + random.nextGaussian())
                    .toArray();
            found.take(new TestingExperts("lean", 0), y, 24, 36, 12, TestingExperts.HORIZON, 24);
        }
        assertThat(found.ratio()).isLessThan(1.02);
    }

    @Test
    void whatSwingsInSixStepsHasHardlyShownADayOfQuarters() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            TestingExperts run = new TestingExperts("lean", 0, TestingExperts.HOUR / 4);
            found.take(run, waves(seed, 130), 50, 96, 3, TestingExperts.HORIZON, 0);
        }
        assertThat(found.ratio()).isLessThan(1.03);
    }

    @Test
    void whereNothingSwingsTheSeasonThatIsGivenIsNotBelievedBlindly() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            double[] noise = new Random(seed).doubles(60).toArray();
            found.take(new TestingExperts("lean", 24), noise, 10, 24, 3, TestingExperts.HORIZON, 0);
        }
        assertThat(found.ratio()).isLessThan(0.97);
    }

    @Test
    void aMorningThatTheLastValueFailsAtSpeaksForADayThatIsNotKnownYet() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 20; seed++) {
            for (int from = 6; from < 12; from++) {
                Random random = new Random(seed);
                double[] y = new double[72];
                for (int t = 0; t < y.length; t++) {
                    y[t] = Math.max(0, -Math.cos(2 * Math.PI * (t + from) / 24)) * 100 * random.nextDouble();
                }
                found.take(new TestingExperts("lean", 0), y, 24, 36, 3, TestingExperts.HORIZON, 24);
            }
        }
        assertThat(found.ratio()).isLessThan(1.48);
    }

    @Test
    void aDayThatIsNoSeasonCostsAWalkLittleFarAheadAndNothingOnceThatIsKnown() {
        Comparison first = new Comparison();
        Comparison later = new Comparison();
        for (int seed = 0; seed < 50; seed++) {
            TestingExperts run = new TestingExperts("lean", 0);
            double[] y = walk(seed, 84);
            first.take(run, y, 10, 36, 1, TestingExperts.HORIZON, 0);
            later.take(run, y, 36, 60, 1, TestingExperts.HORIZON, 0);
        }
        assertThat(first.ratio()).isLessThan(1.25);
        assertThat(later.ratio()).isLessThan(1.1);
    }

    @Test
    void theSecondSeasonIsForecastNoWorseThanByTheFirst() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            double[] y = new double[72];
            Arrays.setAll(y, t -> ExpertsTest.daily(t) + random.nextGaussian());
            found.take(new TestingExperts("lean", 24), y, 24, 48, 1, TestingExperts.HORIZON, 24);
        }
        assertThat(found.ratio()).isLessThan(1);
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

    @Test
    void whoSaysNothingAtFirstIsBelievedSoonAfterItSpeaks() {
        Comparison found = new Comparison();
        for (int seed = 0; seed < 20; seed++) {
            double[] pattern = new Random(seed).doubles(37).toArray();
            double[] y = new double[144]; // no season of the calendar: only the analogues know it
            Arrays.setAll(y, t -> pattern[t % pattern.length]);
            TestingExperts run = new TestingExperts("lean", 0, TestingExperts.MINUTE);
            found.take(run, y, 80, 120, 1, TestingExperts.HORIZON, 0);
        }
        assertThat(found.ratio()).isLessThan(0.05);
    }

    @Test
    void aSeasonThatIsFoundIsLearntFromWhatIsRemembered() {
        TestingExperts run = new TestingExperts("autoregression", 0);
        for (double y : days(0, 24 + 2 * SeasonalAr.SIZE)) {
            run.take(y);
        }
        assertThat(run.history.seasons.season()).isEqualTo(24);
        for (int h = 0; h < TestingExperts.HORIZON; h++) {
            assertThat(run.experts.forecast(0)[h]).isFinite();
        }
    }

    /** Absolute errors of the mixture and of a naive forecast, added up. */
    private static final class Comparison {
        private double mixture;
        private double naive;

        /**
         * Goes on with a series, and holds what is forecast of it against its values as far as there are any.
         *
         * @param from the first step whose forecast is judged
         * @param to where it stops; later values are only judged by
         * @param nearest the first step ahead that is judged, {@code farthest} the last one
         * @param season that the naive forecast goes by; 0: by the last value
         */
        void take(TestingExperts run, double[] y, int from, int to, int nearest, int farthest, int season) {
            for (int t = (int) run.step; t < to; t++) {
                run.take(y[t]);
                for (int h = nearest; t >= from && h <= farthest && t + h < y.length; h++) {
                    mixture += Math.abs(y[t + h] - run.out[h - 1]);
                    naive += Math.abs(y[t + h] - (season == 0 ? y[t] : y[t + h - season]));
                }
            }
        }

        double ratio() {
            return mixture / naive;
        }
    }

    /** The mean error beside the last value's of days that begin at each hour. */
    private static double begunAtEachHour(int season, int steps, int from, int to, int nearest) {
        Comparison found = new Comparison();
        for (int hour = 0; hour < 24; hour++) {
            TestingExperts run = new TestingExperts("lean", season);
            found.take(run, days(hour, steps), from, to, nearest, TestingExperts.HORIZON, 0);
        }
        return found.ratio();
    }

    private static double[] walk(int seed, int steps) {
        Random random = new Random(seed);
        double[] y = new double[steps];
        y[0] = 50;
        for (int t = 1; t < steps; t++) {
            y[t] = y[t - 1] + random.nextGaussian();
        }
        return y;
    }

    private static double[] waves(int seed, int steps) {
        Random random = new Random(seed);
        double phase = 2 * Math.PI * random.nextDouble();
        double other = 2 * Math.PI * random.nextDouble();
        double[] y = new double[steps];
        Arrays.setAll(y, t -> Math.sin(2 * Math.PI * t / 70 + phase) + 0.6 * Math.sin(2 * Math.PI * t / 26 + other));
        return y;
    }

    /** From so many steps into a day on. */
    private static double[] days(int from, int steps) {
        double[] y = new double[steps];
        Arrays.setAll(y, t -> ExpertsTest.daily(from + t));
        return y;
    }
}
