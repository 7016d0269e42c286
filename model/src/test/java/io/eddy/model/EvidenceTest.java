package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final int SEASON = 0;
    private static final int NO_DAY = 0;
    private static final Scoring NO_HABITS = new Scoring(Scoring.USUAL.channels(), 1.5, 0, 0.5, 1.3, 1);
    private final Evidence evidence = new Evidence();
    private final Evidence.Outcome outcome = new Evidence.Outcome();
    private final Random random = new Random(3);

    /** Surprises of normal times: each channel's probability is uniform. */
    private double[] usual() {
        double[] surprises = new double[Channel.values().length];
        for (int i = 0; i < surprises.length; i++) {
            surprises[i] = -Math.log10(1 - random.nextDouble()) - 1;
        }
        return surprises;
    }

    private static double[] only(Channel channel, double decades) {
        double[] surprises = new double[Channel.values().length];
        surprises[channel.ordinal()] = decades;
        return surprises;
    }

    private void live(int steps) {
        for (int t = 0; t < steps; t++) {
            evidence.judge(usual(), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        }
    }

    @Test
    void pValuesOfTheChannelsTogetherMeanWhatTheySay() {
        live(2000);
        int hundredth = 0;
        int thousandth = 0;
        int tenThousandth = 0;
        int steps = 200_000;
        for (int t = 0; t < steps; t++) {
            evidence.judge(usual(), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
            hundredth += outcome.pValue <= 0.01 ? 1 : 0;
            thousandth += outcome.pValue <= 0.001 ? 1 : 0;
            tenThousandth += outcome.pValue <= 0.0001 ? 1 : 0;
        }
        assertThat((double) hundredth / steps).isBetween(0.005, 0.02);
        assertThat((double) thousandth / steps).isBetween(0.0005, 0.002);
        assertThat((double) tenThousandth / steps).isBetween(0.00005, 0.0002);
    }

    /** As where the forecasts are still finding their feet. */
    @Test
    void aWildBeginningDoesNotTeachThatTheLikeOfItIsUsual() {
        for (int t = 0; t < 40; t++) {
            pValue(6);
        }
        live(500);
        assertThat(pValue(6)).isLessThan(1e-4);
    }

    @Test
    void aRunThatGoesOnAndIsNoOdderIsNoSurprise() {
        live(1000);
        assertThat(pValue(7)).isLessThan(1e-4);
        assertThat(pValue(7)).as("the same again").isGreaterThanOrEqualTo(0.01);
        assertThat(outcome.logP).as("odd by itself").isLessThan(Math.log(1e-4));
        assertThat(pValue(6)).as("less odd").isGreaterThanOrEqualTo(0.01);
        assertThat(pValue(7.2)).as("hardly odder").isGreaterThanOrEqualTo(0.01);
        assertThat(pValue(12)).as("odder").isLessThan(1e-4);
        live(5);
        assertThat(pValue(7)).as("another run, the third").isLessThan(1e-3);
    }

    @Test
    void oneInTenThousandIsToldMoreSeldomWhereIncidentsComeEveryThousandSteps() {
        live(5000);
        int told = 0;
        int odd = 0;
        int incidents = 50;
        for (int k = 0; k < incidents; k++) {
            live(996);
            double strength = 4 + 1 * random.nextDouble();
            boolean first = pValue(strength) <= 1e-4;
            told += first ? 1 : 0;
            odd += outcome.logP <= Math.log(1e-4) ? 1 : 0;
            for (int t = 0; t < 3; t++) {
                evidence.judge(only(Channel.SPIKE, strength), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
            }
        }
        assertThat(odd).as("incidents with a score of 1").isGreaterThan(incidents / 2);
        assertThat(told).as("those told as one in ten thousand").isBetween(2, odd / 3);
    }

    private double pValue(double decades) {
        evidence.judge(only(Channel.SPIKE, decades), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        return outcome.pValue;
    }

    @Test
    void aYoungSeriesIsDoubted() {
        live(59);
        evidence.judge(only(Channel.SPIKE, 7), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        double young = outcome.logP;
        live(2000);
        evidence.judge(only(Channel.SPIKE, 7), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        assertThat(young).isGreaterThan(0.7 * outcome.logP);
        assertThat(outcome.logP).isLessThan(Math.log(1e-4));
    }

    @Test
    void aHeavyTailIsToldLessAndLearntFromAsOften() {
        live(300);
        evidence.judge(only(Channel.SPIKE, 7), 1.5, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        assertThat(outcome.logScore).as("what is told").isGreaterThan(0.8 * outcome.logP);
        assertThat(outcome.pValue).isGreaterThan(Math.exp(outcome.logP));
        live(100);
        evidence.judge(only(Channel.LEVEL, 7), 1.5, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        assertThat(outcome.logScore).as("a level is no distance").isEqualTo(outcome.logP);
    }

    @Test
    void namesTheChannelThatSaysMost() {
        live(500);
        evidence.judge(only(Channel.LEVEL, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.channel).isEqualTo(Channel.LEVEL);
        assertThat(outcome.logP).isLessThan(Math.log(1e-4));
    }

    private static Incident incident(Channel channel) {
        Incident incident = new Incident();
        incident.observe(0, true, true, 2, 1, channel, 3);
        return incident;
    }

    /** Which channel spoke last is forgotten with a restart, so what is said of an event goes by its own. */
    @Test
    void whatIsBehindAnEventGoesByItsChannel() {
        live(300);
        evidence.judge(only(Channel.SPIKE, 7), 1.5, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        double logRate = Math.log(1e-4);
        double level = evidence.share(0.7, incident(Channel.LEVEL), logRate, 1.5);
        assertThat(level).isEqualTo(evidence.share(0.7, incident(Channel.LEVEL), logRate, 1));
        assertThat(evidence.share(0.7, incident(Channel.SPIKE), logRate, 1.5)).isLessThan(level);
    }

    @Test
    void tellsAnEpisodeOnceAndAgainOnStrongerEvidenceOnly() {
        live(500);
        evidence.judge(only(Channel.RANGE, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isPositive();
        evidence.judge(only(Channel.RANGE, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isZero();
        evidence.judge(only(Channel.RANGE, 40), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isPositive();
    }

    private double alertAfter(int quiet, int season) {
        Evidence series = new Evidence();
        for (int t = 0; t < 500; t++) {
            series.judge(usual(), 1, false, 1, season, NO_DAY, NO_HABITS, outcome);
        }
        for (int t = 0; t < 300; t++) {
            series.judge(only(Channel.RANGE, 0), 1, false, 1, season, NO_DAY, NO_HABITS, outcome);
        }
        series.judge(only(Channel.RANGE, 9), 1, false, 1, season, NO_DAY, NO_HABITS, outcome);
        assertThat(outcome.alert).isPositive();
        for (int t = 0; t < quiet; t++) {
            series.judge(only(Channel.RANGE, 0), 1, false, 1, season, NO_DAY, NO_HABITS, outcome);
        }
        series.judge(only(Channel.RANGE, 9), 1, false, 1, season, NO_DAY, NO_HABITS, outcome);
        return outcome.alert;
    }

    @Test
    void theLikeIsToldAgainAfterHalfASeasonThatIsNeitherShortNorLong() {
        assertThat(alertAfter(98, 200)).isZero();
        assertThat(alertAfter(102, 200)).isPositive();
        assertThat(alertAfter(30, 4)).as("a short season").isZero();
        assertThat(alertAfter(34, 4)).as("a short season").isPositive();
        assertThat(alertAfter(286, 1440)).as("a long season").isZero();
        assertThat(alertAfter(290, 1440)).as("a long season").isPositive();
    }

    @Test
    void peaksThatAreUsualForTheSeriesWeighLess() {
        live(500);
        evidence.judge(only(Channel.SPIKE, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        double first = outcome.decades;
        live(400);
        evidence.judge(only(Channel.SPIKE, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.decades).as("one peak is no habit").isGreaterThan(0.9 * first);
        live(400);
        evidence.judge(only(Channel.SPIKE, 9), 1, false, 1, SEASON, NO_DAY, Scoring.USUAL, outcome);
        assertThat(outcome.decades).as("two are").isLessThan(0.8 * first);
    }

    /** The p-value of one odd step after incidents of so many steps each. */
    private double after(int incidents, int steps) {
        Evidence series = new Evidence();
        for (int k = 0; k < incidents; k++) {
            for (int t = 0; t < 1000; t++) {
                series.judge(
                        only(Channel.SPIKE, -Math.log10(1 - random.nextDouble()) - 1),
                        1,
                        false,
                        1,
                        SEASON,
                        NO_DAY,
                        NO_HABITS,
                        outcome);
            }
            for (int t = 0; t < steps; t++) {
                series.judge(only(Channel.SPIKE, 5), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
            }
        }
        series.judge(only(Channel.SPIKE, 0), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        series.judge(only(Channel.SPIKE, 4.2), 1, false, 1, SEASON, NO_DAY, NO_HABITS, outcome);
        return outcome.logP;
    }

    @Test
    void singleExtremesTeachHowFarTheTailGoesAndIncidentsDoNot() {
        assertThat(after(20, 1)).isGreaterThan(Math.log(1e-4));
        assertThat(after(20, 10)).isLessThan(Math.log(1e-4));
    }
}
