package io.eddy.model.network;

/** The quantile levels of every forecast, ascending: a 95 % interval, an 80 % interval and the median. */
public final class Quantiles {
    private static final double[] LEVELS = {0.025, 0.1, 0.5, 0.9, 0.975};
    private static final double[] NORMAL = {-1.959964, -1.281552, 0, 1.281552, 1.959964};

    /** How many levels there are. */
    public static final int COUNT = LEVELS.length;

    public static final int LOWER_95 = 0;
    public static final int LOWER_80 = 1;
    public static final int MEDIAN = 2;
    public static final int UPPER_80 = 3;
    public static final int UPPER_95 = 4;

    private Quantiles() {}

    /** The standard normal quantile of the level with the given index, 0 to {@link #COUNT} - 1. */
    public static double normal(int index) {
        return NORMAL[index];
    }

    /** The level with the given index, 0 to {@link #COUNT} - 1; above 0 and below 1. */
    public static double level(int index) {
        return LEVELS[index];
    }

    /** The place of a quantile so many steps ahead, 1 or more, in a forecast, [horizon * {@link #COUNT}], the quantiles of a step together. */
    public static int place(int h, int quantile) {
        return (h - 1) * COUNT + quantile;
    }

    /** A copy of the levels, ascending. */
    public static double[] levels() {
        return LEVELS.clone();
    }
}
