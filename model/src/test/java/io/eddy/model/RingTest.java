package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RingTest {
    private final Ring ring = new Ring(5);

    @Test
    void remembersTheNewestAndForgetsTheRest() {
        for (int y = 1; y <= 8; y++) {
            push(y, 4, 1);
        }
        assertThat(new double[] {ring.ago(0), ring.ago(1), ring.ago(4)}).containsExactly(8, 7, 4);
        assertThat(ring.ago(5)).isNaN();
    }

    @Test
    void whatIsMissingIsNaN() {
        ring.push(Double.NaN);
        push(3, 3, 1);
        ring.push(Double.NaN);
        assertThat(ring.ago(0)).isNaN();
        assertThat(ring.ago(1)).isEqualTo(3);
        assertThat(ring.ago(2)).isNaN();
        assertThat(ring.ago(3)).isNaN();
    }

    @Test
    void followsALevelThatWandersOff() {
        for (int k = 0; k < 10_000; k++) {
            push(1e9 + 40 * k + 0.5, 1e9 + 40 * k, 40);
        }
        for (int lag = 0; lag < 5; lag++) {
            assertThat(ring.ago(lag)).isCloseTo(1e9 + 40 * (9999 - lag) + 0.5, within(0.5));
        }
    }

    @Test
    void followsAScaleThatGrowsAndShrinks() {
        push(5, 5, 1e-3);
        push(5e8, 5, 1e8);
        assertThat(ring.ago(0)).isCloseTo(5e8, within(1e6));
        for (int k = 0; k < 5; k++) {
            push(5.002, 5, 1e-3);
        }
        assertThat(ring.ago(0)).isCloseTo(5.002, within(1e-5));
    }

    @Test
    void aWildValueIsHeldDown() {
        push(10, 10, 1);
        push(-1e30, 10, 1);
        assertThat(ring.ago(0)).isBetween(-70_000.0, -60_000.0);
        assertThat(ring.ago(1)).isEqualTo(10);
    }

    private void push(double y, double level, double scale) {
        ring.follow(level, scale);
        ring.push(y);
    }
}
