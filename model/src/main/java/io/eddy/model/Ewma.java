package io.eddy.model;

/** Exponentially weighted means: the plain average at first, then one that forgets. */
final class Ewma {
    private Ewma() {}

    /**
     * The mean after one more value.
     *
     * @param mean the mean so far
     * @param value the new value
     * @param count values seen with this one, at least 1
     * @param window values after which the older ones fade
     */
    static double next(double mean, double value, long count, int window) {
        return mean + (value - mean) / Math.min(count, window);
    }

    /** The same in single precision; what is too large for it counts as the largest. */
    static float next(float mean, double value, long count, int window) {
        return single(next((double) mean, value, count, window));
    }

    /** The nearest number of single precision; what is too large becomes the largest. */
    static float single(double value) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
    }
}
