package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The covariates of the steps of one series that are open: sums beside those of {@link OpenSteps}, in its order. */
final class OpenCovariates {
    /** Covariates of a step, at least 1. */
    final int width;
    /** [steps or more][width], flat. */
    private double[] sums = {};

    private int[] counts = {};

    OpenCovariates(int width) {
        this.width = width;
    }

    /** Makes room for a step at a place; {@code size} steps are open with it. */
    void insert(int at, int size) {
        if (size * width > sums.length) {
            resize(2 * size * width);
        }
        int from = at * width;
        int moved = (size - 1 - at) * width;
        System.arraycopy(sums, from, sums, from + width, moved);
        System.arraycopy(counts, from, counts, from + width, moved);
        Arrays.fill(sums, from, from + width, 0);
        Arrays.fill(counts, from, from + width, 0);
    }

    /** Takes the values of a reading, NaN for missing ones. */
    void add(int at, double[] values) {
        for (int k = 0; k < width; k++) {
            if (!Double.isNaN(values[k])) {
                sums[at * width + k] += values[k];
                counts[at * width + k]++;
            }
        }
    }

    /** Fills the means of a step, NaN where all were missing. */
    void means(int at, double[] out) {
        for (int k = 0; k < width; k++) {
            int count = counts[at * width + k];
            out[k] = count == 0 ? Double.NaN : sums[at * width + k] / count;
        }
    }

    /** Closes up after a step that is over; {@code size} are left open. */
    void remove(int at, int size) {
        int from = at * width;
        int moved = (size - at) * width;
        System.arraycopy(sums, from + width, sums, from, moved);
        System.arraycopy(counts, from + width, counts, from, moved);
    }

    /** Gives up room beyond that of so many steps. */
    void trim(int steps) {
        resize(steps * width);
    }

    private void resize(int capacity) {
        sums = Arrays.copyOf(sums, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    OpenCovariates copy() {
        OpenCovariates copy = new OpenCovariates(width);
        copy.sums = sums.clone();
        copy.counts = counts.clone();
        return copy;
    }

    void write(DataOutput out, int size) throws IOException {
        for (int k = 0; k < size * width; k++) {
            out.writeDouble(sums[k]);
            out.writeInt(counts[k]);
        }
    }

    void read(DataInput in, int size) throws IOException {
        resize(size * width);
        for (int k = 0; k < size * width; k++) {
            sums[k] = in.readDouble();
            counts[k] = in.readInt();
        }
    }
}
