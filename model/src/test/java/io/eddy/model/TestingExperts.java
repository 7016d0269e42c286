package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;

/** One series and its experts. */
final class TestingExperts {
    static final long MINUTE = 60_000L;
    static final long HOUR = 60 * MINUTE;
    static final int HORIZON = 24;

    final Experts experts;
    final History history = new History();
    Trust trust = new Trust();
    final double[] out;
    private final long stepMillis;
    long step;

    /** By hours. */
    TestingExperts(String choice, int season) {
        this(choice, season, HOUR);
    }

    TestingExperts(String choice, int season, long stepMillis) {
        this(choice, season, stepMillis, HORIZON);
    }

    TestingExperts(String choice, int season, long stepMillis, int horizon) {
        this.stepMillis = stepMillis;
        out = new double[horizon];
        experts = new Experts(choice, horizon);
        history.seasons.fix(season);
    }

    void take(double y) {
        history.observe(y, step++ * stepMillis);
        experts.observe(history, trust);
        experts.forecast(history, trust, out.length, out);
    }

    /**
     * Asserts that what waits for each step is what the first expert said of it; the result is how often anything did.
     *
     * @param from the first step that is looked at
     * @param waiting what waits in a bucket for the next step; NaN where nothing does
     */
    int isJudgedByWhatItSaid(double[] y, int from, double tolerance, IntToDoubleFunction waiting) {
        double[][] said = new double[y.length][];
        int judged = 0;
        for (int t = 0; t < y.length; t++) {
            take(y[t]);
            said[t] = experts.forecast(0).clone();
            for (int bucket = 0; bucket < 3; bucket++) {
                int h = Buckets.LEADS[bucket];
                double waits = waiting.applyAsDouble(bucket);
                if (t >= from && !Double.isNaN(waits)) {
                    assertThat(waits).isCloseTo(said[t + 1 - h][h - 1], within(tolerance));
                    judged++;
                }
            }
        }
        return judged;
    }
}
