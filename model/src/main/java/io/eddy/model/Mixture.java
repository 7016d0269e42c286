package io.eddy.model;

import java.util.Arrays;

/**
 * What several experts forecast, mixed by weights that each bucket of steps ahead has its own of. One that has nothing to say of a step is averaged over the others.
 * Holds scratch arrays, which go on to whole vectors beyond the horizon.
 */
final class Mixture {
    /** Doubles of the longest vectors. */
    private static final int LANES = 8;

    /** [experts][horizon and more], NaN where one has nothing to say. */
    final double[][] forecasts;
    /** [buckets][experts]. */
    final double[][] weights;
    /** [horizon and more]: the sum of the weights of those who said something. */
    private final double[] all;

    private final double[] mixed;
    private final double[] sums;

    Mixture(int experts, int horizon) {
        int size = (horizon + LANES - 1) / LANES * LANES;
        forecasts = new double[experts][size];
        weights = new double[Experts.LEADS.length][experts];
        all = new double[size];
        mixed = new double[size];
        sums = new double[size];
    }

    /** What those weigh together that said something of a step, from 0. */
    double all(int h) {
        return all[h];
    }

    /** Fills {@code out[h]} with the mixture for h = 0 to {@code steps} - 1; {@code otherwise} where nobody said anything. */
    void mix(int steps, double otherwise, double[] out) {
        if (LstmLayer.VECTORS) {
            VectorMixture.mix(forecasts, weights, steps, sums, all);
        } else {
            Arrays.fill(sums, 0, steps, 0);
            Arrays.fill(all, 0, steps, 0);
            for (int e = 0; e < forecasts.length; e++) {
                for (int h = 0; h < steps; h++) {
                    double value = forecasts[e][h];
                    double weight = weights[Experts.bucket(h + 1)][e];
                    sums[h] += Double.isNaN(value) ? 0 : weight * value;
                    all[h] += Double.isNaN(value) ? 0 : weight;
                }
            }
        }
        for (int h = 0; h < steps; h++) {
            out[h] = all[h] > 0 ? sums[h] / all[h] : otherwise;
        }
    }

    /**
     * Fills {@code out[h]} with how far apart those are that were mixed last: the root of their weighted mean squared distance from what is forecast, in the unit of the
     * values.
     *
     * @param forecast what was made of the mixture, [steps]
     */
    void apart(double[] forecast, int steps, double[] out) {
        System.arraycopy(forecast, 0, mixed, 0, steps);
        if (LstmLayer.VECTORS) {
            VectorMixture.square(forecasts, weights, mixed, steps, sums);
        } else {
            Arrays.fill(sums, 0, steps, 0);
            for (int e = 0; e < forecasts.length; e++) {
                for (int h = 0; h < steps; h++) {
                    double distance = forecasts[e][h] - mixed[h];
                    sums[h] += Double.isNaN(distance) ? 0 : weights[Experts.bucket(h + 1)][e] * distance * distance;
                }
            }
        }
        for (int h = 0; h < steps; h++) {
            out[h] = Math.sqrt(sums[h] / Math.max(all[h], Double.MIN_NORMAL));
        }
    }
}
