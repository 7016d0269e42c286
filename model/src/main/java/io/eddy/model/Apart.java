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
    static void fill(Experts experts, Trust trust, double[] forecast, int steps, double[] out) {
        int bucket = -1;
        for (int h = 0; h < steps; h++) {
            if (Experts.bucket(h + 1) != bucket) {
                bucket = Experts.bucket(h + 1);
                experts.weigh(trust, bucket);
            }
            double sum = 0;
            double all = 0;
            for (int e = 0; e < experts.names().size(); e++) {
                double distance = experts.forecast(e)[h] - forecast[h];
                if (!Double.isNaN(distance)) {
                    sum += experts.weight(e) * distance * distance;
                    all += experts.weight(e);
                }
            }
            out[h] = all > 0 ? Math.sqrt(sum / all) : 0;
        }
    }
}
