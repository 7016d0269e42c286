package io.eddy.model.network;

/**
 * What enters a decoder at each step of the horizon, before the encoder's hidden state: the position, and before it the deviation of the step before
 * where the network is generative. Training and forecasting share it.
 */
public final class Feed {
    /** Levels of the quantiles that paths are sampled from, ascending. */
    static final double[] GRID = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

    private Feed() {}

    /** How many numbers enter. */
    public static int width(Architecture.Kind kind) {
        return kind == Architecture.Kind.GENERATIVE ? 2 : 1;
    }

    /** Where in the horizon, the same for networks of any horizon. */
    public static float position(int horizonStep) {
        return (float) (0.25 * Math.log(horizonStep));
    }

    /**
     * The deviation of the step before, asinh: linear near 0, logarithmic far away.
     *
     * @param deviation in scales, NaN where it is unknown; 0 for the first step
     */
    public static float before(float deviation) {
        if (Float.isNaN(deviation)) {
            return 0;
        }
        double size = Math.abs(deviation);
        return (float) Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), deviation);
    }
}
