package io.eddy.model;

/** Weighted means of several runs of values: those that came after several moments, each as many steps later. */
final class Runs {
    private Runs() {}

    /**
     * Fills {@code out[h]} for h from {@code from} up to below {@code to}, and what is behind up to a whole vector with anything.
     *
     * @param values all runs
     * @param starts the place of each run's first value, for h = 0
     * @param weights of each run
     * @param count runs, 1 or more
     * @param share what the weighted sum is multiplied with
     * @param fade the share of the rest that is left after h + 1 steps, at h + 1
     * @param rest what fades
     */
    static void mean(
            double[] values,
            int[] starts,
            double[] weights,
            int count,
            double share,
            double[] fade,
            double rest,
            int from,
            int to,
            double[] out) {
        if (Vectors.THERE) {
            VectorRuns.mean(values, starts, weights, count, share, fade, rest, from, to, out);
            return;
        }
        for (int h = from; h < to; h++) {
            double sum = weights[0] * values[starts[0] + h];
            for (int k = 1; k < count; k++) {
                sum += weights[k] * values[starts[k] + h];
            }
            out[h] = sum * share + fade[h + 1] * rest;
        }
    }
}
