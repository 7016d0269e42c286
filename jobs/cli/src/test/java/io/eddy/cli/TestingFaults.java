package io.eddy.cli;

import java.util.Random;

/** A fleet of series with a daily shape, and a fault that comes again and again in each of them: the same shape in the series' own unit. */
final class TestingFaults {
    static final long HOUR = 3_600_000;
    private static final int DAY = 24;
    /** Faults come so often, in hours, and each series at hours of its own. */
    private static final int EVERY = 101;

    /** What a fault adds, in deviations of the noise, hour by hour. */
    private final double[] shape;

    TestingFaults(double... shape) {
        this.shape = shape;
    }

    /** Hours of a fault. */
    int length() {
        return shape.length;
    }

    /** Which hour of a fault it is, from 0; -1: none. */
    int hour(int series, int t) {
        int since = Math.floorMod(t - 37 - 17 * series, EVERY);
        return t > 200 && since < shape.length ? since : -1;
    }

    /** How many faults there were before. */
    int number(int series, int t) {
        return Math.floorDiv(t - 37 - 17 * series, EVERY);
    }

    double value(int series, int t) {
        double noise = new Random(series * 1_000_003L + t).nextGaussian();
        int hour = hour(series, t);
        double scale = 1 + series;
        double level = 100 * series + scale * 10 * Math.sin(2 * Math.PI * (t + series) / DAY);
        return level + scale * (noise + (hour < 0 ? 0 : shape[hour]));
    }
}
