package io.eddy.model;

import java.util.Arrays;

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
        Arrays.fill(out, 0, steps, 0);
        int count = experts.names().size();
        for (int bucket = 0, from = 0; from < steps; bucket++) {
            int to = Math.min(steps, Experts.last(bucket));
            for (int e = 0; e < count; e++) {
                add(experts.weights(bucket)[e], experts.forecast(e), forecast, from, to, out);
            }
            from = to;
        }
        for (int h = 0; h < steps; h++) {
            out[h] = Math.sqrt(out[h] / Math.max(experts.all(h + 1), Double.MIN_NORMAL));
        }
    }

    private static void add(double weight, double[] one, double[] forecast, int from, int to, double[] out) {
        for (int h = from; h < to; h++) {
            double distance = one[h] - forecast[h];
            out[h] += Double.isNaN(distance) ? 0 : weight * distance * distance;
        }
    }
}
