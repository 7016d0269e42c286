package io.eddy.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivationsTest {
    private static final double BOUND = 5e-7;

    @Test
    void tanhIsWithinItsError() {
        double worst = 0;
        for (int k = -120_000; k <= 120_000; k++) {
            float x = k * 1e-4f;
            worst = Math.max(worst, Math.abs(Activations.tanh(x) - Math.tanh(x)));
        }
        assertThat(worst).isLessThan(BOUND);
    }

    @Test
    void sigmoidIsWithinItsError() {
        double worst = 0;
        for (int k = -240_000; k <= 240_000; k++) {
            float x = k * 1e-4f;
            worst = Math.max(worst, Math.abs(Activations.sigmoid(x) - 1 / (1 + Math.exp(-x))));
        }
        assertThat(worst).isLessThan(BOUND);
    }

    @Test
    void farValuesSaturate() {
        for (float x : new float[] {20, 1e10f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(Math.abs(Activations.tanh(x) - 1)).isLessThan((float) BOUND);
            assertThat(Math.abs(Activations.tanh(-x) + 1)).isLessThan((float) BOUND);
            assertThat(Activations.sigmoid(-x)).isBetween((float) -BOUND, (float) BOUND);
        }
    }

    @Test
    void noNumberStaysNoNumber() {
        assertThat(Activations.tanh(Float.NaN)).isNaN();
        assertThat(Activations.sigmoid(Float.NaN)).isNaN();
    }
}
