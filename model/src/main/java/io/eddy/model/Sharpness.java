package io.eddy.model;

/**
 * How far a series goes by its best experts alone. Weights that hardly differ are good where experts know different things, and where the best of them
 * changes; where one of them is right, as on noise around a level, every other only adds noise. So beside the mixture by the weights there is one by their
 * cubes, whose share follows from what both lost one step ahead: there the weights of then are those of now, and no forecast is judged by what came after it.
 */
final class Sharpness {
    /** Steps that the gain remembers; before it is judged it is 0, as if it had been found to be so. */
    private static final int WINDOW = 2000;
    /** What the mixture by the cubes is taken to lose less before anything is known, in losses of the best expert: with no season, and with one. */
    private static final double WITHOUT_SEASON = 0.02;

    private static final double WITH_SEASON = -0.04;
    /** A gain of so much more takes the odds of the cubes by e. */
    private static final double STEP = 0.02;

    private Sharpness() {}

    /**
     * Judges both mixtures one step ahead.
     *
     * @param known the gain before
     * @param steps of the series
     * @param weights [experts], when the newest value was forecast; 0 of who was not judged before
     * @param errors [experts], of the forecasts of the newest value, in scales; NaN of who said nothing
     * @return the gain of a series: by how much the mixture by the cubes errs less, in scales
     */
    static float gain(float known, long steps, double[] weights, double[] errors) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
        }
        double unit = 1 / largest;
        double all = 0;
        double sum = 0;
        double cubes = 0;
        double cubesSum = 0;
        for (int e = 0; e < weights.length; e++) {
            if (weights[e] > 0 && !Double.isNaN(errors[e])) {
                double weight = unit * weights[e];
                double cube = weight * weight * weight;
                all += weight;
                sum += weight * errors[e];
                cubes += cube;
                cubesSum += cube * errors[e];
            }
        }
        if (all == 0) {
            return known;
        }
        double gain = Math.abs(sum / all) - Math.abs(cubesSum / cubes);
        double rate = (double) Buckets.every(0) / Math.min(WINDOW, steps);
        return (float) (known + rate * (gain - known));
    }

    /** The share of the cubes, 0 to 1, by the gain in losses of the best expert, and whether the series has a season. */
    static double share(double gain, boolean hasSeason) {
        return 1 / (1 + Math.exp(-(gain + (hasSeason ? WITH_SEASON : WITHOUT_SEASON)) / STEP));
    }
}
