package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The largest evidence of each of the last eight episodes of a series: what is a habit of it, and what a routine. */
final class Peaks {
    private static final int COUNT = 8;
    /** Peaks of one size, beside the first, that make it usual enough not to be told again. */
    private static final int HABIT = 2;

    /** Steps after which a peak is half forgotten and more. */
    private static final double MEMORY = 1500;

    /** What was told at this time on one of so many days before, or a week before, and is no stronger now, is a routine. */
    private static final int DAYS = 2;

    private static final int WEEK = 7;
    /** How far its time may be off, as a share of a day: half an hour. */
    private static final double SLACK = 1 / 48.0;
    /** The sign of a peak as a half: a person knows of it. */
    private static final int KNOWN = 0x8000;

    /** [peaks]: decades as a half, 0 where there is none, with the sign {@link #KNOWN}. */
    private int[] sizes = new int[COUNT];
    /** [peaks]: the step of each. */
    private int[] steps = new int[COUNT];

    private int newest;
    /** Bit i: peak i was a level that was accepted, and its step is the first of its run. */
    private int levels;

    /** In decades; 0 for none. */
    private float size(int i) {
        return Math.abs(Half.value((short) sizes[i]));
    }

    /** That of the newest episode, in decades; 0 for none. */
    float newest() {
        return size(newest);
    }

    /**
     * 0 where the series has had one peak of this size at most, for one is no habit; more for every other that it has had in earlier episodes.
     *
     * @param all the evidence now, in decades
     * @param now whether the newest peak is of the episode that goes on now
     */
    double earlier(double all, boolean now, int step) {
        double earlier = 0;
        double most = 0;
        for (int i = 0; i < COUNT; i++) {
            float peak = size(i);
            if (peak > 0 && !(now && i == newest)) {
                double ratio = Math.min(1, peak / all);
                double weight = Math.exp((steps[i] - step) / MEMORY) * ratio * ratio;
                earlier += weight;
                most = Math.max(most, weight);
            }
        }
        return earlier - most;
    }

    /**
     * The largest peak that a person knows of at this time of one of the {@link #DAYS} days before or of a week before; 0 for none. What was a level then is a
     * routine until as many steps are odd as it takes to accept one.
     *
     * @param run steps before this one that belong to its run of odd steps, as far as they may be those of a level
     */
    double known(int day, int step, int run) {
        double most = 0;
        for (int i = 0; i < COUNT; i++) {
            int age = step - (isLevel(i) ? run : 0) - steps[i];
            double days = Math.rint((double) age / day);
            boolean then = days >= 1 && days <= DAYS || days == WEEK;
            boolean near = Math.abs(age - days * day) <= Math.max(1, SLACK * day);
            if (then && near && (sizes[i] & KNOWN) != 0) {
                most = Math.max(most, size(i));
            }
        }
        return most;
    }

    private boolean isLevel(int i) {
        return (levels >> i & 1) == 1;
    }

    /** Begins the peak of another episode; {@link #put} fills it. */
    void next() {
        newest = (newest + 1) % COUNT;
    }

    /** Takes so many decades as the newest peak. */
    void put(double decades, int step) {
        put(Half.of((float) decades), step);
    }

    private void put(int size, int step) {
        sizes[newest] = size;
        steps[newest] = step;
        levels &= ~(1 << newest);
    }

    /** Takes note that a person knows of the newest peak. */
    void know() {
        sizes[newest] |= KNOWN;
    }

    /** The newest peak is to be told when it comes again. */
    void unknow() {
        sizes[newest] &= ~KNOWN;
    }

    /** Takes the newest peak as usual for the series: as if it had come {@link #HABIT} times more, for one is no habit. */
    void accept() {
        int size = sizes[newest];
        int when = steps[newest];
        for (int i = 0; i < HABIT; i++) {
            next();
            put(size, when);
        }
    }

    /** Takes the newest peak, if it lies in a run of odd steps, for that of a level that is accepted. */
    void settle(int firstOfRun) {
        if (steps[newest] >= firstOfRun) {
            steps[newest] = firstOfRun;
            levels |= 1 << newest;
        }
    }

    void write(DataOutput out, int step) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            out.writeShort(sizes[i]);
            Bulk.writeSmall(out, step - steps[i]);
        }
        out.writeByte(newest | (levels & 1) << 3);
    }

    void read(DataInput in, int step) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            sizes[i] = in.readShort();
            steps[i] = step - (int) Bulk.readSmall(in);
        }
        int last = in.readByte();
        newest = last % COUNT;
        levels = last / COUNT;
    }

    /** Seven of the levels and a bit that is not of the peaks, in one byte: it was a byte before there were levels. */
    void writeLevels(DataOutput out, boolean other) throws IOException {
        out.writeByte(levels & ~1 | (other ? 1 : 0));
    }

    /** The result is the other bit. */
    boolean readLevels(DataInput in) throws IOException {
        int bits = in.readUnsignedByte();
        levels |= bits & ~1;
        return (bits & 1) == 1;
    }

    /** The first eight formats held steps as ints. */
    void readEighth(DataInput in) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            sizes[i] = in.readShort();
            steps[i] = in.readInt();
        }
        newest = in.readByte();
    }
}
