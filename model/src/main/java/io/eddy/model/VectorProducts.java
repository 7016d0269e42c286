package io.eddy.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of small matrices with the JDK's Vector API (incubating, JEP 414), for training: sixteen sums at a time stay in registers. Matrices
 * stand column by column. Each kernel is one flat loop: vectors that pass from one loop into another are boxed by the JIT of JDK 17, thirty
 * times slower. The class cannot be loaded in a JVM without {@code --add-modules jdk.incubator.vector}.
 */
public final class VectorProducts {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** What the dimension that vectors run along must be a multiple of. */
    public static final int LANES = SPECIES.length();
    /** What the columns of a result must be a multiple of. */
    public static final int COLUMNS = 4;

    private VectorProducts() {}

    /**
     * c = a[0] b[0] + a[1] b[1] + ...
     *
     * @param m a multiple of {@link #LANES}
     * @param n a multiple of {@link #COLUMNS}
     * @param a each [m, k] or more columns
     * @param b each [k, n] or more columns
     * @param c [m, n] or more columns
     */
    public static void multiply(int m, int n, int k, float[][] a, float[][] b, float[] c) {
        check("a", a, 0, a.length, m * k);
        check("b", b, 0, a.length, k * n);
        check("c", c, m * n);
        for (int j = 0; j < n; j += COLUMNS) {
            int i = 0;
            for (; i + 4 * LANES <= m; i += 4 * LANES) {
                block(m, k, a, i, b, j * k, c, j * m + i);
            }
            for (; i < m; i += LANES) {
                strip(m, k, a, i, b, j * k, c, j * m + i);
            }
        }
    }

