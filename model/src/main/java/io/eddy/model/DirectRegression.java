package io.eddy.model;

/**
 * For each bucket of steps ahead a regression of the deviation from the seasonal-naive forecast, in scales: by the newest deviations from a
 * day and a week before, and by the same hour of other days and weeks. Where there is no season, from the last value by those before it.
 */
final class DirectRegression extends Expert {
    /** Weights of one series and bucket. */
    static final int SIZE = 10;

    private static final double BOUND = 100;
    private static final double LEVEL = 0.3;

    /** [SIZE], scratch. */
    private final double[] x = new double[SIZE];

    private final double[] gain = new double[SIZE];

    @Override
    void learn(Past past, Trust trust) {
        double y = past.ago(0);
        for (int bucket = 0; bucket < trust.heavy.direct.length; bucket++) {
            int h = Buckets.LEADS[bucket];
            trust.heavy.direct[bucket].fit(past.season);
            if (h <= past.horizon && h < past.steps) {
                double from = inputs(past, h, h);
                if (!Double.isNaN(y) && !Double.isNaN(from)) {
                    trust.heavy.direct[bucket].learn(x, bounded((y - from) / past.scale), gain);
                }
            }
        }
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        Regression regression = trust.heavy.direct[Buckets.of(h)];
        if (!regression.isReady(past.season)) {
            return Double.NaN;
        }
        double from = inputs(past, ago, h);
        return from + past.scale * bounded(regression.of(x));
    }

    /** Fills {@code x}; the result is what the deviation is from. */
    private double inputs(Past past, int ago, int h) {
        double y = past.ago(ago);
        if (past.season == 0) {
            for (int i = 0; i < SIZE - 1; i++) {
                x[i] = bounded((past.ago(ago + i + 1) - y) / past.scale);
            }
            x[SIZE - 1] = LEVEL * bounded((past.level - y) / past.scale);
            return y;
        }
        int day = past.season;
        int week = 7 * day;
        int slot = ago + SlotMean.lag(h, day);
        int weekSlot = ago + SlotMean.lag(h, week);
        double from = past.ago(slot);
        double fade = past.fade[h - 1] / past.scale;
        x[0] = bounded((y - past.ago(ago + day)) * fade);
        x[1] = bounded((past.ago(ago + 1) - past.ago(ago + 1 + day)) * fade);
        x[2] = bounded((y - past.ago(ago + week)) * fade);
        x[3] = bounded((past.ago(slot + day) - from) / past.scale);
        x[4] = bounded((past.ago(slot + 2 * day) - from) / past.scale);
        x[5] = bounded((past.ago(weekSlot) - from) / past.scale);
        x[6] = bounded((past.ago(weekSlot + week) - from) / past.scale);
        x[7] = bounded((past.ago(weekSlot + day) - from) / past.scale);
        x[8] = LEVEL * bounded((past.level - from) / past.scale);
        x[9] = bounded((past.ago(slot + 1) - from) / past.scale);
        return from;
    }

    private static double bounded(double v) {
        return Double.isNaN(v) ? 0 : Math.max(-BOUND, Math.min(BOUND, v));
    }
}
