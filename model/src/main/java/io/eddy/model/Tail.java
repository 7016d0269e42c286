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

    private final double floor;
    private long count;
    private double mean;
    private double quantile;
    private double excess;
    private long exceedances;

    /** @param floor the least mean excess on the log scale: what a statistic that was always 0 may take before it is a surprise */
    Tail(double floor) {
        this.floor = floor;
    }

    /** How many values were learnt from. */
    long count() {
        return count;
    }

    /** The probability, over this series' past, of a value at least this large; above 0, at most 1. */
    double probability(double x) {
        double v = Math.log1p(x);
        double p = v <= quantile
                ? Math.exp(-LOG_OUTSIDE * (quantile <= 0 ? 1 : v / quantile))
                : OUTSIDE * Math.exp(-(v - quantile) / spread());
        return Math.max(p, 1e-300);
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

    /** Learns from a value; one wild value moves the estimates no more than a rare one. */
    void observe(double x) {
        double v = Math.log1p(x);
        count++;
        mean = Ewma.next(mean, v, count, WINDOW);
        if (count <= YOUNG) {
            quantile = 2.1 * mean;
            return;
        }
        if (v > quantile) {
            exceedances = Math.min(exceedances + 1, 100);
            // Limited to the largest tenth; the factor makes up for it where the excess is exponential.
            double limited = Math.min(v - quantile, LOG_TEN * spread()) / 0.9;
            excess = Ewma.next(excess, limited, exceedances, 100);
        }
        // 1 / (density at the quantile) is about mean / OUTSIDE for an exponential body.
        double gain = mean / OUTSIDE / Math.min(Math.max(count, FAST), WINDOW);
        quantile = Math.max(0, quantile + gain * ((v > quantile ? 1 : 0) - OUTSIDE));
    }

    /** Learns as fast as when it was young: the errors have another distribution from now on. */
    void loosen() {
        count = Math.min(count, FAST);
        exceedances = Math.min(exceedances, 1);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(mean);
        out.writeDouble(quantile);
        out.writeDouble(excess);
        out.writeLong(exceedances);
    }

    void read(DataInput in) throws IOException {
        count = in.readLong();
        mean = in.readDouble();
        quantile = in.readDouble();
        excess = in.readDouble();
        exceedances = in.readLong();
    }
}
