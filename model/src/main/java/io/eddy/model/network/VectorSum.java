package io.eddy.model.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * c = s + a[0] b[0] + a[1] b[1] + ... with the JDK's Vector API (incubating, JEP 414): sixteen sums at a time stay in registers. Each kernel is
 * one flat loop: vectors that pass from one loop into another are boxed by the JIT of JDK 17, thirty times slower.
 *
 * @param m rows of c, a multiple of the lanes
 * @param k columns of each a
 * @param a each [m, k], column by column
 * @param b each with k times the columns of c, either way
 * @param next how far apart neighbours in k are in b
 * @param beside how far apart neighbours in the columns of c are in b
 * @param s the columns of c before, wide apart; 0: the same for all
 * @param c [m, n]
 */
record VectorSum(int m, int k, float[][] a, float[][] b, int next, int beside, float[] s, int wide, float[] c) {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int COLUMNS = 4;

    /** For n columns of c, a multiple of {@link #COLUMNS}. */
    void run(int n) {
        int i = 0;
        for (; i + 4 * LANES <= m; i += 4 * LANES) {
            for (int j = 0; j < n; j += COLUMNS) {
                fourByFour(i, j);
            }
        }
        for (; i < m; i += LANES) {
            int j = 0;
            for (; (n - j) % 8 != 0; j += 4) {
                oneByFour(i, j);
            }
            for (; j < n; j += 8) {
                oneByEight(i, j);
            }
        }
    }

