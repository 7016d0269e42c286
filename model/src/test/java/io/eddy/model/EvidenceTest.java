package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final int SEASON = 0;
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
            evidence.judge(usual(), SEASON, Scoring.USUAL, outcome);
        }
    }

    @Test
    void pValuesOfTheChannelsTogetherMeanWhatTheySay() {
        live(2000);
        int hundredth = 0;
        int thousandth = 0;
        int steps = 200_000;
        for (int t = 0; t < steps; t++) {
            evidence.judge(usual(), SEASON, Scoring.USUAL, outcome);
            hundredth += outcome.logP <= Math.log(0.01) ? 1 : 0;
            thousandth += outcome.logP <= Math.log(0.001) ? 1 : 0;
        }
        assertThat((double) hundredth / steps).isBetween(0.005, 0.02);
        assertThat((double) thousandth / steps).isBetween(0.0005, 0.002);
    }

    @Test
    void namesTheChannelThatSaysMost() {
        live(500);
        evidence.judge(only(Channel.LEVEL, 9), SEASON, Scoring.USUAL, outcome);
        assertThat(evidence.channel).isEqualTo(Channel.LEVEL);
        assertThat(outcome.logP).isLessThan(Math.log(1e-4));
    }

    @Test
    void tellsAnEpisodeOnceAndAgainOnStrongerEvidenceOnly() {
        live(500);
        evidence.judge(only(Channel.RANGE, 9), SEASON, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isPositive();
        evidence.judge(only(Channel.RANGE, 9), SEASON, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isZero();
        evidence.judge(only(Channel.RANGE, 40), SEASON, Scoring.USUAL, outcome);
        assertThat(outcome.alert).isPositive();
    }

    @Test
    void peaksThatAreUsualForTheSeriesWeighLess() {
        live(500);
        evidence.judge(only(Channel.SPIKE, 9), SEASON, Scoring.USUAL, outcome);
        double first = outcome.decades;
        live(400);
        evidence.judge(only(Channel.SPIKE, 9), SEASON, Scoring.USUAL, outcome);
        assertThat(outcome.decades).isLessThan(0.8 * first);
    }
}
