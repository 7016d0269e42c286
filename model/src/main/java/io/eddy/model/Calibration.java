package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What an amount of evidence means for this series: the share of its past with as much, learnt online in six numbers.
 *
 * <p>As in {@link Tail}, an online 98 % quantile with an exponential tail above it, here on the evidence itself, which is a logarithm
 * already. The length of the tail down to one in a thousand is steered until as many values lie there as should (a quantile tracked as in
 * adaptive conformal inference, Gibbs and Candes 2021): where several channels speak, their sum has not quite the tail of one. Beyond that a
 * series has too few values to learn a length from: the same decades of evidence say the same of every series, and now as later.
 */
final class Calibration extends Part<Calibration> {
    private static final double OUTSIDE = 0.02;
    private static final double LOG_OUTSIDE = -Math.log(OUTSIDE);
    private static final double WINDOW = 5000;
    private static final int FAST = 200;
    /**
     * How many times as much the newest values weigh as in a plain average, so that the first days of a series are forgotten (polynomial-decay
     * averaging, Shamir and Zhang 2013).
     */
    private static final double FORGET = 2;

    private static final int EXCEEDANCES = 200;
    private static final int PRIOR = 5;
    /** Mean excess, in decades, of evidence that is taken at its word. */
    private static final double AT_ITS_WORD = 0.43;

    private static final double FLOOR = 0.15;

    private static final double LOG_TEN = Math.log(10);
    /** Where the far tail begins. */
    private static final double RARE = 1e-3;

    /** From the quantile to there, in mean excesses. */
    private static final double NEAR = Math.log(OUTSIDE / RARE);

    private static final double LOG_RARE = Math.log(RARE);
    private static final double NEAR_RATE = 0.1;
    /** Of the logarithm of the length: a series with many anomalies must not make them normal. */
    private static final float NEAR_BOUND = 0.25f;
    /** Decades of the far tail in one of evidence: so many that normal times reach one in ten thousand as often as they should, see docs/scores.md. */
    private static final double FAR = 2.0 / 3;

    private float count;
    private float mean;
    /** Where a series that is hardly known begins. */
    private float quantile = 1.2f;

    private float excess;
    private float exceedances;
    private float logNear;

    /** Mean excess above the quantile, in decades. */
    private double spread() {
        double learnt = (PRIOR * AT_ITS_WORD + exceedances * excess) / (PRIOR + exceedances);
        return Math.max(learnt, Math.max(FLOOR, 0.1 * mean));
    }

    /** Natural logarithm of the probability of at least this much evidence in normal times; at most 0. */
    double logProbability(double evidence) {
        if (evidence <= quantile) {
            return -LOG_OUTSIDE * (quantile <= 0 ? 0 : evidence / quantile);
        }
        double length = spread() * Math.exp(logNear);
        double far = evidence - quantile - NEAR * length;
        return far <= 0 ? -LOG_OUTSIDE - (evidence - quantile) / length : LOG_RARE - FAR * LOG_TEN * far;
    }

    /** Learns from the evidence of one step, in decades, 0 or more. */
    void observe(double evidence) {
        count = (float) Math.min(count + 1, WINDOW);
        mean += (float) ((evidence - mean) / Math.max(1, count / FORGET));
        boolean rare = logProbability(evidence) <= LOG_RARE;
        double settled = Math.min(1, count / WINDOW);
        logNear += (float) (NEAR_RATE * settled * ((rare ? 1 : 0) - RARE));
        logNear = Math.max(-NEAR_BOUND, Math.min(NEAR_BOUND, logNear));
        double spread = spread();
        boolean outside = evidence > quantile;
        if (outside) {
            exceedances = Math.min(exceedances + 1, EXCEEDANCES);
            double limited = Math.min(evidence - quantile, LOG_TEN * spread) / 0.9;
            excess += (float) ((limited - excess) / Math.max(1, exceedances / FORGET));
        }
        double gain = Math.max(mean, spread) / OUTSIDE / Math.max(count / FORGET, FAST);
        quantile = (float) Math.max(0, quantile + gain * ((outside ? 1 : 0) - OUTSIDE));
    }

    /** What the sixth format holds beyond the earlier ones. */
    void writeNear(DataOutput out) throws IOException {
        out.writeFloat(logNear);
    }

    void readNear(DataInput in) throws IOException {
        logNear = in.readFloat();
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(count);
        out.writeFloat(mean);
        out.writeFloat(quantile);
        out.writeFloat(excess);
        out.writeFloat(exceedances);
        out.writeFloat(0); // once the length of the far tail
    }

    void read(DataInput in) throws IOException {
        count = in.readFloat();
        mean = in.readFloat();
        quantile = in.readFloat();
        excess = in.readFloat();
        exceedances = in.readFloat();
        in.readFloat();
    }
}
