package io.eddy.model;

/** How far apart the experts are: the root of their weighted mean squared distance from what is forecast. */
final class Apart {
    private Apart() {}

    /**
     * Fills {@code out[h - 1]} for h = 1 to {@code steps}, in the unit of the values.
     *
     * @param experts after {@link Experts#forecast} of the same series
     * @param forecast their mixture, [steps]
     */
    static void fill(Experts experts, double[] forecast, int steps, double[] out) {
        int count = experts.names().size();
        for (int h = 0; h < steps; h++) {
            double[] weights = experts.weights(Experts.bucket(h + 1));
            double sum = 0;
            double all = 0;
            for (int e = 0; e < count; e++) {
                double distance = experts.forecast(e)[h] - forecast[h];
                if (!Double.isNaN(distance)) {
                    sum += weights[e] * distance * distance;
                    all += weights[e];
                }
            }
            out[h] = all > 0 ? sum / all : 0;
        }
        for (int h = 0; h < steps; h++) { // by itself, so that the JIT takes several roots at once
            out[h] = Math.sqrt(out[h]);
        }
    }
}
