package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Recursive least squares as {@link Regression} does them, in double precision: what iterates a map for dozens of steps asks for weights that are
 * right to a thousandth of those of {@link Regression}, from inputs that are nearly the same.
 */
final class LeastSquares {
    private static final double KEPT = 1 - 1.0 / 5000;

    private final int size;
    /** Inverse covariance before anything was learnt, and the most there is on average. */
    private final double start;
    /** [size] weights, then [size * (size + 1) / 2] inverse covariance, the lower triangle by rows. */
    private double[] numbers;

    LeastSquares(int size, double start) {
        this.size = size;
        this.start = start;
        numbers = new double[size + size * (size + 1) / 2];
        begin();
    }

    /** Forgets all. */
    void begin() {
        Arrays.fill(numbers, 0, size, 0);
        loosen();
    }

    private void loosen() {
        int at = size;
        for (int i = 0; i < size; i++) {
            Arrays.fill(numbers, at, at + i, 0);
            at += i;
            numbers[at++] = start;
        }
    }

    /** The estimate for these inputs, [size]. */
    double of(double[] x) {
        return product(0, size, x);
    }

    /**
     * Learns one pair.
     *
     * @param x [size], of the order of 1
     * @param error what is missing in the estimate for them
     * @param weight of the pair, 0 to 1
     * @param gain [size], scratch
     */
    void learn(double[] x, double error, double weight, double[] gain) {
        Arrays.fill(gain, 0);
        int row = size;
        for (int i = 0; i < size; i++) {
            double one = x[i];
            for (int j = 0; j < i; j++) {
                gain[j] += numbers[row + j] * one;
            }
            gain[i] += product(row, i + 1, x);
            row += i + 1;
        }
        double power = 0;
        for (int i = 0; i < size; i++) {
            power += gain[i] * x[i];
        }
        if (!(power >= 0)) {
            loosen(); // rounding has lost the sign; the weights stay
            return;
        }
        update(error, weight / (KEPT + weight * power), gain);
    }

    /** So many numbers from a place on by the inputs; four sums, for one alone would wait for itself. */
    private double product(int from, int count, double[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < count; j += 4) {
            a += numbers[from + j] * x[j];
            b += numbers[from + j + 1] * x[j + 1];
            c += numbers[from + j + 2] * x[j + 2];
            d += numbers[from + j + 3] * x[j + 3];
        }
        for (; j < count; j++) {
            a += numbers[from + j] * x[j];
        }
        return a + b + (c + d);
    }

    private void update(double error, double factor, double[] gain) {
        double trace = 0;
        for (int i = 0, diagonal = size; i < size; i++, diagonal += i + 1) {
            numbers[i] += factor * gain[i] * error;
            trace += numbers[diagonal];
        }
        // Directions that are never seen must not grow for ever: nothing is forgotten beyond the start.
        double grow = trace > start * size ? 1 : 1 / KEPT;
        int row = size;
        for (int i = 0; i < size; i++) {
            double step = factor * gain[i];
            for (int j = 0; j <= i; j++) {
                numbers[row + j] = (numbers[row + j] - step * gain[j]) * grow;
            }
            row += i + 1;
        }
    }

    void write(DataOutput out) throws IOException {
        Bulk.write(out, numbers);
    }

    void read(DataInput in, int format) throws IOException {
        Bulk.read(in, numbers, format);
    }
}
