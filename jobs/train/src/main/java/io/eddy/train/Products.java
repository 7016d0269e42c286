package io.eddy.train;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.eddy.model.network.VectorProducts;
import io.eddy.model.network.Weights;

/**
 * Products of matrices that stand column by column: by {@link VectorProducts} where the JVM has the Vector API and the shape fits,
 * else by the OpenBLAS that ND4J loads.
 */
record Products(boolean vectors) {
    /** For matrices with a column per window, whose rows are so many units or {@link #lanes}. */
    static Products of(int units, int windows) {
        return new Products(
                Weights.stepsTogether() && units % VectorProducts.LANES == 0 && windows % VectorProducts.COLUMNS == 0);
    }

    /** Columns that a result needs to have any number of them; those beyond are zeros. */
    static int columns(int count) {
        return rounded(count, 4);
    }

    /** Rows that a result needs to have any number of them. */
    int lanes(int count) {
        return vectors ? rounded(count, VectorProducts.LANES) : count;
    }

    private static int rounded(int count, int unit) {
        return (count + unit - 1) / unit * unit;
    }

    /** c = a[0] b[0] + a[1] b[1] + ... with each a [m, k], each b [k, n] and c [m, n], or more columns. */
    void multiply(int m, int n, int k, float[][] a, float[][] b, float[] c) {
        if (vectors) {
            VectorProducts.multiply(m, n, k, a, b, c);
            return;
        }
        for (int g = 0; g < a.length; g++) {
            int add = g == 0 ? 0 : 1;
            cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a[g], m, b[g], k, add, c, m);
        }
    }

    /** c += a[t] b[t]^T summed over t from (inclusive) to (exclusive), with a[t] [m, k] and b[t] [n, k], or more columns, and c [m, n]. */
    void addTransposed(int m, int n, int k, float[][] a, float[][] b, int from, int to, float[] c) {
        if (vectors) {
            VectorProducts.addTransposed(m, n, k, a, b, from, to, c);
            return;
        }
        for (int t = from; t < to; t++) {
            cblas_sgemm(CblasColMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a[t], m, b[t], n, 1, c, m);
        }
    }
}
