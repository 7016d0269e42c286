package io.eddy.forecast;

import java.util.Random;

/** A daily wave of twelve steps with a little noise: the same value for the same series and step, always. */
final class TestingSignal {
    static final int SEASON = 12;
    /** Far outside of anything that {@link #at} gives. */
    static final double SPIKE = 1000;

    private TestingSignal() {}

    static double at(String series, int step) {
        double noise = new Random(31L * series.hashCode() + step).nextGaussian();
        return 100 + 10 * Math.sin(2 * Math.PI * step / SEASON) + noise;
    }
}
