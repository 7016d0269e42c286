package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The steps of one series that are still open, as sums of the values that have come. In the usual case one or two. */
public final class OpenSteps {
    private static final int USUAL = 2;
    /** Of each step: its start, the bits of the sum, and how many values have come. */
    private static final int NUMBERS = 3;

    private static final int SUM = 1;
    private static final int COUNT = 2;
    private static final long[] NONE = {};
    private static final double[] NO_COVARIATES = {};
    /** Beside the number of covariates, which is less. */
    private static final int COUNTER = 0x80;

    private int size;
    /** [size or more][{@link #NUMBERS}], flat, ascending. */
    private long[] steps = NONE;
    /** Null where readings have none. */
    private @Nullable OpenCovariates covariates;
    /** Null where the values are what is judged. */
    private @Nullable Counter counter;

    /** Says, before the first reading, whether the values are those of a counter, so that what it grows by is judged. */
    public void begin(boolean isCounter) {
        counter = isCounter ? new Counter() : null;
    }

    /** Whether the values are those of a counter. */
    public boolean isCounter() {
        return counter != null;
    }

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

    /** The same without covariates, at the beginning of the step. */
    public boolean add(long startMillis, double value) {
        return add(startMillis, startMillis, value, NO_COVARIATES);
    }

    /**
     * Takes a reading; true if it opens its step.
     *
     * @param timeMillis of the reading, within its step
     * @param value NaN for a missing one
     * @param others values of the covariates, the same likewise; as many as before, or those before are forgotten
     */
    public boolean add(long startMillis, long timeMillis, double value, double[] others) {
        int at = size;
        while (at > 0 && start(at - 1) > startMillis) {
            at--;
        }
        boolean opens = at == 0 || start(at - 1) != startMillis;
        if (opens) {
            insert(at, startMillis);
        } else {
            at--;
        }
        if (!Double.isNaN(value)) {
            steps[NUMBERS * at + SUM] = Double.doubleToRawLongBits(sum(at) + value);
            steps[NUMBERS * at + COUNT]++;
            if (counter != null) {
                counter.add(startMillis, timeMillis, value);
            }
        }
        if (others.length > 0) {
            covariatesOf(others.length).add(at, others);
        }
        return opens;
    }

    private long start(int at) {
        return steps[NUMBERS * at];
    }

    private double sum(int at) {
        return Double.longBitsToDouble(steps[NUMBERS * at + SUM]);
    }

    private int count(int at) {
        return (int) steps[NUMBERS * at + COUNT];
    }

    /** Place of a step; below 0 where it is not open. */
    private int find(long startMillis) {
        int at = size - 1;
        while (at >= 0 && start(at) != startMillis) {
            at--;
        }
        return at;
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
        if (NUMBERS * size == steps.length) {
            resize(Math.max(1, 2 * size));
        }
        int place = NUMBERS * at;
        System.arraycopy(steps, place, steps, place + NUMBERS, NUMBERS * (size - at));
        steps[place] = startMillis;
        steps[place + SUM] = Double.doubleToRawLongBits(0);
        steps[place + COUNT] = 0;
        size++;
        if (covariates != null) {
            covariates.insert(at, size);
        }
    }

    /** The last millisecond of every step that is open, ascending. */
    public long[] ends(long stepMillis) {
        long[] ends = new long[size];
        for (int i = 0; i < size; i++) {
            ends[i] = endOf(start(i), stepMillis);
        }
        return ends;
    }

    /** Whether any step is open. */
    public boolean isAny() {
        return size > 0;
    }

    /**
     * Whether a series has had no step for a while.
     *
     * @param lastMillis beginning of its newest step that was closed
     * @param sinceMillis no step is open, and that one had ended by then
     */
    public boolean isIdle(long lastMillis, long sinceMillis, long stepMillis) {
        return !isAny() && endOf(lastMillis, stepMillis) <= sinceMillis;
    }

    /** Whether this step is open. */
    public boolean holds(long startMillis) {
        return find(startMillis) >= 0;
    }

    /** How many values have come for a step, missing ones not counted. */
    public int readings(long startMillis) {
        int at = find(startMillis);
        return at < 0 ? 0 : count(at);
    }

    /** Fills the means of a step's covariates, NaN where all values were missing; before it is closed. */
    public void covariates(long startMillis, double[] out) {
        int at = find(startMillis);
        if (at >= 0 && covariates != null && covariates.width == out.length) {
            covariates.means(at, out);
        } else {
            Arrays.fill(out, Double.NaN);
        }
    }

    /**
     * Ends a step.
     *
     * @param stepMillis length of a step; 0: every reading is one
     * @return what is judged: the mean of its values, or what a counter has grown by; NaN where that is not known
     */
    public double close(long startMillis, long stepMillis) {
        double mean = close(startMillis);
        return counter == null ? mean : counter.close(startMillis, stepMillis);
    }

    /**
     * Ends a step.
     *
     * @return the mean of its values; NaN if all of them were missing or it was not open
     */
    public double close(long startMillis) {
        int at = find(startMillis);
        if (at < 0) {
            return Double.NaN;
        }
        double mean = count(at) == 0 ? Double.NaN : sum(at) / count(at);
        size--;
        System.arraycopy(steps, NUMBERS * (at + 1), steps, NUMBERS * at, NUMBERS * (size - at));
        if (covariates != null) {
            covariates.remove(at, size);
        }
        if (size <= USUAL && steps.length > NUMBERS * 4 * USUAL) {
            resize(USUAL);
            if (covariates != null) {
                covariates.trim(USUAL);
            }
        }
        return mean;
    }

    private void resize(int capacity) {
        steps = Arrays.copyOf(steps, NUMBERS * capacity);
    }

    OpenSteps copy() {
        OpenSteps copy = new OpenSteps();
        copy.size = size;
        copy.steps = steps.length == 0 ? steps : steps.clone();
        copy.covariates = covariates == null ? null : covariates.copy();
        copy.counter = counter == null ? null : counter.copy();
        return copy;
    }

    void write(DataOutput out) throws IOException {
        Bulk.writeSmall(out, size);
        for (int i = 0; i < size; i++) {
            out.writeLong(start(i));
            out.writeLong(steps[NUMBERS * i + SUM]);
            out.writeInt(count(i));
        }
    }

    void read(DataInput in, int format) throws IOException {
        size = Bulk.readSmall(in, format);
        resize(size);
        for (int i = 0; i < size; i++) {
            steps[NUMBERS * i] = in.readLong();
            steps[NUMBERS * i + SUM] = in.readLong();
            steps[NUMBERS * i + COUNT] = in.readInt();
        }
    }

    /** Writes what {@link #write} leaves out, one byte where there are no covariates and no counter. */
    void writeRest(DataOutput out) throws IOException {
        out.writeByte((covariates == null ? 0 : covariates.width) | (counter == null ? 0 : COUNTER));
        if (covariates != null) {
            covariates.write(out, size);
        }
        if (counter != null) {
            counter.write(out);
        }
    }

    void readRest(DataInput in) throws IOException {
        int there = in.readUnsignedByte();
        int width = there & ~COUNTER;
        if (width > 0) {
            covariates = new OpenCovariates(width);
            covariates.read(in, size);
        }
        counter = (there & COUNTER) == 0 ? null : Counter.read(in);
    }
}
