package io.eddy.model;

/**
 * The weighted mean of the values in the same place of the last seasons, or of the same days of the last weeks; if persistent, with what is
 * left of the distance between the newest value and its own such mean.
 */
final class SlotMean implements Expert {
    private final int seasons;
    private final double[] weights;
    private final boolean persistent;

    /**
     * @param seasons from one value to the one before it: 1, or 7 for weeks of days
     * @param persistent whether the newest deviation is taken along
     * @param weights of the values, the newest first
     */
    SlotMean(int seasons, boolean persistent, double... weights) {
        this.seasons = seasons;
        this.weights = weights;
        this.persistent = persistent;
    }

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        int period = seasons * past.candidate;
        if (period == 0 || period > past.values.length) {
            return Double.NaN;
        }
        double mean = mean(past, ago + lag(h, period), period);
        return mean + past.fade[h] * deviation(past, ago, period);
    }

    @Override
    public void fill(Past past, Trust trust, int steps, double[] out) {
        int period = seasons * past.candidate;
        boolean known = period > 0 && period <= past.values.length;
        double deviation = known ? deviation(past, 0, period) : 0;
        for (int h = 1; h <= steps; h++) {
            out[h - 1] = known ? mean(past, lag(h, period), period) + past.fade[h] * deviation : Double.NaN;
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
        double sum = 0;
        double all = 0;
        int at = first;
        for (double weight : weights) {
            if (at >= past.values.length) {
                break;
            }
            double value = past.values[at];
            if (!Double.isNaN(value)) {
                sum += weight * value;
                all += weight;
            }
            at += period;
        }
        return all == 0 ? Double.NaN : sum / all;
    }
}
