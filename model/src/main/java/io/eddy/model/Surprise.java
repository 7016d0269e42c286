package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How odd the one-step errors of a series are: four statistics, each turned into a tail probability. */
final class Surprise {
    private static final int CHANNELS = 4;
    /** What the newest error counts in the means of the last few. */
    static final double FAST = 0.2;

    private static final int SLOW_WINDOW = 200;
    private static final double BOUND = 1e6;
    /** Errors until the mean of the newest means something. */
    private static final int SETTLED = 20;
    /** Counts stay there. */
    private static final int MANY = Integer.MAX_VALUE - 1;
    /** The same for the first few errors, whose scale is hardly known. */
    private static final double YOUNG = 5;
    /**
     * Statistics rarer than this, in decades beyond the first, are learnt from when they come alone or stay for longer than {@link #PATIENCE} steps, not in
     * between, where an incident would teach that it is normal.
     */
    private static final double STRANGE = 2;

    private static final int PATIENCE = 12;
    /** The share of late steps on which a series stood still, as {@link #idle} has it, when it always did. */
    private static final int ALWAYS = 0xffff;
    /** Steps that this share is of, nearly: p-values of a series that has woken for good are right after a thousand. */
    private static final double IDLE_WINDOW = 500;
    /** The least share of steps on which it moves. */
    private static final double SELDOM = 0.05;

    /** Errors rarer than this count as this large in the means, so that one of them does not move a mean for long. */
    private static final double COMMON = Tail.beyond(0.01);

    /** [channels]: floor of each {@link Tail}. */
    private static final double[] FLOORS = {0.1, 0.05, 0.12, 0.2};

    /** [channels * {@link Tail#NUMBERS}]. */
    private float[] tails = new float[CHANNELS * Tail.NUMBERS];

    private float fastError;
    private float fastSize;
    private float slowSize;
    private int repeats;
    private int judged;
    private int strange;
    private int idle;

    /** Values that were judged. */
    int count() {
        return judged;
    }

    /** Whether the newest value has stayed for so long that it is how the series is: that is no news, and says nothing of how large errors are. */
    boolean standsStill() {
        return repeats > History.STILL;
    }

    /** The share of the values of late on which the series did not stand still, above 0 and up to 1. */
    double awake() {
        return Math.max(SELDOM, 1 - (double) idle / ALWAYS);
    }

    /** The mean absolute error of late, in scales. */
    double meanError() {
        return slowSize;
    }

    /**
     * How large errors were in the last few steps, beside what was to be expected of them; half of it is what is usual, so that an hour without
     * errors says little. 1 of a series that is hardly known.
     *
     * @param expected their size, in those of late
     */
    double lately(double expected) {
        return judged < SETTLED || slowSize <= 0 ? 1 : (fastSize / slowSize + 1) / (expected + 1);
    }

    /** The largest absolute error, in scales, that is still within the given false-alarm rate. */
    double edge(double alpha) {
        return Tail.edge(tails, 0, FLOORS[0], Tail.beyond(alpha / CHANNELS));
    }

    /**
     * Judges a one-step error, then learns from it.
     *
     * @param error (value - forecast) / scale
     * @param same whether the value equals the one before to the last bit
     * @param decades filled at the places of the first four channels: -log10 of the tail probability, less one
     */
    void judge(double error, boolean same, double[] decades) {
        double size = Math.min(Math.abs(error), BOUND);
        double normal = count() < 10 ? Math.min(size, YOUNG) : Math.min(size, Tail.edge(tails, 0, FLOORS[0], COMMON));
        fastError += (float) (FAST * (Math.copySign(normal, error) - fastError));
        fastSize += (float) (FAST * (normal - fastSize));
        repeats = same ? Math.min(repeats + 1, MANY) : 0;
        decades[0] = judge(0, Tail.log(size));
        decades[1] = judge(1, Tail.log(Math.abs(fastError)));
        decades[2] = judge(2, Tail.log(slowSize <= 0 ? 0 : Math.min(fastSize / slowSize, BOUND)));
        decades[3] = standsStill() ? 0 : judge(3, Tail.log(repeats));
        double most = 0;
        for (int i = 0; i < CHANNELS; i++) {
            most = Math.max(most, decades[i]);
        }
        strange = most > STRANGE ? Math.min(strange + 1, ALWAYS) : 0;
        idle += (int) Math.rint(((standsStill() ? ALWAYS : 0) - idle) / IDLE_WINDOW);
        if (!standsStill()) {
            judged = Math.min(judged + 1, MANY);
            slowSize = Ewma.next(slowSize, normal, judged, SLOW_WINDOW);
        }
    }

    private double judge(int channel, double statistic) {
        double decades = Tail.decades(tails, channel, FLOORS[channel], statistic);
        if (!standsStill() && (decades <= STRANGE || strange < 2 || strange > PATIENCE)) {
            Tail.observe(tails, channel, FLOORS[channel], statistic);
        }
        return decades;
    }

    /** Forgets the errors of late, for they were those of a level that has been left. */
    void settle() {
        fastError = 0;
        fastSize = slowSize;
    }

    /** Goes over steps that are not judged: the errors before them are hardly those of late any more. */
    void pass(long steps) {
        double left = Math.pow(1 - FAST, steps);
        fastError = (float) (left * fastError);
        fastSize = (float) (slowSize + left * (fastSize - slowSize));
    }

    /** Learns fast for a while: the forecasts have become others. */
    void loosen() {
        for (int i = 0; i < CHANNELS; i++) {
            Tail.loosen(tails, i);
        }
    }

    void write(DataOutput out) throws IOException {
        for (int i = 0; i < CHANNELS; i++) {
            Tail.write(tails, i, out);
        }
        out.writeFloat(fastError);
        out.writeFloat(fastSize);
        out.writeFloat(slowSize);
        out.writeInt(repeats);
        out.writeInt(judged);
        out.writeInt(idle << Short.SIZE | strange); // which had four bytes before there was a share
    }

    void read(DataInput in, int format) throws IOException {
        for (int i = 0; i < CHANNELS; i++) {
            if (format < 3) {
                Tail.readSecond(tails, i, in);
            } else {
                Tail.read(tails, i, in);
            }
        }
        boolean wide = format < 5;
        fastError = Bulk.readNumber(in, wide);
        fastSize = Bulk.readNumber(in, wide);
        slowSize = Bulk.readNumber(in, wide);
        repeats = Bulk.readCount(in, wide);
        judged = Bulk.readCount(in, wide);
        int both = in.readInt();
        idle = both >>> Short.SIZE;
        strange = both & ALWAYS;
    }
}
