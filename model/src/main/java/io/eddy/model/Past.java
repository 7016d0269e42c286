package io.eddy.model;

/** The recent past of a series as the experts see it: a copy, filled once per step. */
final class Past {
    /** Place of the newest value in {@link #values}. */
    static final int NOW = History.CAPACITY - 1;

    /**
     * [{@link History#CAPACITY} + horizon]: the values, the oldest first, NaN where there is none; then room for one who writes what it
     * forecasts behind them.
     */
    final double[] values;
    /** The value before the oldest of them: by it one who repeats a season as long as they are can still be judged; NaN where there is none. */
    double left;
    /** [{@link History#CAPACITY}]: the same values as distances from one origin, in {@link #unit}s. */
    final float[] distances = new float[History.CAPACITY];
    /** A power of two near the scale, in the unit of the values. */
    double unit;
    /** [{@link History#CAPACITY}], scratch. */
    final short[] places = new short[History.CAPACITY];
    /** What the slots of the season were like. */
    final Profile profile = new Profile();
    /** [horizon + 1]: the share of the newest deviation that is left after so many steps. */
    final double[] fade;
    /** The newest value as it came, where {@link #values} may be rounded; NaN where there is none. */
    double newest;
    /** Steps that were taken. */
    long steps;
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
        values = new double[History.CAPACITY + horizon];
        fade = new double[horizon + 1];
    }

    /** Fills {@link #fade}, given what is left of a deviation after one step. */
    void fade(double phi) {
        fade[0] = 1;
        for (int h = 1; h < fade.length; h++) {
            fade[h] = fade[h - 1] * phi;
        }
    }

    /** The value so many steps ago; NaN where none is remembered. */
    double ago(int lag) {
        return lag <= NOW ? values[NOW - lag] : Double.NaN;
    }
}