    /** Four vectors of rows by four columns. */
    private static void block(int m, int k, float[][] a, int row, float[][] b, int column, float[] c, int at) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector c00 = zero, c10 = zero, c20 = zero, c30 = zero;
        FloatVector c01 = zero, c11 = zero, c21 = zero, c31 = zero;
        FloatVector c02 = zero, c12 = zero, c22 = zero, c32 = zero;
        FloatVector c03 = zero, c13 = zero, c23 = zero, c33 = zero;
        float[] x = a[0];
        float[] y = b[0];
        for (int i = 0, g = 0, p = 0; i < a.length * k; i++, p++) {
            if (p == k) {
                p = 0;
                g++;
                x = a[g];
                y = b[g];
            }
            int from = row + p * m;
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, from);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x, from + LANES);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x, from + 2 * LANES);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x, from + 3 * LANES);
            FloatVector v = FloatVector.broadcast(SPECIES, y[column + p]);
            c00 = a0.fma(v, c00);
            c10 = a1.fma(v, c10);
            c20 = a2.fma(v, c20);
            c30 = a3.fma(v, c30);
            v = FloatVector.broadcast(SPECIES, y[column + p + k]);
            c01 = a0.fma(v, c01);
            c11 = a1.fma(v, c11);
            c21 = a2.fma(v, c21);
            c31 = a3.fma(v, c31);
            v = FloatVector.broadcast(SPECIES, y[column + p + 2 * k]);
            c02 = a0.fma(v, c02);
            c12 = a1.fma(v, c12);
            c22 = a2.fma(v, c22);
            c32 = a3.fma(v, c32);
            v = FloatVector.broadcast(SPECIES, y[column + p + 3 * k]);
            c03 = a0.fma(v, c03);
            c13 = a1.fma(v, c13);
            c23 = a2.fma(v, c23);
            c33 = a3.fma(v, c33);
        }
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

    /** One vector of rows by four columns. */
    private static void strip(int m, int k, float[][] a, int row, float[][] b, int column, float[] c, int at) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        float[] x = a[0];
        float[] y = b[0];
        for (int i = 0, g = 0, p = 0; i < a.length * k; i++, p++) {
            if (p == k) {
                p = 0;
                g++;
                x = a[g];
                y = b[g];
            }
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + p * m);
            c0 = v.fma(FloatVector.broadcast(SPECIES, y[column + p]), c0);
            c1 = v.fma(FloatVector.broadcast(SPECIES, y[column + p + k]), c1);
            c2 = v.fma(FloatVector.broadcast(SPECIES, y[column + p + 2 * k]), c2);
            c3 = v.fma(FloatVector.broadcast(SPECIES, y[column + p + 3 * k]), c3);
        }
        c0.intoArray(c, at);
        c1.intoArray(c, at + m);
        c2.intoArray(c, at + 2 * m);
        c3.intoArray(c, at + 3 * m);
    }

    /**
     * c += a[t]^T b[t], summed over several t: the lanes of a sum are added up once for all of them.
     *
     * @param m a multiple of {@link #COLUMNS}
     * @param n a multiple of {@link #COLUMNS}
     * @param k a multiple of {@link #LANES}
     * @param a of each t [k, m] or more columns
     * @param b of each t [k, n] or more columns
     * @param from the first t
     * @param to behind the last
     * @param c [m, n]
     */
    public static void addTransposed(int m, int n, int k, float[][] a, float[][] b, int from, int to, float[] c) {
        check("a", a, from, to, k * m);
        check("b", b, from, to, k * n);
        check("c", c, m * n);
        for (int j = 0; j < n; j += COLUMNS) {
            for (int i = 0; i < m; i += COLUMNS) {
                dots(m, k, a, i * k, b, j * k, from, to, c, j * m + i);
            }
        }
    }

    /** Four columns of a by four of b. */
    private static void dots(
            int m, int k, float[][] a, int row, float[][] b, int column, int from, int to, float[] c, int at) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector c00 = zero, c10 = zero, c20 = zero, c30 = zero;
        FloatVector c01 = zero, c11 = zero, c21 = zero, c31 = zero;
        FloatVector c02 = zero, c12 = zero, c22 = zero, c32 = zero;
        FloatVector c03 = zero, c13 = zero, c23 = zero, c33 = zero;
        float[] x = a[from];
        float[] y = b[from];
        for (int i = 0, t = from, p = 0; i < (to - from) * (k / LANES); i++, p += LANES) {
            if (p == k) {
                p = 0;
                t++;
                x = a[t];
                y = b[t];
            }
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, row + p);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x, row + p + k);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x, row + p + 2 * k);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x, row + p + 3 * k);
            FloatVector v = FloatVector.fromArray(SPECIES, y, column + p);
            c00 = a0.fma(v, c00);
            c10 = a1.fma(v, c10);
            c20 = a2.fma(v, c20);
            c30 = a3.fma(v, c30);
            v = FloatVector.fromArray(SPECIES, y, column + p + k);
            c01 = a0.fma(v, c01);
            c11 = a1.fma(v, c11);
            c21 = a2.fma(v, c21);
            c31 = a3.fma(v, c31);
            v = FloatVector.fromArray(SPECIES, y, column + p + 2 * k);
            c02 = a0.fma(v, c02);
            c12 = a1.fma(v, c12);
            c22 = a2.fma(v, c22);
            c32 = a3.fma(v, c32);
            v = FloatVector.fromArray(SPECIES, y, column + p + 3 * k);
            c03 = a0.fma(v, c03);
            c13 = a1.fma(v, c13);
            c23 = a2.fma(v, c23);
            c33 = a3.fma(v, c33);
        }
        addSums(c00, c10, c20, c30, c, at);
        addSums(c01, c11, c21, c31, c, at + m);
        addSums(c02, c12, c22, c32, c, at + 2 * m);
        addSums(c03, c13, c23, c33, c, at + 3 * m);
    }

    private static void addSums(FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] c, int at) {
        c[at] += v0.reduceLanes(VectorOperators.ADD);
        c[at + 1] += v1.reduceLanes(VectorOperators.ADD);
        c[at + 2] += v2.reduceLanes(VectorOperators.ADD);
        c[at + 3] += v3.reduceLanes(VectorOperators.ADD);
    }

    /** Once for a product: a JVM may be told to leave out the checks of every load, which cost 7 to 25 % of a training step. */
    private static void check(String name, float[][] matrices, int from, int to, int numbers) {
        for (int t = from; t < to; t++) {
            check(name, matrices[t], numbers);
        }
    }

    private static void check(String name, float[] matrix, int numbers) {
        if (matrix.length < numbers) {
            throw new IllegalArgumentException(
                    name + ": expected at least " + numbers + " numbers, found " + matrix.length);
        }
    }
}
