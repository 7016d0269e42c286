package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What was learnt of how the mixture of one series' experts errs where some of them differ from it, by recursive least squares in each bucket of steps ahead, and
 * what that was worth; 5 kB. What all of them said of the leads that are judged is kept until the actual comes.
 */
final class StackFit {
    /** Among what waits of a forecast: the mixture, then the mixture corrected, then the members. */
    private static final int CORRECTED = 1;

    private static final int FIRST_MEMBER = 2;
    /** Inverse covariance at the start: a strong pull towards the mixture as it is. */
    private static final double START = 0.003;
    /** Errors of this many scales count half. */
    private static final double ROBUST = 3;

    /** Largest difference and error, in scales. */
    private static final double MOST_DIFFERENT = 10;

    private static final double MOST_WRONG = 20;
    /** Between the absolute and the squared error: neither the median nor the mean is to lose. */
    private static final double POWER = 1.5;

    private static final int WINDOW = 2000;
    private static final int USUAL_WINDOW = 200;
    /** Largest loss of one correction, in usual losses. */
    private static final double MOST_GAINED = 100;

    /** Forecasts that overlap tell less of each other than so many: one, and a quarter of the lead more. */
    private static final double OVERLAP = 0.25;

    private final int members;
    /** [buckets], or empty. */
    private LeastSquares[] squares;
    /** [places][2 + members], flat, in the unit of the series; NaN: nothing. */
    private double[] waiting;
    /** [buckets] mean of what a correction has gained, in usual losses; then [buckets] its mean square; then [buckets] the usual loss. */
    private float[] gains;
    /** [buckets]: corrections that were judged. */
    private int[] counts;

    /** @param members 0: it takes no memory to speak of */
    StackFit(int members) {
        this.members = members;
        int buckets = members == 0 ? 0 : Buckets.LEADS.length;
        squares = new LeastSquares[buckets];
        Arrays.setAll(squares, bucket -> new LeastSquares(members, START));
        waiting = new double[(members == 0 ? 0 : Waiting.PLACES) * (FIRST_MEMBER + members)];
        Arrays.fill(waiting, Double.NaN);
        gains = new float[3 * buckets];
        counts = new int[buckets];
    }

    /** Moves all of the past by so much. */
    void shift(double distance) {
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] += distance;
        }
    }

    private int place(int bucket, long step) {
        return Waiting.place(bucket, step) * (FIRST_MEMBER + members);
    }

    /**
     * Keeps what is said of the lead of a bucket until its actual comes.
     *
     * @param said [members]
     */
    void wait(int bucket, long step, double mixture, double corrected, double[] said) {
        int at = place(bucket, step);
        waiting[at] = mixture;
        waiting[at + CORRECTED] = corrected;
        System.arraycopy(said, 0, waiting, at + FIRST_MEMBER, members);
    }

    /**
     * Learns from the value of the newest step, and forgets what was said of it.
     *
     * @param y NaN where it is missing
     * @param x [members], scratch
     * @param gain the same
     */
    void learn(double y, double scale, long step, double[] x, double[] gain) {
        for (int bucket = 0; bucket < squares.length; bucket++) {
            int at = place(bucket, step);
            double mixture = waiting[at];
            double error = bounded((y - mixture) / scale, MOST_WRONG);
            if (!Double.isNaN(error)) {
                judge(bucket, error, bounded((y - waiting[at + CORRECTED]) / scale, MOST_WRONG));
                System.arraycopy(waiting, at + FIRST_MEMBER, x, 0, members);
                differences(x, mixture, scale);
                double missed = error - squares[bucket].of(x);
                squares[bucket].learn(x, missed, 1 / (1 + Math.abs(missed) / ROBUST), gain);
            }
            waiting[at] = Double.NaN;
        }
    }

    /** A gain counts in usual losses of late: where errors have become a hundred times as small, those of before must not decide. */
    private void judge(int bucket, double error, double corrected) {
        int buckets = squares.length;
        double loss = Math.pow(Math.abs(error), POWER);
        counts[bucket] = Math.min(counts[bucket] + 1, WINDOW);
        float usual = Ewma.next(gains[2 * buckets + bucket], loss, counts[bucket], USUAL_WINDOW);
        gains[2 * buckets + bucket] = usual;
        double gained = usual > 0 ? Math.max(-MOST_GAINED, (loss - Math.pow(Math.abs(corrected), POWER)) / usual) : 0;
        gains[bucket] = Ewma.next(gains[bucket], gained, counts[bucket], WINDOW);
        gains[buckets + bucket] = Ewma.next(gains[buckets + bucket], gained * gained, counts[bucket], WINDOW);
    }

    /**
     * How far a correction is believed: not at all where it has lost by a standard error or more, wholly where it has gained as much, and less
     * while few were judged: weights that hundreds of values tell lose even where their mean gain looks good.
     *
     * @return 0 to 1
     */
    double share(int bucket) {
        double judged = counts[bucket] / (1 + OVERLAP * Buckets.LEADS[bucket]);
        double chance = Math.sqrt(gains[squares.length + bucket] / judged);
        if (!(chance > 0)) {
            return 0;
        }
        double believed = Math.max(0, Math.min(1, (1 + gains[bucket] / chance) / 2));
        return believed * counts[bucket] / WINDOW;
    }

    /** What is to be added to the mixture, in scales, where members differ from it like this. */
    double correction(int bucket, double[] x) {
        return squares[bucket].of(x);
    }

    /** Turns forecasts into differences from the mixture, in scales; none where there is no forecast. */
    static void differences(double[] said, double mixture, double scale) {
        for (int i = 0; i < said.length; i++) {
            double difference = bounded((said[i] - mixture) / scale, MOST_DIFFERENT);
            said[i] = Double.isNaN(difference) ? 0 : difference;
        }
    }

    private static double bounded(double value, double bound) {
        return Math.max(-bound, Math.min(bound, value));
    }

    void write(DataOutput out) throws IOException {
        for (LeastSquares one : squares) {
            one.write(out);
        }
        Bulk.write(out, waiting);
        Bulk.write(out, gains);
        for (int count : counts) {
            out.writeShort(count);
        }
    }

    void read(DataInput in, int format) throws IOException {
        for (LeastSquares one : squares) {
            one.read(in, format);
        }
        Bulk.read(in, waiting, format);
        Bulk.read(in, gains, format);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] = in.readUnsignedShort();
        }
    }
}
