package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Turns non-negative statistics of one series into tail probabilities, each learnt online in five numbers; those of several tails stand in one
 * array, [tails * {@link #NUMBERS}].
 *
 * <p>On log(1 + x) an online estimate of the 98 % quantile (stochastic approximation, Robbins and Monro 1951) is followed, and the
 * excess above it is taken as exponential (the peaks-over-threshold idea of extreme value theory): a power law in x, which fits heavy tails and
 * is a little careful with light ones.
 *
 * <p>A floor is the least mean excess on the log scale: what a statistic that was always 0 may take before it is a surprise.
 */
final class Tail {
    /** Of one tail: values seen up to a million, their mean, the quantile, the mean excess, exceedances. Counts are exact in single precision. */
    static final int NUMBERS = 5;

    private static final int COUNT = 0;
    private static final int MEAN = 1;
    private static final int QUANTILE = 2;
    private static final int EXCESS = 3;
    private static final int EXCEEDANCES = 4;

    private static final double OUTSIDE = 0.02;
    private static final double LOG_OUTSIDE = -Math.log(OUTSIDE);
    private static final int WINDOW = 1000;
    private static final int YOUNG = 10;
    private static final int FAST = 50;
    private static final double LOG_TEN = Math.log(10);
    private static final double ONE_IN_THOUSAND = beyond(1e-3);
    /** Below it two terms say as much of a logarithm as the JVM's functions for numbers near 1, which take twice as long as the others. */
    private static final double SMALL = 1e-4;

    private static final int PRIOR = 5;
    /** The value that one in a thousand exceeds, in means, of distances of normally distributed values from the mean of the last ones. */
    private static final double NORMAL = 2.85;
    /** More values than this make no difference. */
    static final int SETTLED = 1_000_000;

    private Tail() {}

    /** A statistic, 0 or more, on the scale on which it is judged and learnt. */
    static double log(double x) {
        return x < SMALL ? x - x * x / 2 : Math.log(1 + x);
    }

    /** The statistic of a {@link #log}. */
    private static double exp(double v) {
        return v < SMALL ? v + v * v / 2 : Math.exp(v) - 1;
    }

    /** From the quantile to the value whose tail probability is alpha, for alpha below 2 %, in mean excesses. */
    static double beyond(double alpha) {
        return Math.log(OUTSIDE / alpha);
    }

    /**
     * Surprise at a value: decades of its tail probability beyond the first; below 0 for the usual ones.
     *
     * @param v its {@link #log}, which takes longer than all the rest
     */
    static double decades(float[] tails, int tail, double floor, double v) {
        float quantile = tails[tail * NUMBERS + QUANTILE];
        double nats = v <= quantile
                ? LOG_OUTSIDE * (quantile <= 0 ? 0 : v / quantile)
                : LOG_OUTSIDE + (v - quantile) / spread(tails, tail, floor);
        return nats / LOG_TEN - 1;
    }

    /** The value so many mean excesses {@link #beyond} the quantile. */
    static double edge(float[] tails, int tail, double floor, double beyond) {
        return exp(tails[tail * NUMBERS + QUANTILE] + spread(tails, tail, floor) * beyond);
    }

    /**
     * How heavy the tail is: the value that one in a thousand exceeds, in means, beside that of normally distributed values. 1 for those, some 1.3 for
     * Student's t with 4 degrees of freedom, less where values fill a range.
     */
    static double heaviness(float[] tails, int tail) {
        float mean = tails[tail * NUMBERS + MEAN];
        double rare = tails[tail * NUMBERS + QUANTILE] + spread(tails, tail, 0) * ONE_IN_THOUSAND;
        return mean <= 0 || rare <= 0 ? 1 : rare / mean / NORMAL;
    }

    /** Mean excess; the prior of a few exceedances keeps a young series from certainty. */
    private static double spread(float[] tails, int tail, double floor) {
        float mean = tails[tail * NUMBERS + MEAN];
        int exceedances = (int) tails[tail * NUMBERS + EXCEEDANCES];
        double prior = 0.2 * mean;
        double learnt = (PRIOR * prior + exceedances * tails[tail * NUMBERS + EXCESS]) / (PRIOR + exceedances);
        return Math.max(learnt, Math.max(floor, 0.1 * mean));
    }

    /** Learns from the {@link #log} of a value; one wild value moves the estimates no more than a rare one. */
    static void observe(float[] tails, int tail, double floor, double v) {
        int at = tail * NUMBERS;
        int count = Math.min((int) tails[at + COUNT] + 1, SETTLED);
        float mean = Ewma.next(tails[at + MEAN], v, count, WINDOW);
        tails[at + COUNT] = count;
        tails[at + MEAN] = mean;
        if (count <= YOUNG) {
            tails[at + QUANTILE] = (float) (2.1 * mean);
            return;
        }
        float quantile = tails[at + QUANTILE];
        if (v > quantile) {
            int exceedances = Math.min((int) tails[at + EXCEEDANCES] + 1, 100);
            tails[at + EXCEEDANCES] = exceedances;
            // Limited to the largest tenth; the factor makes up for it where the excess is exponential.
            double limited = Math.min(v - quantile, LOG_TEN * spread(tails, tail, floor)) / 0.9;
            tails[at + EXCESS] = Ewma.next(tails[at + EXCESS], limited, exceedances, 100);
        }
        // 1 / (density at the quantile) is about mean / OUTSIDE for an exponential body.
        double gain = mean / OUTSIDE / Math.min(Math.max(count, FAST), WINDOW);
        tails[at + QUANTILE] = (float) Math.max(0, quantile + gain * ((v > quantile ? 1 : 0) - OUTSIDE));
    }

    /** Learns as fast as when it was young: the errors have another distribution from now on. */
    static void loosen(float[] tails, int tail) {
        int at = tail * NUMBERS;
        tails[at + COUNT] = Math.min(tails[at + COUNT], FAST);
        tails[at + EXCEEDANCES] = Math.min(tails[at + EXCEEDANCES], 1);
    }

    /** Values seen, up to a million. */
    static int count(float[] tails, int tail) {
        return (int) tails[tail * NUMBERS + COUNT];
    }

    /** Whether every value was 0. */
    static boolean isZero(float[] tails, int tail) {
        int at = tail * NUMBERS;
        return tails[at + MEAN] == 0 && tails[at + QUANTILE] == 0 && tails[at + EXCESS] == 0;
    }

    /** Takes over so many values that all were 0. */
    static void zeros(float[] tails, int tail, int count) {
        tails[tail * NUMBERS + COUNT] = count;
    }

    static void write(float[] tails, int tail, DataOutput out) throws IOException {
        int at = tail * NUMBERS;
        out.writeInt((int) tails[at + COUNT]);
        out.writeFloat(tails[at + MEAN]);
        out.writeFloat(tails[at + QUANTILE]);
        out.writeFloat(tails[at + EXCESS]);
        out.writeByte((int) tails[at + EXCEEDANCES]);
    }

    static void read(float[] tails, int tail, DataInput in) throws IOException {
        int at = tail * NUMBERS;
        tails[at + COUNT] = Math.min(in.readInt(), SETTLED);
        tails[at + MEAN] = in.readFloat();
        tails[at + QUANTILE] = in.readFloat();
        tails[at + EXCESS] = in.readFloat();
        tails[at + EXCEEDANCES] = in.readUnsignedByte();
    }

    /** Reads the first two formats, which held double precision. */
    static void readSecond(float[] tails, int tail, DataInput in) throws IOException {
        int at = tail * NUMBERS;
        tails[at + COUNT] = Math.min(in.readLong(), SETTLED);
        tails[at + MEAN] = (float) in.readDouble();
        tails[at + QUANTILE] = (float) in.readDouble();
        tails[at + EXCESS] = (float) in.readDouble();
        tails[at + EXCEEDANCES] = in.readLong();
    }
}
