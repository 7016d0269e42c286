package io.eddy.model;

import io.eddy.model.network.Vectors;

/** A weighted mean of several runs of values: those that came after several moments, each as many steps later. Holds scratch arrays. */
final class Runs {
    /** [runs]: the place of the first value of each. */
    private final int[] starts;
    /** [runs]. */
    private final double[] weights;

    private int count;
    /** Sum of the weights. */
    private double all;

    /** @param most runs at once */
    Runs(int most) {
        starts = new int[most];
        weights = new double[most];
    }

    /** Forgets them. */
    void clear() {
        count = 0;
        all = 0;
    }

    /** Takes one more. */
    void add(int start, double weight) {
        starts[count] = start;
        weights[count++] = weight;
        all += weight;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What they weigh together. */
    double weight() {
        return all;
    }

    /**
     * Fills {@code out[h]} for h from {@code from} up to below {@code to}, and what is behind up to a whole vector with anything. There is a run or more.
     *
     * @param past whose values they are of
     * @param rest what is added, as far as it is left after h + 1 steps, see {@link Past#fade}
     */
    void mean(Past past, double rest, int from, int to, double[] out) {
        double share = 1 / all;
        double[] values = past.values;
        double[] fade = past.fade;
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
