package io.eddy.model;

/** How numbers enter a network that may be of any size: linear near 0, logarithmic far away. */
final class Asinh {
    /** Largest number that is told from larger ones. */
    private static final double BOUND = 1000;

    private Asinh() {}

    /** asinh(x), within those of plus and minus {@link #BOUND}. */
    static float of(double x) {
        double bounded = Math.max(-BOUND, Math.min(BOUND, x));
        double size = Math.abs(bounded);
        return (float) Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), bounded);
    }
}
