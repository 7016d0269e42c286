package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotMeansTest {
    private static final int STEPS = 3000;
    private static final double KEPT = 13.0 / 14;

    private final History history = new History();
    private final Past past = new Past(24);
    private final Random random = new Random(5);

    @Test
    void aSlotIsAMeanThatFadesAndGoesBackBeyondWhatIsRemembered() {
        int season = 24;
        double[] means = new double[season];
        for (int k = 0; k < STEPS; k++) {
            double y = 1000 + wave(k, season) + random.nextGaussian();
            int days = k / season + 1;
            means[k % season] += (y - means[k % season]) / Math.min(days, 14);
            observe(season, k, y);
        }
        for (int h = 1; h <= season; h++) {
            assertThat(ahead(h)).isCloseTo(means[(STEPS + h - 1) % season], within(0.1));
        }
    }

    @Test
    void whatItWasBeforeALaterValueIsFoundAgain() {
        int season = 24;
        double[] said = new double[STEPS];
        for (int k = 0; k < STEPS; k++) {
            observe(season, k, k % 100 == 7 ? Double.NaN : wave(k, season) + random.nextGaussian());
            if (k + 1 < STEPS && past.season > 0) {
                said[k + 1] = ahead(1);
            }
        }
        for (int ago = 60; ago >= 0; ago--) {
            assertThat(past.profile.before(past, Past.NOW - ago)).isCloseTo(said[STEPS - 1 - ago], within(0.05));
        }
        assertThat(past.profile.target(past, Past.NOW - 30)).isCloseTo(said[STEPS - 1] / KEPT, within(1.0));
    }

    @Test
    void deviationsAreDistancesFromTheMeansBefore() {
        for (int season : new int[] {7, 24, 48, 288}) {
            for (int k = 0; k < STEPS; k++) {
                boolean isWild = k == STEPS - 9;
                observe(
                        season,
                        k,
                        k % 100 == 7 ? Double.NaN : wave(k, season) + random.nextGaussian() * (isWild ? 1e4 : 1));
                boolean isAsked = k % 250 == 0 || k == STEPS - 1;
                for (int ago = 60; isAsked && ago >= 0 && past.profile.isKnown(Past.NOW - ago); ago--) {
                    double before = past.profile.before(past, Past.NOW - ago);
                    double deviation = past.profile.deviations(past, Past.NOW - ago)[Past.NOW - ago];
                    double expected = Double.isNaN(past.ago(ago)) ? 0 : (past.ago(ago) - before) / past.scale;
                    assertThat(deviation).isCloseTo(Math.max(-10, Math.min(10, expected)), within(1e-3));
                }
            }
        }
    }

    @Test
    void aLongSeasonHasSlotsOfSeveralStepsWithLinesBetween() {
        int season = 288;
        for (int k = 0; k < STEPS; k++) {
            observe(season, k, wave(k, season) + random.nextGaussian());
        }
        for (int h = 1; h <= 24; h++) {
            assertThat(ahead(h)).isCloseTo(wave(STEPS + h - 1, season), within(0.7));
        }
    }

    @Test
    void movesWithTheLevel() {
        int season = 24;
        for (int k = 0; k < STEPS; k++) {
            observe(season, k, wave(k, season));
        }
        double before = ahead(1);
        history.shift(500);
        history.fill(past);
        assertThat(ahead(1)).isCloseTo(before + 500, within(1e-9));
    }

    private double ahead(int h) {
        double[] means = new double[h];
        past.profile.ahead(past, h, means);
        return means[h - 1];
    }

    private static double wave(int k, int season) {
        return 10 * Math.sin(2 * Math.PI * k / season);
    }

    private void observe(int season, int k, double y) {
        history.seasons.fix(season);
        history.observe(y, 300_000L * k);
        history.fill(past);
    }
}
