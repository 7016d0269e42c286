package io.eddy.model;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Vectors;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of {@link LaterWidths} and {@link SlotErrors} with the JDK's Vector API (incubating, JEP 414), to the same bits; each returns how many steps it has
 * done, whole vectors. Nothing here can be called where {@link Vectors#THERE} is false.
 */
final class VectorWidths {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private static final double UPPER_95 = Quantiles.normal(Quantiles.UPPER_95);

    private VectorWidths() {}

    /** Takes the root of each. */
    static int roots(double[] values, int steps) {
        int whole = SPECIES.loopBound(steps);
        for (int h = 0; h < whole; h += SPECIES.length()) {
            DoubleVector.fromArray(SPECIES, values, h)
                    .lanewise(VectorOperators.SQRT)
                    .intoArray(values, h);
        }
        return whole;
    }

    /** As {@link LaterWidths#widen} does. */
    static int widen(double[] factors, double[] apart, double[] alike, double most, int steps) {
        int whole = SPECIES.loopBound(steps);
        for (int h = 0; h < whole; h += SPECIES.length()) {
            DoubleVector wider =
                    DoubleVector.fromArray(SPECIES, apart, h).div(DoubleVector.fromArray(SPECIES, alike, h));
            VectorMask<Double> isWider = wider.compare(VectorOperators.GT, 1);
            if (!isWider.anyTrue()) {
                continue; // so it is of young series, and three roots of 1 are dear
            }
            DoubleVector.broadcast(SPECIES, 1)
                    .blend(wider.min(most), isWider)
                    .lanewise(VectorOperators.SQRT)
                    .lanewise(VectorOperators.SQRT)
                    .lanewise(VectorOperators.SQRT)
                    .mul(DoubleVector.fromArray(SPECIES, factors, h))
                    .intoArray(factors, h);
        }
        return whole;
    }

    /** As {@link LaterQuantiles#fill} does. */
    static int fill(
            double[] centre,
            double[] lower95,
            double[] upper95,
            double[] lower80,
            double[] upper80,
            double[] growth,
            double[] slots,
            double[] factors,
            double[] own,
            double[] shares,
            double scale,
            int steps) {
        int whole = SPECIES.loopBound(steps);
        for (int h = 0; h < whole; h += SPECIES.length()) {
            DoubleVector far = DoubleVector.fromArray(SPECIES, growth, h)
                    .mul(DoubleVector.fromArray(SPECIES, own, h))
                    .mul(UPPER_95);
            DoubleVector share = DoubleVector.fromArray(SPECIES, shares, h);
            DoubleVector width = DoubleVector.fromArray(SPECIES, slots, h)
                    .mul(scale)
                    .mul(DoubleVector.fromArray(SPECIES, factors, h));
            DoubleVector lower = DoubleVector.fromArray(SPECIES, lower95, h)
                    .mul(share)
                    .sub(far)
                    .mul(width);
            DoubleVector upper = DoubleVector.fromArray(SPECIES, upper95, h)
                    .mul(share)
                    .add(far)
                    .mul(width);
            DoubleVector middle = upper.add(lower).mul(0.5);
            DoubleVector half = upper.sub(lower).mul(0.5).mul(DoubleVector.fromArray(SPECIES, lower80, h));
            DoubleVector median = DoubleVector.fromArray(SPECIES, centre, h);
            median.add(lower).intoArray(lower95, h);
            median.add(middle.sub(half).min(0)).intoArray(lower80, h);
            median.add(middle.add(half).max(0)).intoArray(upper80, h);
            median.add(upper).intoArray(upper95, h);
        }
        return whole;
    }
}
