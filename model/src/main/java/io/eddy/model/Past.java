package io.eddy.model;

import java.util.Arrays;

/** The recent past of a series as the experts see it: a copy, filled once per step. */
final class Past {
    /** Place of the newest value in {@link #values}. */
    static final int NOW = Ring.CAPACITY - 1;
    /** Numbers of the longest vectors. */
    static final int LANES = 16;

    /**
     * [{@link Ring#CAPACITY} + horizon and more]: the values, the oldest first, NaN where there is none; then room for one who writes what it
     * forecasts behind them, and for whole vectors.
     */
    final double[] values;
    /** The value before the oldest of them: by it one who repeats a season as long as they are can still be judged; NaN where there is none. */
    double left;
    /** [{@link Ring#CAPACITY}]: the same values as distances from one origin, in {@link #unit}s. */
    final float[] distances = new float[Ring.CAPACITY];

    private double origin;
    /** A power of two near the scale, in the unit of the values. */
    double unit;
    /** [{@link Ring#CAPACITY}], scratch. */
    final short[] places = new short[Ring.CAPACITY];
    /** What the slots of the season were like. */
    final Profile profile = new Profile();
    /** Steps ahead that are forecast at the most. */
    final int horizon;
    /** [horizon + 1 and more]: the share of the newest deviation that is left after so many steps. */
    final double[] fade;
    /** The newest value as it came, where {@link #values} may be rounded; NaN where there is none. */
    double newest;
    /** Steps that were taken. */
    long steps;
    /** How many of these are remembered. */
    int known;
    /** The largest of {@link #distances}, either way; NaN where a value is missing. */
    private float farthest;
    /** The season that was found or given; 0: none. */
    int season;
    /** The season, or the likeliest while none is known; 0: none. */
    int candidate;
    /** Whether a season was found or given, though a first one may not be over. */
    boolean isSeasonKnown;
    /** The same, or too few values came to tell whether a day is one. */
    boolean isSeasonLikely;
    /** Running mean, in the unit of the values. */
    double level;
    /** Typical size of a change, in the unit of the values, above 0. */
    double scale;

    Past(int horizon) {
        this.horizon = horizon;
        values = new double[Ring.CAPACITY + horizon + LANES];
        fade = new double[horizon + 1 + LANES];
        Arrays.fill(values, Double.NaN);
        Arrays.fill(distances, Float.NaN);
    }

    /** Takes all values of a series. */
    void take(Ring ring) {
        int before = known;
        steps = ring.pushed();
        origin = ring.origin();
        unit = ring.unit();
        known = (int) Math.min(steps, Ring.CAPACITY);
        farthest = ring.copy(places, distances, values);
        // What is left of the series before, and what stands before the first value in its two vectors.
        int from = Math.max(0, Ring.CAPACITY - Math.max(before, known) - 2 * LANES);
        Arrays.fill(values, from, Ring.CAPACITY - known, Double.NaN);
        Arrays.fill(distances, from, Ring.CAPACITY - known, Float.NaN);
    }

    /** Whether no value is missing. */
    boolean isWhole() {
        return !Float.isNaN(farthest);
    }

    /** Whether no value is missing or further away from another than this, in the unit of the values. */
    boolean isWithin(double distance) {
        return 2 * unit * farthest <= distance;
    }

    /** Fills {@link #fade}, given what is left of a deviation after one step. */
    void fade(double phi) {
        if (fade[0] == 1 && fade[1] == phi) {
            return; // it is so of most young series
        }
        fade[0] = 1;
        for (int h = 1; h <= horizon; h++) {
            fade[h] = fade[h - 1] * phi;
        }
    }

    /** The value at a distance from the origin. */
    double value(float distance) {
        return origin + unit * distance;
    }

    /** The value so many steps ago; NaN where none is remembered. */
    double ago(int lag) {
        return lag <= NOW ? values[NOW - lag] : Double.NaN;
    }
}
