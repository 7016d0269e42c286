package io.eddy.model;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of a {@link Mixture} with the JDK's Vector API (incubating, JEP 414), to the same bits: the JIT makes no vectors of loops that pass over what is not a
 * number. The lines before both loops are alike, for a vector that a method of our own returns becomes an object as soon as the JIT does not inline it.
 * Nothing here can be called where {@link LstmLayer#VECTORS} is false.
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
     * Fills the sums of weighted forecasts and of weights. The steps of a vector are of two buckets at the most.
     *
     * @param forecasts [experts][steps or more, whole vectors]
     * @param weights [buckets][experts]
     */
    static void mix(double[][] forecasts, double[][] weights, int steps, double[] sums, double[] all) {
        for (int from = 0; from < steps; from += LANES) {
            int bucket = Experts.bucket(from + 1);
            double[] first = weights[bucket];
            double[] second = weights[Experts.bucket(from + LANES)];
            VectorMask<Double> isSecond = DoubleVector.fromArray(SPECIES, LANE, 0)
                    .compare(VectorOperators.GE, (double) Experts.last(bucket) - from);
            DoubleVector sum = DoubleVector.zero(SPECIES);
            DoubleVector total = sum;
            for (int e = 0; e < forecasts.length; e++) {
                DoubleVector value = DoubleVector.fromArray(SPECIES, forecasts[e], from);
                DoubleVector weight = DoubleVector.broadcast(SPECIES, first[e]).blend(second[e], isSecond);
                VectorMask<Double> isNumber = value.compare(VectorOperators.EQ, value);
                sum = sum.blend(sum.add(value.mul(weight)), isNumber);
                total = total.blend(total.add(weight), isNumber);
            }
            sum.intoArray(sums, from);
            total.intoArray(all, from);
        }
    }

    /**
     * Fills the sums of weighted squared distances from what is forecast.
     *
     * @param forecast [steps or more, whole vectors]
     */
    static void square(double[][] forecasts, double[][] weights, double[] forecast, int steps, double[] sums) {
        for (int from = 0; from < steps; from += LANES) {
            int bucket = Experts.bucket(from + 1);
            double[] first = weights[bucket];
            double[] second = weights[Experts.bucket(from + LANES)];
            VectorMask<Double> isSecond = DoubleVector.fromArray(SPECIES, LANE, 0)
                    .compare(VectorOperators.GE, (double) Experts.last(bucket) - from);
            DoubleVector mixed = DoubleVector.fromArray(SPECIES, forecast, from);
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int e = 0; e < forecasts.length; e++) {
                DoubleVector distance =
                        DoubleVector.fromArray(SPECIES, forecasts[e], from).sub(mixed);
                DoubleVector weight = DoubleVector.broadcast(SPECIES, first[e]).blend(second[e], isSecond);
                VectorMask<Double> isNumber = distance.compare(VectorOperators.EQ, distance);
                sum = sum.blend(sum.add(weight.mul(distance).mul(distance)), isNumber);
            }
            sum.intoArray(sums, from);
        }
    }
}
