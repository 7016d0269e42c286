package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    private final double[] gain = new double[3];

    private double learn(LeastSquares squares, double[] x, double y) {
        double error = y - squares.of(x);
        squares.learn(x, error, 1, gain);
        return error;
    }

    @Test
    void weightsAreFoundToManyDigits() {
        Random random = new Random(1);
        LeastSquares squares = new LeastSquares(3, 1e4);
        for (int k = 0; k < 2000; k++) {
            double a = random.nextGaussian();
            double b = a + 0.01 * random.nextGaussian(); // nearly the same
            learn(squares, new double[] {1, a, b}, 2 + 3 * a - 4 * b);
        }
        assertThat(squares.of(new double[] {1, 0, 0})).isCloseTo(2, within(1e-3));
        assertThat(squares.of(new double[] {1, 0.5, -0.5})).isCloseTo(5.5, within(1e-2));
    }

    /** Half a million steps in which one input never varies and two are the same, then others. */
    @Test
    void whatIsNeverSeenDoesNotGrowAndIsLearntWhenItComes() {
        Random random = new Random(2);
        LeastSquares squares = new LeastSquares(3, 1e4);
        for (int k = 0; k < 500_000; k++) {
            double a = random.nextGaussian();
            learn(squares, new double[] {0, a, a}, a);
        }
        double largest = 0;
        for (int k = 0; k < 2000; k++) {
            double a = random.nextGaussian();
            double error = learn(squares, new double[] {1, a, -a}, 5 + 2 * a);
            largest = k < 20 ? 0 : Math.max(largest, Math.abs(error));
        }
        assertThat(largest).isLessThan(0.1);
    }
}
