package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What an amount of evidence means for this series: the share of its past with as much, learnt online in nine numbers.
 *
 * <p>As in {@link Tail}, an online 96 % quantile with an exponential tail above it, here on the evidence itself, which is a logarithm
 * already; of a run of values above the quantile the largest is learnt from (declustering by runs, Davison and Smith 1990), so that an incident of
 * twenty steps counts once. The length of the tail down to one in a thousand is steered until as many values lie there as should (a quantile tracked as in
 * adaptive conformal inference, Gibbs and Candes 2021): where several channels speak, their sum has not quite the tail of one. Beyond that a
 * series has few values: how much evidence one in ten thousand takes begins with what the tail is like up to there, and is steered too, by values
 * that stand alone, for what lasts is an incident and not the tail. Soon after, the same decades of evidence say the same of every series, and now
 * as later, so that extremes keep their order. The p-value that is told is steered once more, by all that surprises, incidents included, and in longer
 * steps: it is a promise of how often, which a score is not.
 */
final class Calibration {
    private static final double OUTSIDE = 0.04;
    private static final double LOG_OUTSIDE = Math.log(OUTSIDE);
    private static final double WINDOW = 5000;
    private static final int FAST = 200;
    /**
     * How many times as much the newest values weigh as in a plain average, so that the first days of a series are forgotten (polynomial-decay
     * averaging, Shamir and Zhang 2013).
     */
    private static final double FORGET = 2;

    /** A run that grows by less from step to step goes on; it does not surprise anew. */
    private static final double CLEARLY = 1.15;

    private static final int EXCEEDANCES = 200;
    /** Excesses count up to what one in so many exceeds. */
    private static final double ONE_IN = 4;

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
    /** Decades of probability in one of evidence beyond, before anything is learnt and where extremes are put in order. */
    private static final double FAR = 2.0 / 3;
    /** What the width of the far tail is steered for. */
    private static final double EXTREME = 1e-4;

    static final double LOG_EXTREME = Math.log(EXTREME);
    /** Evidence from {@link #RARE} to {@link #EXTREME}, in decades, where the series has not taught another width and its tail is usual or short. */
    private static final double WIDTH = 1 / FAR;
    /** The same in lengths of the near tail, where that is more: a tail that is long up to one in a thousand goes on so. */
    private static final double LENGTHS = 4;
    /** How much further the learnt tail meets that of all series. */
    private static final double MEETS = 0.5;

    private static final double FAR_RATE = 0.6;
    private static final double FAR_SETTLED = 1000;
    /** Of the logarithm of the steered part of the width. */
    private static final double NARROWEST = -1.5;
    /** A series with many anomalies must not make them normal. */
    private static final double WIDEST = 0.9;
    /** The whole width beside the usual one; beyond it, all series are on one line. */
    private static final double MOST = Math.exp(WIDEST);

    /** Of the logarithm of how many decades are told as one. */
    private static final double TOLD_RATE = 1;

    private static final double TOLD_LEAST = -1.5;
    /** Seven: a normal series is right then, nearly whatever it does; one with ten incidents a month is told of too rarely in between. */
    private static final double TOLD_MOST = 2;

    private float count;
    private float mean;
    /** Where a series that is hardly known begins. */
    private float quantile = 1.2f;

    private float excess;
    private float exceedances;
    /** The largest excess of the values that now lie above the quantile, as a half; 0 for none. */
    private float run;

    private float logNear;
    private float logWidth;
    private float logTold;

    /** Mean excess above the quantile, in decades. */
    private double spread() {
        double learnt = (PRIOR * AT_ITS_WORD + exceedances * excess) / (PRIOR + exceedances);
        return Math.max(learnt, Math.max(FLOOR, 0.1 * mean));
    }

    /** Of the tail down to {@link #RARE}, in decades. */
    private double length() {
        return spread() * Math.exp(logNear);
    }

    /** Natural logarithm of the probability of at least this much evidence in normal times; at most 0. */
    double logProbability(double evidence) {
        if (evidence <= quantile) {
            return LOG_OUTSIDE * (quantile <= 0 ? 0 : evidence / quantile);
        }
        double length = length();
        double far = evidence - quantile - NEAR * length;
        return far <= 0 ? LOG_OUTSIDE - (evidence - quantile) / length : LOG_RARE - LOG_TEN * decades(far, length);
    }

