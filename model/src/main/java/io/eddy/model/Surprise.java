package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How odd a value is for its series: four statistics of the one-step errors, each turned into a tail probability, the smallest of them
 * corrected for having looked at four (Bonferroni).
 */
final class Surprise {
    private static final int CHANNELS = Channel.values().length;
    private static final double FAST = 0.2;
    private static final int SLOW_WINDOW = 200;
    private static final double BOUND = 1e6;
    /** The same for the first few errors, whose scale is hardly known. */
    private static final double YOUNG = 5;
    /** Errors rarer than this count as this large in the means, so that one of them does not move a mean for long. */
    private static final double COMMON = 0.01;

    private final Tail[] tails = {new Tail(0.05), new Tail(0.05), new Tail(0.08), new Tail(0.3)};
    private final double[] statistics = new double[CHANNELS];
    private double fastError;
    private double fastSize;
    private double slowSize;
    private long repeats;

    /** Outcome of the last {@link #judge}: the calibrated p-value, 0 to 1. */
    double pValue;
    /** Outcome of the last {@link #judge}: 0 as expected, 1 at the edge of the false-alarm rate, linear beyond. */
    double score;
    /** Outcome of the last {@link #judge}: the channel with the smallest probability. */
    Channel channel = Channel.SPIKE;

    /** Values that were learnt from. */
    long count() {
        return tails[0].count();
    }

    /** The mean absolute error of late, in scales. */
    double meanError() {
        return slowSize;
    }

    /** The largest absolute error, in scales, that is still within the given false-alarm rate. */
    double edge(double alpha) {
        return tails[0].edge(alpha / CHANNELS);
    }

    /**
     * Judges a one-step error, then learns from it.
     *
     * @param error (value - forecast) / scale
     * @param same whether the value equals the one before to the last bit
     * @param alpha the false-alarm rate per point at which the score is 1, above 0 and below 0.02
     */
    void judge(double error, boolean same, double alpha) {
        double size = Math.min(Math.abs(error), BOUND);
        double normal = count() < 10 ? Math.min(size, YOUNG) : Math.min(size, tails[0].edge(COMMON));
        fastError += FAST * (Math.copySign(normal, error) - fastError);
        fastSize += FAST * (normal - fastSize);
        repeats = same ? repeats + 1 : 0;
        statistics[0] = size;
        statistics[1] = Math.abs(fastError);
        statistics[2] = slowSize <= 0 ? 0 : Math.min(fastSize / slowSize, BOUND);
        statistics[3] = repeats;
        double best = 2;
        score = 0;
        for (int i = 0; i < CHANNELS; i++) {
            double p = tails[i].probability(statistics[i]);
            double edge = tails[i].edge(alpha / CHANNELS);
            score = Math.max(score, statistics[i] / edge);
            if (p < best) {
                best = p;
                channel = Channel.values()[i];
            }
            tails[i].observe(statistics[i]);
        }
        pValue = Math.min(1, CHANNELS * best);
        slowSize = Ewma.next(slowSize, normal, count(), SLOW_WINDOW);
    }

    void write(DataOutput out) throws IOException {
        for (Tail tail : tails) {
            tail.write(out);
        }
        out.writeDouble(fastError);
        out.writeDouble(fastSize);
        out.writeDouble(slowSize);
        out.writeLong(repeats);
    }

    void read(DataInput in) throws IOException {
        for (Tail tail : tails) {
            tail.read(in);
        }
        fastError = in.readDouble();
        fastSize = in.readDouble();
        slowSize = in.readDouble();
        repeats = in.readLong();
    }
}
