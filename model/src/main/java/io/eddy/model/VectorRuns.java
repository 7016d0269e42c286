package io.eddy.model;

import io.eddy.model.network.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Runs} with the JDK's Vector API (incubating, JEP 414), to the same bits. Nothing here can be called where {@link Vectors#THERE} is false. */
final class VectorRuns {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorRuns() {}

    /**
     * See {@link Runs#mean}.
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
        for (int h = from; h < to; h += LANES) {
            DoubleVector sum =
                    DoubleVector.fromArray(SPECIES, values, starts[0] + h).mul(weights[0]);
            for (int k = 1; k < count; k++) {
                sum = sum.add(
                        DoubleVector.fromArray(SPECIES, values, starts[k] + h).mul(weights[k]));
            }
            DoubleVector left = DoubleVector.fromArray(SPECIES, fade, h + 1).mul(rest);
            sum.mul(share).add(left).intoArray(out, h);
        }
    }
}
