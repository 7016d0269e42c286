package io.eddy.model;

import io.eddy.model.network.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of a {@link Mixture} with the JDK's Vector API (incubating, JEP 414), to the same bits. The steps of a vector are of two buckets at the most, so both
 * are summed up, and each lane takes its own. A vector that a method of our own returns becomes an object as soon as the JIT does not inline it.
 * Nothing here can be called where {@link Vectors#THERE} is false.
 */
final class VectorMixture {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** [lanes]: 0, 1, 2 and on. */
    private static final double[] LANE = new double[LANES];

    static {
        for (int i = 0; i < LANES; i++) {
            LANE[i] = i;
        }
    }

    private VectorMixture() {}

    /**
     * Fills the sums of weighted forecasts.
     *
     * @param forecasts [experts][steps or more, whole vectors]
     * @param experts which of them
     * @param count how many of these
     * @param weights [buckets][experts]
     */
    static void sum(double[][] forecasts, int[] experts, int count, double[][] weights, int steps, double[] sums) {
        for (int from = 0; from < steps; from += LANES) {
            int bucket = Buckets.of(from + 1);
            double[] first = weights[bucket];
            double[] second = weights[Buckets.of(from + LANES)];
            DoubleVector sum = DoubleVector.zero(SPECIES);
            DoubleVector later = sum;
            for (int i = 0; i < count; i++) {
                int e = experts[i];
                DoubleVector value = DoubleVector.fromArray(SPECIES, forecasts[e], from);
                sum = sum.add(value.mul(first[e]));
                later = later.add(value.mul(second[e]));
            }
            VectorMask<Double> isLater = DoubleVector.fromArray(SPECIES, LANE, 0)
                    .compare(VectorOperators.GE, (double) Buckets.last(bucket) - from);
            sum.blend(later, isLater).intoArray(sums, from);
        }
    }

    /**
     * Fills the sums of weighted squared distances from what is forecast.
     *
     * @param forecast [steps or more, whole vectors]
     */
    static void square(
            double[][] forecasts,
            int[] experts,
            int count,
            double[][] weights,
            double[] forecast,
            int steps,
            double[] sums) {
        for (int from = 0; from < steps; from += LANES) {
            int bucket = Buckets.of(from + 1);
            double[] first = weights[bucket];
            double[] second = weights[Buckets.of(from + LANES)];
            DoubleVector mixed = DoubleVector.fromArray(SPECIES, forecast, from);
            DoubleVector sum = DoubleVector.zero(SPECIES);
            DoubleVector later = sum;
            for (int i = 0; i < count; i++) {
                int e = experts[i];
                DoubleVector distance =
                        DoubleVector.fromArray(SPECIES, forecasts[e], from).sub(mixed);
                DoubleVector square = distance.mul(distance);
                sum = sum.add(square.mul(first[e]));
                later = later.add(square.mul(second[e]));
            }
            VectorMask<Double> isLater = DoubleVector.fromArray(SPECIES, LANE, 0)
                    .compare(VectorOperators.GE, (double) Buckets.last(bucket) - from);
            sum.blend(later, isLater).intoArray(sums, from);
        }
    }
}
