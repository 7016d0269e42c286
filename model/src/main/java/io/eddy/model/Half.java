package io.eddy.model;

import io.eddy.model.network.Vectors;

/** Numbers of 16 bits (IEEE 754 binary16): 11 significant bits, up to 65504. NaN stays NaN. */
final class Half {
    static final float LARGEST = 65504f;

    private static final short NAN = 0x7e00;
    private static final int SIGN = 0x8000;
    /** The exponent of NaN and infinity. */
    private static final int INFINITE = 0x7c00;
    /** 2^-14, the smallest normal half. */
    private static final float SMALLEST_NORMAL = 0x1p-14f;

    private Half() {}

    /** The nearest half, ties to even; what is too large becomes the largest. */
    static short of(float value) {
        if (Float.isNaN(value)) {
            return NAN;
        }
        // The same digits with an exponent that is 112 too small, where what is too small for a normal half is
        // subnormal, too.
        int bits = Float.floatToRawIntBits(Math.min(Math.abs(value), LARGEST) * 0x1p-112f);
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        return (short) (sign | bits + 0xfff + (bits >>> 13 & 1) >>> 13);
    }

    /** The half above or below, each as often as the value is nearer to it (stochastic rounding), by a random number. */
    static short of(float value, int random) {
        float size = Math.min(Math.abs(value), LARGEST);
        if (!(size >= SMALLEST_NORMAL)) {
            return of(value);
        }
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        return (short) (sign | (Float.floatToRawIntBits(size) + (random & 0x1fff) >>> 13) - (112 << 10));
    }

    /** The halves nearest to all values of {@code from}, into {@code to} from a place on. */
    static void of(float[] from, short[] to, int at) {
        int done = Vectors.THERE ? VectorHalves.of(from, to, at) : 0;
        for (int i = done; i < from.length; i++) {
            to[at + i] = of(from[i]);
        }
    }

    /** Fills {@code to} with the values of the halves from a place on. */
    static void values(short[] from, int at, float[] to) {
        values(from, at, to, to.length);
    }

    /** The same of so many. */
    static void values(short[] from, int at, float[] to, int count) {
        int done = Vectors.THERE ? VectorHalves.values(from, at, to, count) : 0;
        for (int i = done; i < count; i++) {
            to[i] = value(from[at + i]);
        }
    }

    /**
     * Fills {@code halves} with the values of the halves, and {@code to} with origin + unit * half, [length of {@code from}] each.
     *
     * @param first of those that are wanted; it may fill some before it
     * @return the largest distance of a half from 0, NaN where one is none
     */
    static float values(short[] from, int first, double origin, double unit, float[] halves, double[] to) {
        // Two vectors take longer than the few values of a young series.
        if (Vectors.THERE
                && from.length % VectorHalves.LANES == 0
                && from.length >= 2 * VectorHalves.LANES
                && from.length - first > VectorHalves.LANES) {
            float most = VectorHalves.largest(from, first);
            VectorHalves.values(from, first, origin, unit, halves, to);
            return most;
        }
        float largest = 0;
        for (int i = first; i < from.length; i++) {
            halves[i] = value(from[i]);
            to[i] = origin + unit * halves[i];
            largest = Math.max(largest, Math.abs(halves[i]));
        }
        return largest;
    }

    static float value(short half) {
        // The same digits with an exponent that is 112 too small; the product is exact, for subnormal ones too.
        float small = Float.intBitsToFloat((half & SIGN) << 16 | (half & 0x7fff) << 13);
        return (half & INFINITE) == INFINITE ? Float.NaN : small * 0x1p112f; // infinity is never stored
    }
}
