package io.eddy.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside the sums written out; every number of rows and columns, blocks of four vectors and the rest. */
class VectorProductsTest {
    private static final int TERMS = 3;

    private final Random random = new Random(2);

    @Test
    void multiplies() {
        int k = 7;
        for (int m = VectorProducts.LANES; m <= 6 * VectorProducts.LANES; m += VectorProducts.LANES) {
            for (int n = VectorProducts.COLUMNS; n <= 6 * VectorProducts.COLUMNS; n += VectorProducts.COLUMNS) {
                float[][] a = gaussians(m * k);
                float[][] b = gaussians(k * n);
                float[] c = new float[m * n];
                VectorProducts.multiply(m, n, k, a, b, c);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        double sum = 0;
                        for (int g = 0; g < TERMS; g++) {
                            for (int p = 0; p < k; p++) {
                                sum += a[g][p * m + i] * b[g][j * k + p];
                            }
                        }
                        assertThat((double) c[j * m + i]).isEqualTo(sum, within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void addsTransposed() {
        int k = 7;
        int n = 20;
        for (int m = VectorProducts.LANES; m <= 6 * VectorProducts.LANES; m += VectorProducts.LANES) {
            float[][] a = gaussians(m * k);
            float[][] b = gaussians(n * k);
            float[] c = new float[m * n];
            VectorProducts.addTransposed(m, n, k, a, b, 0, 1, c);
            VectorProducts.addTransposed(m, n, k, a, b, 1, TERMS, c);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int t = 0; t < TERMS; t++) {
                        for (int p = 0; p < k; p++) {
                            sum += a[t][p * m + i] * b[t][p * n + j];
                        }
                    }
                    assertThat((double) c[j * m + i]).isEqualTo(sum, within(1e-4));
                }
            }
        }
    }

    private float[][] gaussians(int count) {
        float[][] values = new float[TERMS][count];
        for (float[] some : values) {
            for (int k = 0; k < count; k++) {
                some[k] = (float) random.nextGaussian();
            }
        }
        return values;
    }
}
