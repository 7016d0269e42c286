package io.eddy.model;

/**
 * Random numbers by which means are rounded up or down, so that steps smaller than what is told apart are not lost on the average (stochastic rounding). They
 * follow from the number of the step alone: a replay rounds alike.
 */
final class Dither {
    private Dither() {}

    /** Where the numbers of a step begin. */
    static int seed(long step) {
        return (int) step * 0x9E3779B9;
    }

    /** The next one. */
    static int next(int random) {
        return (random ^ random >>> 15) * 0x2C1B3C6D;
    }

    /** 0 to below 1; single precision holds it. */
    static double unit(int random) {
        return (random >>> 8) * 0x1p-24;
    }
}