    /** Four vectors of rows by four columns. */
    private void fourByFour(int i, int j) {
        float[] x = a[0];
        float[] y = b[0];
        int at = i + j * wide;
        FloatVector c00 = FloatVector.fromArray(SPECIES, s, at);
        FloatVector c10 = FloatVector.fromArray(SPECIES, s, at + LANES);
        FloatVector c20 = FloatVector.fromArray(SPECIES, s, at + 2 * LANES);
        FloatVector c30 = FloatVector.fromArray(SPECIES, s, at + 3 * LANES);
        FloatVector c01 = FloatVector.fromArray(SPECIES, s, at + wide);
        FloatVector c11 = FloatVector.fromArray(SPECIES, s, at + LANES + wide);
        FloatVector c21 = FloatVector.fromArray(SPECIES, s, at + 2 * LANES + wide);
        FloatVector c31 = FloatVector.fromArray(SPECIES, s, at + 3 * LANES + wide);
        FloatVector c02 = FloatVector.fromArray(SPECIES, s, at + 2 * wide);
        FloatVector c12 = FloatVector.fromArray(SPECIES, s, at + LANES + 2 * wide);
        FloatVector c22 = FloatVector.fromArray(SPECIES, s, at + 2 * LANES + 2 * wide);
        FloatVector c32 = FloatVector.fromArray(SPECIES, s, at + 3 * LANES + 2 * wide);
        FloatVector c03 = FloatVector.fromArray(SPECIES, s, at + 3 * wide);
        FloatVector c13 = FloatVector.fromArray(SPECIES, s, at + LANES + 3 * wide);
        FloatVector c23 = FloatVector.fromArray(SPECIES, s, at + 2 * LANES + 3 * wide);
        FloatVector c33 = FloatVector.fromArray(SPECIES, s, at + 3 * LANES + 3 * wide);
        for (int all = 0, t = 0, p = 0, q = j * beside; all < a.length * k; all++, p++, q += next) {
            if (p == k) {
                p = 0;
                q = j * beside;
                t++;
                x = a[t];
                y = b[t];
            }
            int first = i + p * m;
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, first);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x, first + LANES);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x, first + 2 * LANES);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x, first + 3 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, y[q]);
            c00 = a0.fma(v, c00);
            c10 = a1.fma(v, c10);
            c20 = a2.fma(v, c20);
            c30 = a3.fma(v, c30);
            v = FloatVector.broadcast(SPECIES, y[q + beside]);
            c01 = a0.fma(v, c01);
            c11 = a1.fma(v, c11);
            c21 = a2.fma(v, c21);
            c31 = a3.fma(v, c31);
            v = FloatVector.broadcast(SPECIES, y[q + 2 * beside]);
            c02 = a0.fma(v, c02);
            c12 = a1.fma(v, c12);
            c22 = a2.fma(v, c22);
            c32 = a3.fma(v, c32);
            v = FloatVector.broadcast(SPECIES, y[q + 3 * beside]);
            c03 = a0.fma(v, c03);
            c13 = a1.fma(v, c13);
            c23 = a2.fma(v, c23);
            c33 = a3.fma(v, c33);
        }
        at = i + j * m;
        c00.intoArray(c, at);
        c10.intoArray(c, at + LANES);
        c20.intoArray(c, at + 2 * LANES);
        c30.intoArray(c, at + 3 * LANES);
        c01.intoArray(c, at + m);
        c11.intoArray(c, at + m + LANES);
        c21.intoArray(c, at + m + 2 * LANES);
        c31.intoArray(c, at + m + 3 * LANES);
        c02.intoArray(c, at + 2 * m);
        c12.intoArray(c, at + 2 * m + LANES);
        c22.intoArray(c, at + 2 * m + 2 * LANES);
        c32.intoArray(c, at + 2 * m + 3 * LANES);
        c03.intoArray(c, at + 3 * m);
        c13.intoArray(c, at + 3 * m + LANES);
        c23.intoArray(c, at + 3 * m + 2 * LANES);
        c33.intoArray(c, at + 3 * m + 3 * LANES);
    }

    /** One vector of rows by eight columns. */
    private void oneByEight(int i, int j) {
        float[] x = a[0];
        float[] y = b[0];
        int at = i + j * wide;
        FloatVector c0 = FloatVector.fromArray(SPECIES, s, at);
        FloatVector c1 = FloatVector.fromArray(SPECIES, s, at + wide);
        FloatVector c2 = FloatVector.fromArray(SPECIES, s, at + 2 * wide);
        FloatVector c3 = FloatVector.fromArray(SPECIES, s, at + 3 * wide);
        FloatVector c4 = FloatVector.fromArray(SPECIES, s, at + 4 * wide);
        FloatVector c5 = FloatVector.fromArray(SPECIES, s, at + 5 * wide);
        FloatVector c6 = FloatVector.fromArray(SPECIES, s, at + 6 * wide);
        FloatVector c7 = FloatVector.fromArray(SPECIES, s, at + 7 * wide);
        for (int all = 0, t = 0, p = 0, q = j * beside; all < a.length * k; all++, p++, q += next) {
            if (p == k) {
                p = 0;
                q = j * beside;
                t++;
                x = a[t];
                y = b[t];
            }
            int first = i + p * m;
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, first);
            c0 = a0.fma(FloatVector.broadcast(SPECIES, y[q]), c0);
            c1 = a0.fma(FloatVector.broadcast(SPECIES, y[q + beside]), c1);
            c2 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 2 * beside]), c2);
            c3 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 3 * beside]), c3);
            c4 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 4 * beside]), c4);
            c5 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 5 * beside]), c5);
            c6 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 6 * beside]), c6);
            c7 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 7 * beside]), c7);
        }
        at = i + j * m;
        c0.intoArray(c, at);
        c1.intoArray(c, at + m);
        c2.intoArray(c, at + 2 * m);
        c3.intoArray(c, at + 3 * m);
        c4.intoArray(c, at + 4 * m);
        c5.intoArray(c, at + 5 * m);
        c6.intoArray(c, at + 6 * m);
        c7.intoArray(c, at + 7 * m);
    }

    /** One vector of rows by four columns. */
    private void oneByFour(int i, int j) {
        float[] x = a[0];
        float[] y = b[0];
        int at = i + j * wide;
        FloatVector c0 = FloatVector.fromArray(SPECIES, s, at);
        FloatVector c1 = FloatVector.fromArray(SPECIES, s, at + wide);
        FloatVector c2 = FloatVector.fromArray(SPECIES, s, at + 2 * wide);
        FloatVector c3 = FloatVector.fromArray(SPECIES, s, at + 3 * wide);
        for (int all = 0, t = 0, p = 0, q = j * beside; all < a.length * k; all++, p++, q += next) {
            if (p == k) {
                p = 0;
                q = j * beside;
                t++;
                x = a[t];
                y = b[t];
            }
            int first = i + p * m;
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, first);
            c0 = a0.fma(FloatVector.broadcast(SPECIES, y[q]), c0);
            c1 = a0.fma(FloatVector.broadcast(SPECIES, y[q + beside]), c1);
            c2 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 2 * beside]), c2);
            c3 = a0.fma(FloatVector.broadcast(SPECIES, y[q + 3 * beside]), c3);
        }
        at = i + j * m;
        c0.intoArray(c, at);
        c1.intoArray(c, at + m);
        c2.intoArray(c, at + 2 * m);
        c3.intoArray(c, at + 3 * m);
    }
}
