package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Recursive least squares with a ridge and slow forgetting (Haykin, Adaptive Filter Theory, chapter 10), where a large error counts less. One
 * series' regression: its weights and the inverse covariance of its inputs, single precision.
 */
final class Regression {
    /** Errors of this many scales count half. */
    private static final double ROBUST = 3;

    private static final double KEPT = 1 - 1.0 / 2000;
    private static final float RIDGE = 0.1f;
    /** Directions that are never seen must not grow for ever: nothing is forgotten beyond this multiple of the start. */
    private static final double LARGEST = 10;

    private final int size;
    /** [size] weights, then [size * (size + 1) / 2] inverse covariance, the lower triangle by rows. */
    private float[] numbers;

    private int count;
    /** The season that it was learnt with; another one begins anew. */
    private int season = -1;

    Regression(int size) {
        this.size = size;
        numbers = new float[size + size * (size + 1) / 2];
    }

    /** Begins anew if the season has changed; the result is whether it has. */
    boolean fit(int season) {
        boolean changed = this.season != season;
        if (changed) {
            begin(season);
        }
        return changed;
    }

    /** Begins anew. */
    void begin(int season) {
        this.season = season;
        count = 0;
        Arrays.fill(numbers, 0, size, 0);
        ridge();
    }

    /** Values that it was learnt from. */
    int count() {
        return count;
    }

    private void ridge() {
        int at = size;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                numbers[at++] = i == j ? RIDGE : 0;
            }
        }
    }

    /** Whether it was learnt with this season, from enough values to be asked. */
    boolean isReady(int season) {
        return this.season == season && count >= 2 * size;
    }

    /** Fills {@code out} with the weights, [size or more]. */
    void weights(double[] out) {
        for (int i = 0; i < size; i++) {
            out[i] = numbers[i];
        }
    }

    /** The estimate for these inputs, [size]. */
    double of(double[] x) {
        return of(x, 0);
    }

    /** The same for inputs that begin at a place of {@code x}. */
    double of(double[] x, int from) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += numbers[i] * x[from + i];
        }
        return sum;
    }

    /**
     * Learns one pair.
     *
     * @param x [size], of the order of 1
     * @param gain [size or more], scratch
     */
    void learn(double[] x, double y, double[] gain) {
        Arrays.fill(gain, 0, size, 0);
        int at = size;
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int j = 0; j < i; j++) {
                double p = numbers[at++];
                sum += p * x[j];
                gain[j] += p * x[i];
            }
            gain[i] += sum + numbers[at++] * x[i];
        }
        double power = 0;
        for (int i = 0; i < size; i++) {
            power += gain[i] * x[i];
        }
        if (!(power >= 0)) {
            ridge(); // single precision has lost the sign; the weights stay
            return;
        }
        double error = y - of(x);
        double weight = 1 / (1 + Math.abs(error) / ROBUST);
        update(error, weight / (KEPT + weight * power), gain);
        count = Math.min(count + 1, Integer.MAX_VALUE - 1);
    }

    private void update(double error, double factor, double[] gain) {
        double trace = 0;
        for (int i = 0, diagonal = size; i < size; i++, diagonal += i + 1) {
            numbers[i] += (float) (factor * gain[i] * error);
            trace += numbers[diagonal];
        }
        double grow = trace > LARGEST * RIDGE * size ? 1 : 1 / KEPT;
        int at = size;
        for (int i = 0; i < size; i++) {
            double step = factor * gain[i];
            for (int j = 0; j <= i; j++) {
                numbers[at] = (float) ((numbers[at] - step * gain[j]) * grow);
                at++;
            }
        }
    }

    void write(DataOutput out) throws IOException {
        Bulk.writeSmall(out, count);
        out.writeShort(season);
        Bulk.write(out, numbers);
    }

    void read(DataInput in, int format) throws IOException {
        count = Bulk.readSmall(in, format);
        season = in.readShort();
        Bulk.read(in, numbers, format);
    }
}
