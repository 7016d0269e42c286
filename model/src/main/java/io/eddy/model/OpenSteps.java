package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The steps of one series that are still open, as sums of the values that have come. In the usual case one or two. */
public final class OpenSteps {
    private static final int USUAL = 2;
    private static final double[] NO_COVARIATES = {};

    private int size;
    /** [size or more], ascending. */
    private long[] starts = new long[USUAL];

    private double[] sums = new double[USUAL];
    private int[] counts = new int[USUAL];
    /** Null where readings have none. */
    private @Nullable OpenCovariates covariates;

    /** The beginning of the step that a time falls into; steps of length 0 hold what has the very same time. */
    public static long startOf(long timeMillis, long stepMillis) {
        return stepMillis == 0 ? timeMillis : timeMillis - Math.floorMod(timeMillis, stepMillis);
    }

    /** The last millisecond of the step that begins then. */
    public static long endOf(long startMillis, long stepMillis) {
        return startMillis + Math.max(stepMillis, 1) - 1;
    }

    /** The beginning of the step that ends with this millisecond. */
    public static long startOfEnd(long endMillis, long stepMillis) {
        return endMillis - Math.max(stepMillis, 1) + 1;
    }

    /** The same without covariates. */
    public boolean add(long startMillis, double value) {
        return add(startMillis, value, NO_COVARIATES);
    }

    /**
     * Takes a reading; true if it opens its step.
     *
     * @param value NaN for a missing one
     * @param others values of the covariates, the same likewise; as many as before, or those before are forgotten
     */
    public boolean add(long startMillis, double value, double[] others) {
        int at = size;
        while (at > 0 && starts[at - 1] > startMillis) {
            at--;
        }
        boolean opens = at == 0 || starts[at - 1] != startMillis;
        if (opens) {
            insert(at, startMillis);
        } else {
            at--;
        }
        if (!Double.isNaN(value)) {
            sums[at] += value;
            counts[at]++;
        }
        if (others.length > 0) {
            covariatesOf(others.length).add(at, others);
        }
        return opens;
    }

    private OpenCovariates covariatesOf(int width) {
        OpenCovariates known = covariates;
        if (known == null || known.width != width) {
            known = new OpenCovariates(width);
            for (int step = 0; step < size; step++) {
                known.insert(step, step + 1);
            }
            covariates = known;
        }
        return known;
    }

    private void insert(int at, long startMillis) {
        if (size == starts.length) {
            resize(2 * size);
        }
        System.arraycopy(starts, at, starts, at + 1, size - at);
        System.arraycopy(sums, at, sums, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        starts[at] = startMillis;
        sums[at] = 0;
        counts[at] = 0;
        size++;
        if (covariates != null) {
            covariates.insert(at, size);
        }
    }

    /** The last millisecond of every step that is open, ascending. */
    public long[] ends(long stepMillis) {
        return Arrays.stream(starts, 0, size)
                .map(start -> endOf(start, stepMillis))
                .toArray();
    }

    /** Whether any step is open. */
    public boolean isAny() {
        return size > 0;
    }

    /** Whether this step is open. */
    public boolean holds(long startMillis) {
        return Arrays.binarySearch(starts, 0, size, startMillis) >= 0;
    }

    /** How many values have come for a step, missing ones not counted. */
    public int readings(long startMillis) {
        int at = Arrays.binarySearch(starts, 0, size, startMillis);
        return at < 0 ? 0 : counts[at];
    }

    /** Fills the means of a step's covariates, NaN where all values were missing; before it is closed. */
    public void covariates(long startMillis, double[] out) {
        int at = Arrays.binarySearch(starts, 0, size, startMillis);
        if (at >= 0 && covariates != null && covariates.width == out.length) {
            covariates.means(at, out);
        } else {
            Arrays.fill(out, Double.NaN);
        }
    }

    /**
     * Ends a step.
     *
     * @return the mean of its values; NaN if all of them were missing or it was not open
     */
    public double close(long startMillis) {
        int at = Arrays.binarySearch(starts, 0, size, startMillis);
        if (at < 0) {
            return Double.NaN;
        }
        double mean = counts[at] == 0 ? Double.NaN : sums[at] / counts[at];
        size--;
        System.arraycopy(starts, at + 1, starts, at, size - at);
        System.arraycopy(sums, at + 1, sums, at, size - at);
        System.arraycopy(counts, at + 1, counts, at, size - at);
        if (covariates != null) {
            covariates.remove(at, size);
        }
        if (size <= USUAL && starts.length > 4 * USUAL) {
            resize(USUAL);
            if (covariates != null) {
                covariates.trim(USUAL);
            }
        }
        return mean;
    }

    private void resize(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        sums = Arrays.copyOf(sums, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(starts[i]);
            out.writeDouble(sums[i]);
            out.writeInt(counts[i]);
        }
    }

    void read(DataInput in) throws IOException {
        size = in.readInt();
        resize(Math.max(size, USUAL));
        for (int i = 0; i < size; i++) {
            starts[i] = in.readLong();
            sums[i] = in.readDouble();
            counts[i] = in.readInt();
        }
    }

    /** Writes what {@link #write} leaves out, one byte where there are no covariates. */
    void writeCovariates(DataOutput out) throws IOException {
        out.writeByte(covariates == null ? 0 : covariates.width);
        if (covariates != null) {
            covariates.write(out, size);
        }
    }

    void readCovariates(DataInput in) throws IOException {
        int width = in.readUnsignedByte();
        if (width > 0) {
            covariates = new OpenCovariates(width);
            covariates.read(in, size);
        }
    }
}
