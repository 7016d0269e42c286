package io.eddy.model;

import io.eddy.model.network.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The nearest moments of {@link Analogs} with the JDK's Vector API (incubating, JEP 414), to the same bits: it reads one array at several places, of which the
 * JIT makes no vectors. Nothing here can be called where {@link Vectors#THERE} is false.
 */
final class VectorMoments {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = INTS.length();

    private static final int APART = Analogs.APART;

    private VectorMoments() {}

    /**
     * Fills the keys of the four nearest moments of each lane; the result is how many keys that are.
     *
     * @param values from the oldest value of the first moment on
     * @param from the first moment that counts; some before it may be looked at, too
     * @param now the moment that they are near to; only earlier ones count
     * @param ages [moments, a multiple of the lanes]: that of each beside the last
     * @param keys [four times the lanes or more]
     */
    static int nearest(float[] values, int from, int now, int[] ages, int[] keys) {
        FloatVector now0 = FloatVector.broadcast(FLOATS, values[now + 5 * APART]);
        FloatVector now1 = FloatVector.broadcast(FLOATS, values[now + 4 * APART]);
        FloatVector now2 = FloatVector.broadcast(FLOATS, values[now + 3 * APART]);
        FloatVector now3 = FloatVector.broadcast(FLOATS, values[now + 2 * APART]);
        FloatVector now4 = FloatVector.broadcast(FLOATS, values[now + APART]);
        FloatVector now5 = FloatVector.broadcast(FLOATS, values[now]);
        int later = ages.length - now;
        IntVector first = IntVector.broadcast(INTS, Integer.MAX_VALUE);
        IntVector second = first;
        IntVector third = first;
        IntVector fourth = first;
        for (int i = from / LANES * LANES; i < ages.length; i += LANES) {
            FloatVector d0 = now0.sub(FloatVector.fromArray(FLOATS, values, i + 5 * APART));
            FloatVector d1 = now1.sub(FloatVector.fromArray(FLOATS, values, i + 4 * APART));
            FloatVector d2 = now2.sub(FloatVector.fromArray(FLOATS, values, i + 3 * APART));
            FloatVector d3 = now3.sub(FloatVector.fromArray(FLOATS, values, i + 2 * APART));
            FloatVector d4 = now4.sub(FloatVector.fromArray(FLOATS, values, i + APART));
            FloatVector d5 = now5.sub(FloatVector.fromArray(FLOATS, values, i));
            IntVector distance = d0.mul(d0)
                    .add(d1.mul(d1))
                    .add(d2.mul(d2))
                    .add(d3.mul(d3))
                    .add(d4.mul(d4))
                    .add(d5.mul(d5))
                    .reinterpretAsInts();
            IntVector age = IntVector.fromArray(INTS, ages, i);
            // All ones where the moment is not before this one.
            IntVector isLater = age.sub(later).lanewise(VectorOperators.ASHR, 31);
            IntVector key = distance.and(~Analogs.AGES).or(age).or(isLater).and(Integer.MAX_VALUE);
            IntVector more = first.max(key);
            first = first.min(key);
            key = second.max(more);
            second = second.min(more);
            more = third.max(key);
            third = third.min(key);
            fourth = fourth.min(more);
        }
        first.intoArray(keys, 0);
        second.intoArray(keys, LANES);
        third.intoArray(keys, 2 * LANES);
        fourth.intoArray(keys, 3 * LANES);
        return 4 * LANES;
    }
}
