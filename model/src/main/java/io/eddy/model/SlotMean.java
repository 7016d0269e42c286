package io.eddy.model;

/**
 * The weighted mean of the values in the same place of the last seasons, or of the same days of the last weeks; if persistent, with what is
 * left of the distance between the newest value and its own such mean.
 */
final class SlotMean extends Expert {
    /** Steps ahead of the last bucket that is judged. */
    private static final int FARTHEST = Buckets.LEADS[Buckets.LEADS.length - 1];

    /** When it speaks first; until then it is judged. */
    enum Speaks {
        AT_ONCE,
        /** When a first forecast was held against what came: that of the first week, against the second. */
        ONCE_JUDGED,
        /** When the mean of many periods is no longer the same as that of few, which would count twice. */
        AFTER_TWO_PERIODS;

        /** The steps of a series in which it is silent. */
        private int silence(int period) {
            return switch (this) {
                case AT_ONCE -> 0;
                case ONCE_JUDGED -> period + 1;
                case AFTER_TWO_PERIODS -> 2 * period;
            };
        }
    }

    private final int seasons;
    private final boolean persistent;
    private final Speaks speaks;
    private final double[] weights;
    private final Runs runs;

    /**
     * @param seasons from one value to the one before it: 1, or 7 for weeks of days
     * @param persistent whether the newest deviation is taken along
     * @param weights of the values, the newest first
     */
    SlotMean(int seasons, boolean persistent, Speaks speaks, double... weights) {
        this.seasons = seasons;
        this.persistent = persistent;
        this.speaks = speaks;
        this.weights = weights;
        runs = new Runs(weights.length);
    }

    /** Whether what it looks at was remembered when the newest value was forecast: who cannot be judged must not be believed. */
    private boolean isJudged(int period) {
        return period > 0 && period <= Ring.CAPACITY - (persistent ? FARTHEST + 1 : 0);
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        int period = seasons * past.candidate;
        if (!isJudged(period)) {
            return Double.NaN;
        }
        double mean = mean(past, ago + lag(h, period), period);
        return mean + past.fade[h] * deviation(past, ago, period);
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        int period = seasons * past.candidate;
        if (!isJudged(period) || past.steps <= speaks.silence(period)) {
            return false;
        }
        int slots = Math.min(steps, period);
        if (period - slots >= past.steps) {
            return false; // not even the last of them was there
        }
        double deviation = deviation(past, 0, period);
        means(past, period, slots, deviation, out);
        for (int h = slots; h < steps; h++) {
            double mean = out[h - period] - past.fade[h - period + 1] * deviation;
            out[h] = mean + past.fade[h + 1] * deviation;
        }
        return true;
    }

    @Override
    int seasonsBack(Past past) {
        return seasons;
    }

    @Override
    double progress() {
        return seasons;
    }

    @Override
    double youngPreference() {
        return weights.length == 1 ? 1 : 0; // means of more say nearly the same as each other, and count twice
    }

    /** Fills {@code out[h - 1]} for the slots of the first steps ahead, those at one go of which no value is missing. */
    private void means(Past past, int period, int slots, double deviation, double[] out) {
        int seasons = Math.min(weights.length, past.known / period);
        runs.clear();
        for (int k = 0; k < seasons; k++) {
            runs.add(Past.NOW + 1 - (k + 1) * period, weights[k]);
        }
        // Of one season more the values of later slots are remembered.
        int whole = seasons == weights.length ? slots : Math.min(slots, (seasons + 1) * period - past.known);
        if (seasons > 0) {
            runs.mean(past, deviation, 0, whole, out);
        }
        for (int i = past.isWhole() && seasons > 0 ? whole : 0; i < slots; i++) {
            if (i >= whole || seasons == 0 || Double.isNaN(out[i])) {
                out[i] = mean(past, lag(i + 1, period), period) + past.fade[i + 1] * deviation;
            }
        }
    }

    /** Steps back to the newest known value of the slot that is h steps ahead. */
    static int lag(int h, int period) {
        return period - 1 - (h - 1) % period;
    }

    private double deviation(Past past, int ago, int period) {
        if (!persistent) {
            return 0;
        }
        double deviation = past.ago(ago) - mean(past, ago + period, period);
        return Double.isNaN(deviation) ? 0 : deviation;
    }

    private double mean(Past past, int first, int period) {
        if (first >= past.steps) {
            return Double.NaN;
        }
        double sum = 0;
        double all = 0;
        int at = first;
        for (double weight : weights) {
            if (at > Past.NOW + 1) {
                break;
            }
            double value = at > Past.NOW ? past.left : past.values[Past.NOW - at];
            if (!Double.isNaN(value)) {
                sum += weight * value;
                all += weight;
            }
            at += period;
        }
        return all == 0 ? Double.NaN : sum / all;
    }
}
