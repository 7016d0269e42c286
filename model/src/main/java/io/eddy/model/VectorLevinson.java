package io.eddy.model;

import io.eddy.model.network.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Levinson} with the JDK's Vector API (incubating, JEP 414), to the same bits, where two vectors hold an array: they stay in registers. Nothing here can be
 * called where {@link Vectors#THERE} is false.
 */
final class VectorLevinson {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Whether two vectors hold an array. */
    static final boolean FITS = 2 * LANES == Levinson.SIZE;

    /** Each lane takes what is in the one before it. */
    private static final VectorShuffle<Float> BEFORE = VectorShuffle.fromOp(SPECIES, i -> (i + LANES - 1) % LANES);

    private static final VectorMask<Float> FIRST = VectorMask.fromLong(SPECIES, 1);
    /** [2 * {@link Levinson#SIZE}]: 1 in the middle, 0 elsewhere. */
    private static final float[] ONE = new float[2 * Levinson.SIZE];

    static {
        ONE[Levinson.SIZE] = 1;
    }

    private VectorLevinson() {}

    /** See {@link Levinson#run}. */
    static int run(float[] x, float[] y, int most) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, x, 0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, x, LANES);
        FloatVector y0 = FloatVector.fromArray(SPECIES, y, 0);
        FloatVector y1 = FloatVector.fromArray(SPECIES, y, LANES);
        float inverse = 1 / y[1];
        float reflection = x[1] * inverse;
        int m = 0;
        for (; m < most && Math.abs(reflection) < Levinson.LARGEST_REFLECTION; m++) {
            FloatVector less = FloatVector.broadcast(SPECIES, -reflection);
            // The next reflection from the numbers of the last one, so that it need not wait for the vectors.
            float more = 1 / Math.fma(-reflection, reflection, 1);
            reflection = Math.fma(-reflection, y[m + 2], x[m + 2]) * inverse * more;
            inverse *= more;
            FloatVector u0 = y0.fma(less, x0);
            FloatVector u1 = y1.fma(less, x1);
            y0 = x0.fma(less, y0).rearrange(BEFORE);
            y1 = x1.fma(less, y1).rearrange(BEFORE).blend(y0, FIRST);
            y0 = y0.blend(0f, FIRST);
            int one = Levinson.SIZE - 1 - m;
            x0 = FloatVector.fromArray(SPECIES, ONE, one).fma(less, u0);
            x1 = FloatVector.fromArray(SPECIES, ONE, one + LANES).fma(less, u1);
            x0.intoArray(x, 0);
            x1.intoArray(x, LANES);
            y0.intoArray(y, 0);
            y1.intoArray(y, LANES);
        }
        return m;
    }
}