    /** Decades of probability beyond {@link #RARE} in so many of evidence: one at the width, and then on to the line that holds for all series. */
    private double decades(double far, double length) {
        double width = width(length);
        double meets = meets(width);
        if (far <= width) {
            return far / width;
        }
        return far >= meets ? FAR * far : 1 + (FAR * meets - 1) * (far - width) / (meets - width);
    }

    private double width(double length) {
        return Math.min(WIDTH * MOST, Math.max(WIDTH, LENGTHS * length) * Math.exp(logWidth));
    }

    private static double meets(double width) {
        return Math.max(width, WIDTH) + MEETS;
    }

    /** The evidence that has this probability, in decades; the inverse of {@link #logProbability}. */
    double evidence(double logProbability) {
        if (logProbability >= LOG_OUTSIDE) {
            return quantile * logProbability / LOG_OUTSIDE;
        }
        double length = length();
        double decades = (LOG_RARE - logProbability) / LOG_TEN;
        if (decades <= 0) {
            return quantile + length * (LOG_OUTSIDE - logProbability);
        }
        double width = width(length);
        double meets = meets(width);
        double far = decades <= 1 ? decades * width : width + (decades - 1) * (meets - width) / (FAR * meets - 1);
        return quantile + NEAR * length + (far < meets ? far : decades / FAR);
    }

    /**
     * Steers the width of the far tail by one step.
     *
     * @param extreme whether a value came to its end that stood alone and had a probability of {@link #EXTREME} or less
     */
    void steer(boolean extreme) {
        double next = logWidth + FAR_RATE * settled() * ((extreme ? 1 : 0) - EXTREME);
        logWidth = (float) Math.max(NARROWEST, Math.min(WIDEST, next));
    }

    /**
     * The logarithm of the p-value that is told: that of all steps, those on which the series stands still too, and beyond {@link #RARE} so many of its
     * decades are told as one that {@link #EXTREME} comes as often as it says, whatever the series does.
     *
     * @param logProbability of a step on which it moves, at most 0
     * @param awake the share of those steps, above 0 and up to 1
     */
    double told(double logProbability, double awake) {
        double ofAll = logProbability + Math.log(awake) * Math.min(1, logProbability / LOG_OUTSIDE);
        double far = ofAll - LOG_RARE;
        return far >= 0 ? ofAll : LOG_RARE + far * Math.exp(-logTold);
    }

    /**
     * Steers what is told by one step.
     *
     * @param extreme whether a p-value of {@link #EXTREME} or less was told
     */
    void steerTold(boolean extreme) {
        double next = logTold + TOLD_RATE * settled() * ((extreme ? 1 : 0) - EXTREME);
        logTold = (float) Math.max(TOLD_LEAST, Math.min(TOLD_MOST, next));
    }

    private double settled() {
        return Math.min(1, count / FAR_SETTLED);
    }

    /**
     * Takes the evidence of a step into the run of steps above the quantile that it belongs to.
     *
     * @return whether it is clearly more than all that the run had before
     */
    boolean surpasses(double evidence) {
        float before = run;
        goOn(evidence);
        return evidence - quantile > CLEARLY * before;
    }

    private void goOn(double evidence) {
        run = Math.max(run, Half.value(Half.of((float) (evidence - quantile))));
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
            goOn(evidence);
        } else if (run > 0) {
            exceedances = Math.min(exceedances + 1, EXCEEDANCES);
            // The factor makes up for it where the excess is exponential.
            double limited = Math.min(run, Math.log(ONE_IN) * spread) / (1 - 1 / ONE_IN);
            excess += (float) ((limited - excess) / Math.max(1, exceedances / FORGET));
            run = 0;
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
        out.writeShort((int) count);
        out.writeFloat(mean);
        out.writeFloat(quantile);
        out.writeFloat(excess);
        out.writeByte((int) exceedances);
        out.writeFloat(logWidth);
        out.writeShort(Half.of(run));
        out.writeFloat(logTold);
    }

    void read(DataInput in, int format) throws IOException {
        boolean wide = format < 11;
        count = wide ? in.readFloat() : in.readShort();
        mean = in.readFloat();
        quantile = in.readFloat();
        excess = in.readFloat();
        exceedances = wide ? in.readFloat() : in.readUnsignedByte();
        float far = in.readFloat();
        logWidth = format < 8 ? 0 : far; // before, the length of another tail, and then nothing
        run = format < 9 ? 0 : Half.value(in.readShort());
        logTold = wide ? 0 : in.readFloat();
    }
}
