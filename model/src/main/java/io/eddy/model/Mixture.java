package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * What several experts forecast, mixed by weights that each bucket of steps ahead has its own of. One that has nothing to say of a step is averaged over the others.
 * Holds scratch arrays, which go on to whole vectors beyond the horizon.
 *
 * <p>Nearly always an expert speaks of every step or of none, and so of the former nothing is asked step by step.
 */
final class Mixture {
    /** Doubles of the longest vectors. */
    private static final int LANES = 8;

    /** [experts][horizon and more, for vectors that begin anywhere], NaN where one has nothing to say. */
    final double[][] forecasts;
    /** [buckets][experts], of those who speak. */
    final double[][] weights;
    /** [experts]: those who speak of every step, then those who speak of some. */
    private final int[] speakers;

    private final boolean[] isSilent;
    private int whole;
    private int speaking;
    /** [horizon and more]: the sum of the weights of those who said something. */
    private final double[] all;

    /** [horizon and more]: 1 / all, 0 where nobody said anything. */
    private final double[] shares;

    private final double[] mixed;
    private final double[] sums;

    Mixture(int experts, int horizon) {
        int size = (horizon + LANES - 1) / LANES * LANES;
        forecasts = new double[experts][size + LANES];
        weights = new double[Buckets.LEADS.length][experts];
        speakers = new int[experts];
        isSilent = new boolean[experts];
        all = new double[size];
        shares = new double[size];
        mixed = new double[size];
        sums = new double[size];
    }

    /** How many speak. */
    int speaking() {
        return speaking;
    }

    int speaker(int i) {
        return speakers[i];
    }

    /** What those weigh together that said something of a step, from 0. */
    double all(int h) {
        return all[h];
    }

    /** Begins anew: of each expert it is to be said whether it speaks. */
    void begin() {
        whole = 0;
        speaking = 0;
    }

    /** Takes one whose forecasts are there. */
    void speaks(int expert) {
        speakers[whole++] = expert;
        speaking = whole;
        isSilent[expert] = false;
    }

    /** Takes one who has nothing to say of any step. */
    void staysSilent(int expert) {
        if (!isSilent[expert]) {
            Arrays.fill(forecasts[expert], Double.NaN);
            isSilent[expert] = true;
        }
    }

    /** Gives those of the speakers who are such as much weight as the best of the others has. */
    void raise(IntPredicate such, double[] weights) {
        double most = 0;
        for (int i = 0; i < speaking; i++) {
            most = such.test(speakers[i]) ? most : Math.max(most, weights[speakers[i]]);
        }
        for (int i = 0; i < speaking; i++) {
            weights[speakers[i]] = such.test(speakers[i]) ? most : weights[speakers[i]];
        }
    }

    /** Gives a share of what the speakers weigh together, 0 to 1, out anew, by the cubes of their weights. */
    void sharpen(double share, double[] weights) {
        double largest = 0;
        for (int i = 0; i < speaking; i++) {
            largest = Math.max(largest, weights[speakers[i]]);
        }
        if (!(largest > 0 && share > 0)) {
            return;
        }
        double unit = 1 / largest;
        double sum = 0;
        double cubes = 0;
        for (int i = 0; i < speaking; i++) {
            double weight = unit * weights[speakers[i]];
            sum += weight;
            cubes += weight * weight * weight;
        }
        double rest = 1 - share;
        double more = unit * unit * share * sum / cubes;
        for (int i = 0; i < speaking; i++) {
            double weight = weights[speakers[i]];
            weights[speakers[i]] = weight * (rest + more * weight * weight);
        }
    }

    /** Fills {@code out[h]} with the mixture for h = 0 to {@code steps} - 1; {@code otherwise} where nobody said anything. */
    void mix(int steps, double otherwise, double[] out) {
        sum(steps);
        if (isUnknown(steps)) {
            part(steps);
            sum(steps);
        }
        for (int i = whole; i < speaking; i++) {
            add(speakers[i], steps);
        }
        double share = 0;
        for (int h = 0; h < steps; h++) {
            if (h == 0 || all[h] != all[h - 1]) {
                share = all[h] > 0 ? 1 / all[h] : 0; // the same for all of a bucket, nearly always
            }
            shares[h] = share;
            out[h] = share > 0 ? share * sums[h] : otherwise;
        }
    }

    private boolean isUnknown(int steps) {
        boolean unknown = false;
        for (int h = 0; h < steps; h++) {
            unknown |= Double.isNaN(sums[h]);
        }
        return unknown;
    }

    /** Moves those who do not speak of all these steps behind those who do. */
    private void part(int steps) {
        for (int i = whole - 1; i >= 0; i--) {
            double[] forecast = forecasts[speakers[i]];
            double sum = 0;
            for (int h = 0; h < steps; h++) {
                sum += forecast[h];
            }
            if (Double.isNaN(sum)) {
                int partly = speakers[i];
                whole--;
                System.arraycopy(speakers, i + 1, speakers, i, whole - i);
                speakers[whole] = partly;
            }
        }
    }

    /** Those who speak of every step. */
    private void sum(int steps) {
        for (int bucket = 0, from = 0; from < steps; bucket++) {
            double total = 0;
            for (int i = 0; i < whole; i++) {
                total += weights[bucket][speakers[i]];
            }
            int to = Math.min(steps, Buckets.last(bucket));
            Arrays.fill(all, from, to, total);
            from = to;
        }
        if (Vectors.THERE) {
            VectorMixture.sum(forecasts, speakers, whole, weights, steps, sums);
            return;
        }
        Arrays.fill(sums, 0, steps, 0);
        for (int i = 0; i < whole; i++) {
            double[] forecast = forecasts[speakers[i]];
            for (int h = 0; h < steps; h++) {
                sums[h] += weights[Buckets.of(h + 1)][speakers[i]] * forecast[h];
            }
        }
    }

    private void add(int expert, int steps) {
        for (int h = 0; h < steps; h++) {
            double value = forecasts[expert][h];
            double weight = weights[Buckets.of(h + 1)][expert];
            sums[h] += Double.isNaN(value) ? 0 : weight * value;
            all[h] += Double.isNaN(value) ? 0 : weight;
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
        int first = 0;
        if (Vectors.THERE) {
            VectorMixture.square(forecasts, speakers, whole, weights, mixed, steps, sums);
            first = whole;
        } else {
            Arrays.fill(sums, 0, steps, 0);
        }
        for (int i = first; i < speaking; i++) {
            int expert = speakers[i];
            for (int h = 0; h < steps; h++) {
                double distance = forecasts[expert][h] - mixed[h];
                double square = distance * distance;
                sums[h] += Double.isNaN(square) ? 0 : weights[Buckets.of(h + 1)][expert] * square;
            }
        }
        for (int h = 0; h < steps; h++) {
            out[h] = Math.sqrt(shares[h] * sums[h]);
        }
    }
}
