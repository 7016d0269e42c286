package io.eddy.model.network;

import java.util.Arrays;

/**
 * Products of small matrices, which stand column by column, for training: see {@link VectorSum}. Neither class can be loaded in a JVM
 * without {@code --add-modules jdk.incubator.vector}.
 */
public final class VectorProducts {
    /** What the rows of a result, along which vectors run, must be a multiple of. */
    public static final int LANES = VectorSum.LANES;
    /** What the columns of a result must be a multiple of. */
    public static final int COLUMNS = VectorSum.COLUMNS;

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
        check(m, n, k, a, b, c);
        new VectorSum(m, k, a, b, 1, k, new float[m], 0, c).run(n);
    }

    /**
     * c += a[t] b[t]^T, summed over several t: sums of products of columns, so that no lanes are added up.
     *
     * @param m a multiple of {@link #LANES}
     * @param n a multiple of {@link #COLUMNS}
     * @param a of each t [m, k] or more columns
     * @param b of each t [n, k] or more columns
     * @param from the first t
     * @param to behind the last
     * @param c [m, n]
     */
    public static void addTransposed(int m, int n, int k, float[][] a, float[][] b, int from, int to, float[] c) {
        float[][] some = Arrays.copyOfRange(a, from, to);
        float[][] others = Arrays.copyOfRange(b, from, to);
        check(m, n, k, some, others, c);
        new VectorSum(m, k, some, others, n, 1, c, m, c).run(n);
    }

    /** Once for a product: a JVM may be told to leave out the checks of every load, which cost 7 to 25 % of a training step. */
    private static void check(int m, int n, int k, float[][] a, float[][] b, float[] c) {
        check("a", a, m * k);
        check("b", b, n * k);
        check("c", new float[][] {c}, m * n);
    }

    private static void check(String name, float[][] matrices, int numbers) {
        for (float[] matrix : matrices) {
            if (matrix.length < numbers) {
                throw new IllegalArgumentException(
                        name + ": expected at least " + numbers + " numbers, found " + matrix.length);
            }
        }
    }
}
