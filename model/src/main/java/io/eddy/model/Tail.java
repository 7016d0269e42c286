package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Turns a non-negative statistic of one series into a tail probability, learnt online in four numbers.
 *
 * <p>On log(1 + x) an online estimate of the 98 % quantile (stochastic approximation, Robbins and Monro 1951) is followed, and the
 * excess above it is taken as exponential (the peaks-over-threshold idea of extreme value theory): a power law in x, which fits heavy tails and
 * is a little careful with light ones.
 */
final class Tail {
    private static final double OUTSIDE = 0.02;
    private static final double LOG_OUTSIDE = -Math.log(OUTSIDE);
    private static final int WINDOW = 1000;
    private static final int YOUNG = 10;
    private static final int FAST = 50;
    private static final double LOG_TEN = Math.log(10);
    private static final int PRIOR = 5;
    /** More values than this make no difference. */
    private static final int SETTLED = 1_000_000;

    private final double floor;
    private int count;
    private float mean;
    private float quantile;
    private float excess;
    private int exceedances;

    /** @param floor the least mean excess on the log scale: what a statistic that was always 0 may take before it is a surprise */
    Tail(double floor) {
        this.floor = floor;
    }

    /** A statistic, 0 or more, on the scale on which it is judged and learnt. */
    static double log(double x) {
        return x == 0 ? 0 : Math.log1p(x);
    }

    /**
     * Surprise at a value: decades of its tail probability beyond the first; below 0 for the usual ones.
     *
     * @param v its {@link #log}, which takes longer than all the rest
     */
    double decades(double v) {
        double nats = v <= quantile
                ? LOG_OUTSIDE * (quantile <= 0 ? 0 : v / quantile)
                : LOG_OUTSIDE + (v - quantile) / spread();
        return nats / LOG_TEN - 1;
    }

    /** The value whose tail probability is alpha, for alpha below 2 %. */
    double edge(double alpha) {
        return Math.expm1(quantile + spread() * Math.log(OUTSIDE / alpha));
    }

    /** Mean excess; the prior of a few exceedances keeps a young series from certainty. */
    private double spread() {
        double prior = 0.2 * mean;
        double learnt = (PRIOR * prior + exceedances * excess) / (PRIOR + exceedances);
        return Math.max(learnt, Math.max(floor, 0.1 * mean));
    }

    /** Learns from the {@link #log} of a value; one wild value moves the estimates no more than a rare one. */
    void observe(double v) {
        count = Math.min(count + 1, SETTLED);
        mean = (float) Ewma.next(mean, v, count, WINDOW);
        if (count <= YOUNG) {
            quantile = (float) (2.1 * mean);
            return;
        }
        if (v > quantile) {
            exceedances = Math.min(exceedances + 1, 100);
            // Limited to the largest tenth; the factor makes up for it where the excess is exponential.
            double limited = Math.min(v - quantile, LOG_TEN * spread()) / 0.9;
            excess = (float) Ewma.next(excess, limited, exceedances, 100);
        }
        // 1 / (density at the quantile) is about mean / OUTSIDE for an exponential body.
        double gain = mean / OUTSIDE / Math.min(Math.max(count, FAST), WINDOW);
        quantile = (float) Math.max(0, quantile + gain * ((v > quantile ? 1 : 0) - OUTSIDE));
    }

    /** Learns as fast as when it was young: the errors have another distribution from now on. */
    void loosen() {
        count = Math.min(count, FAST);
        exceedances = Math.min(exceedances, 1);
    }

    /** Values seen, up to a million. */
    int count() {
        return count;
    }

    /** Whether every value was 0. */
    boolean isZero() {
        return mean == 0 && quantile == 0 && excess == 0;
    }

    /** Reads the number of values that all were 0. */
    void readZero(DataInput in) throws IOException {
        count = in.readInt();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(count);
        out.writeFloat(mean);
        out.writeFloat(quantile);
        out.writeFloat(excess);
        out.writeByte(exceedances);
    }

    void read(DataInput in) throws IOException {
        count = in.readInt();
        mean = in.readFloat();
        quantile = in.readFloat();
        excess = in.readFloat();
        exceedances = in.readUnsignedByte();
    }

    /** Reads the first two formats, which held double precision. */
    void readSecond(DataInput in) throws IOException {
        count = (int) Math.min(in.readLong(), SETTLED);
        mean = (float) in.readDouble();
        quantile = (float) in.readDouble();
        excess = (float) in.readDouble();
        exceedances = (int) in.readLong();
    }
}
