package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LevinsonTest {
    private static final int LAGS = 26;

    /** Of a wave with noise, and of what forgets. */
    private static float[] correlations() {
        float[] correlations = new float[LAGS + 1];
        for (int lag = 0; lag <= LAGS; lag++) {
            correlations[lag] = (float) (0.5 * Math.cos(lag / 3.8) + 0.4 * Math.pow(0.8, lag));
        }
        correlations[0] = 1.005f;
        return correlations;
    }

    @Test
    void coefficientsExplainTheCorrelations() {
        float[] r = correlations();
        for (int order : new int[] {1, 2, 15, 16, LAGS}) {
            Levinson levinson = new Levinson();
            assertThat(levinson.solve(r, order)).isEqualTo(order);
            for (int lag = 1; lag <= order; lag++) {
                double explained = 0;
                for (int j = 1; j <= order; j++) {
                    explained += levinson.coefficient(j) * r[Math.abs(lag - j)];
                }
                assertThat(explained).isCloseTo(r[lag], within(1e-4));
            }
        }
    }

    @Test
    void endsWhereCorrelationsContradictEachOther() {
        Levinson levinson = new Levinson();
        assertThat(levinson.solve(new float[] {1, 0.5f, -0.9f, 0}, 3)).isEqualTo(1);
        assertThat(levinson.coefficient(1)).isEqualTo(0.5f);
    }

    @Test
    void vectorsMakeNoDifference() {
        Levinson vectors = new Levinson();
        Levinson plain = new Levinson();
        int found = vectors.solve(correlations(), LAGS);
        plain.begin(correlations());
        assertThat(plain.run(LAGS)).isEqualTo(found);
        for (int lag = 1; lag <= LAGS; lag++) {
            assertThat(vectors.coefficient(lag)).isEqualTo(plain.coefficient(lag));
        }
    }
}
