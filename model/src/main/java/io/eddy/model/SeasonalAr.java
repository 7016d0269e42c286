package io.eddy.model;

import java.util.Arrays;

/**
 * A seasonal autoregression, iterated over the horizon: the deviation from the value one season before, in scales, by those of the last few
 * steps, of the days and weeks before, and of the level. Without a season it is one from the last value.
 */
final class SeasonalAr implements Expert {
    /** Weights of one series. */
    static final int SIZE = 9;

    private static final double BOUND = 100;
    /** The level is felt less than single values, for it moves with them. */
    private static final double LEVEL = 0.3;

    /** [SIZE - 1], each lag so many seasons and so many steps. */
    private static final int[] SEASONS = {0, 0, 1, 1, 2, 7, 7, 7};

    private static final int[] STEPS = {1, 2, -1, 1, 0, 0, 1, -1};

    /** [SIZE - 1]; 0: none. */
    private final int[] lags = new int[SIZE - 1];

    private int reference;
    private int season = -1;
    /** [SIZE], scratch. */
    private final double[] x = new double[SIZE];

    private final double[] gain = new double[SIZE];
    /** [horizon], scratch. */
    private final double[] path;

    SeasonalAr(int horizon) {
        path = new double[horizon];
    }

    private void fit(int newSeason) {
        if (season == newSeason) {
            return;
        }
        season = newSeason;
        reference = season == 0 ? 1 : season;
        for (int i = 0; i < lags.length; i++) {
            int lag = season == 0 ? i + 2 : STEPS[i] + SEASONS[i] * season;
            lags[i] = lag == reference || lag >= History.CAPACITY ? 0 : lag;
        }
    }

    @Override
    public void learn(Past past, Trust trust) {
        fit(past.season);
        trust.autoregression.fit(past.season);
        double y = past.values[0];
        double from = past.values[reference];
        if (!Double.isNaN(y) && !Double.isNaN(from)) {
            inputs(past, 0, 0, from);
            trust.autoregression.learn(x, bounded((y - from) / past.scale), gain);
        }
    }

    /** Fills {@code x} for the step that lies h steps ahead of the step so many ago. */
    private void inputs(Past past, int ago, int h, double from) {
        double unit = 1 / past.scale;
        for (int i = 0; i < lags.length; i++) {
            x[i] = lags[i] == 0 ? 0 : bounded((value(past, ago, h, lags[i]) - from) * unit);
        }
        x[SIZE - 1] = LEVEL * bounded((past.level - from) * unit);
    }

    private double value(Past past, int ago, int h, int lag) {
        return h > lag ? path[h - lag - 1] : past.ago(ago + lag - h);
    }

    private static double bounded(double v) {
        return v >= -BOUND && v <= BOUND ? v : v > BOUND ? BOUND : v < -BOUND ? -BOUND : 0;
    }

    private boolean run(Past past, Trust trust, int ago, int steps) {
        fit(past.season);
        if (!trust.autoregression.isReady(past.season)) {
            return false;
        }
        for (int h = 1; h <= steps; h++) {
            double from = value(past, ago, h, reference);
            inputs(past, ago, h, from);
            path[h - 1] = from + past.scale * bounded(trust.autoregression.of(x));
        }
        return true;
    }

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        return run(past, trust, ago, h) ? path[h - 1] : Double.NaN;
    }

    @Override
    public void fill(Past past, Trust trust, int steps, double[] out) {
        if (run(past, trust, 0, steps)) {
            System.arraycopy(path, 0, out, 0, steps);
        } else {
            Arrays.fill(out, 0, steps, Double.NaN);
        }
    }
}
