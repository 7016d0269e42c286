package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The values of {@link Half}s with the JDK's Vector API (incubating, JEP 414), to the same bits: the JIT does not vectorise an int that becomes a float.
 * Nothing here can be called where {@link Vectors#THERE} is false.
 *
 * <p>The other way, from values to halves, is twenty operations on vectors. Where the JIT has inlined it into the step of a batch it gave up
 * on them and made an object of each.
 */
final class VectorHalves {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));
    static final int LANES = INTS.length();

    private static final int FLOAT_NAN = 0x7fc00000;

    private VectorHalves() {}

    /** Fills {@code to} with the values of so many halves from a place on; the result is how many of them were whole vectors. */
    static int values(short[] from, int at, float[] to, int count) {
        int whole = SHORTS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            IntVector half =
                    (IntVector) ShortVector.fromArray(SHORTS, from, at + i).convertShape(VectorOperators.S2I, INTS, 0);
            IntVector size = half.and(0x7fff);
            // Adding one to an exponent of ones carries into the place of the sign.
            IntVector isNaN = size.add(0x400).lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 31);
            IntVector bits = size.lanewise(VectorOperators.LSHL, 13).or(half.and(Integer.MIN_VALUE));
            bits.or(isNaN.and(FLOAT_NAN)).reinterpretAsFloats().mul(0x1p112f).intoArray(to, i);
        }
        return whole;
    }

    /**
     * Fills {@code halves} with the values of the halves and {@code to} with origin + unit * half, from the two vectors on that the first is in. The lines of the
     * loop above stand here again: a vector that a method of our own returns becomes an object as soon as the JIT does not inline it.
     *
     * <p>Two vectors at once make this method too big to be inlined (325 bytes of code), which is why they are: as a part of a whole step it came last, when the
     * JIT had no room left for what its vectors call, and made objects of them all.
     *
     * @param from whole vectors, two or more
     */
    static void values(short[] from, int first, double origin, double unit, float[] halves, double[] to) {
        for (int i = first / LANES * LANES; i < from.length; i += 2 * LANES) {
            int at = Math.min(i, from.length - 2 * LANES); // the last two may be one that is done and one that is not
            int next = at + LANES;
            IntVector half =
                    (IntVector) ShortVector.fromArray(SHORTS, from, at).convertShape(VectorOperators.S2I, INTS, 0);
            IntVector half2 =
                    (IntVector) ShortVector.fromArray(SHORTS, from, next).convertShape(VectorOperators.S2I, INTS, 0);
            IntVector size = half.and(0x7fff);
            IntVector size2 = half2.and(0x7fff);
            IntVector isNaN = size.add(0x400).lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 31);
            IntVector isNaN2 =
                    size2.add(0x400).lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 31);
            IntVector bits = size.lanewise(VectorOperators.LSHL, 13).or(half.and(Integer.MIN_VALUE));
            IntVector bits2 = size2.lanewise(VectorOperators.LSHL, 13).or(half2.and(Integer.MIN_VALUE));
            FloatVector value =
                    bits.or(isNaN.and(FLOAT_NAN)).reinterpretAsFloats().mul(0x1p112f);
            FloatVector value2 =
                    bits2.or(isNaN2.and(FLOAT_NAN)).reinterpretAsFloats().mul(0x1p112f);
            value.intoArray(halves, at);
            value2.intoArray(halves, next);
            DoubleVector low = (DoubleVector) value.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector high = (DoubleVector) value.convertShape(VectorOperators.F2D, DOUBLES, 1);
            DoubleVector low2 = (DoubleVector) value2.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector high2 = (DoubleVector) value2.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low.mul(unit).add(origin).intoArray(to, at);
            high.mul(unit).add(origin).intoArray(to, at + LANES / 2);
            low2.mul(unit).add(origin).intoArray(to, next);
            high2.mul(unit).add(origin).intoArray(to, next + LANES / 2);
        }
    }

    /** The largest distance of these halves from 0, NaN where one is no number. They are whole vectors. */
    static float largest(short[] from, int first) {
        ShortVector largest = ShortVector.zero(SHORTS);
        int begin = first / LANES * LANES;
        Arrays.fill(from, begin, first, (short) 0);
        for (int i = begin; i < from.length; i += LANES) {
            // Halves from 0 on are in the order of their bits, NaN the last.
            largest = largest.max(ShortVector.fromArray(SHORTS, from, i).and((short) 0x7fff));
        }
        return Half.value(largest.reduceLanes(VectorOperators.MAX));
    }

    /** Fills {@code to} from a place on with the halves nearest to all values of {@code from}; the result is as above. */
    static int of(float[] from, short[] to, int at) {
        int whole = SHORTS.loopBound(from.length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector value = FloatVector.fromArray(FLOATS, from, i);
            IntVector bits = value.abs().min(Half.LARGEST).mul(0x1p-112f).reinterpretAsInts();
            IntVector even = bits.lanewise(VectorOperators.LSHR, 13).and(1);
            IntVector size = bits.add(even).add(0xfff).lanewise(VectorOperators.LSHR, 13);
            IntVector sign =
                    value.reinterpretAsInts().lanewise(VectorOperators.LSHR, 16).and(0x8000);
            ((ShortVector) size.or(sign).convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(to, at + i);
        }
        return whole;
    }
}
