package io.eddy.model;

/** The forecasts of a {@link SeasonalAr} of a past without missing values or wild ones: each is a weighted mean of values before it and of the level. */
final class WeightedLags {
    private static final int LAGS = SeasonalAr.SIZE;

    /** [lags], the newest first. */
    private final int[] lags = new int[LAGS];
    /** [lags]. */
    private final double[] weights = new double[LAGS];
    /** Place of the lag that deviations are from. */
    private int reference;

    private int farthest;

    /**
     * Takes the lags of a regression.
     *
     * @param from the lag that deviations are from
     * @param of [{@link #LAGS} - 1], the lags of the deviations, the newest first; 0: none
     */
    void fit(int from, int[] of) {
        reference = from == 1 ? 0 : LAGS - 1;
        farthest = from;
        lags[reference] = from;
        for (int i = 0; i < of.length; i++) {
            // One that there is not is no deviation.
            int lag = of[i] == 0 ? from : of[i];
            lags[place(i)] = lag;
            farthest = Math.max(farthest, lag);
        }
    }

    private int place(int deviation) {
        return reference == 0 ? deviation + 1 : deviation;
    }

    /** Whether all values are there that a forecast from this place on goes by. */
    boolean reach(Past past, int place) {
        return place + 1 - farthest > Past.NOW - past.known;
    }

    /**
     * Writes what is forecast from a place of the values on behind it.
     *
     * @param ofDeviations [{@link #LAGS} - 1 or more], their weights
     * @param ofLevel weight of the level
     * @param most what a value may be away from the one that deviations are from
     * @return false where one was too far away
     */
    boolean run(Past past, double[] ofDeviations, double ofLevel, YoungRange range, int place, int steps, double most) {
        double rest = 1 - ofLevel;
        for (int i = 0; i < LAGS - 1; i++) {
            weights[place(i)] = ofDeviations[i];
            rest -= ofDeviations[i];
        }
        weights[reference] = rest;
        double[] values = past.values;
        double constant = ofLevel * past.level;
        double next = values[place];
        int from = lags[reference];
        for (int at = place + 1; at <= place + steps; at++) {
            // The newest value last: all else can be summed up before it is there.
            double sum = constant;
            for (int k = LAGS - 1; k > 0; k--) {
                sum += weights[k] * values[at - lags[k]];
            }
            sum += weights[0] * next;
            if (!(Math.abs(sum - values[at - from]) <= most)) {
                return false;
            }
            next = range.limited(sum, at - place);
            values[at] = next;
        }
        return true;
    }
}
