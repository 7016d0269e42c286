package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The next value of one series as a polynomial of those before it, as it was learnt; 53 kB. Values are distances from a centre, in two standard
 * deviations, both of the first 64 values; where the series has left them for good it begins anew. A value eight deviations away is one that is missing.
 */
final class PolynomialFit {
    /** Values that tell the centre and the unit. */
    private static final int SAMPLE = 64;
    /** Values learnt until it forecasts, and until it is asked: what it said in between is judged. */
    private static final int ENOUGH = 2 * Delays.SIZE;

    /** Steps until it forecasts, if no value is missing. */
    static final int SILENCE = SAMPLE + Delays.DEPTH + ENOUGH;

    private static final int SETTLED = 3 * Delays.SIZE;

    /** Largest distance, in units. */
    private static final double BOUND = 4;
    /** Smallest standard deviation beside the mean. */
    private static final double FLAT = 1e-9;

    private static final int WINDOW = 500;
    /** Inverse covariance of the weights at the start. */
    private static final double START = 1e4;
    /** The centre, and the mean distance, of a series that has left its own. */
    private static final double FAR = 0.75;

    private static final double WIDE = 1.5;
    private static final double NARROW = 0.1;

    /** An error of more than so many usual ones counts as so many. */
    private static final double ROBUST = 10;

    private static final float SMALLEST_ERROR = 1e-3f;
    /** How far beyond the range of what was seen a forecast may be, in ranges; the range shrinks by a share in each step. */
    private static final double MARGIN = 0.1;

    private static final double SHRINK = 1.0 / 5000;

    private LeastSquares squares;
    /** [{@link Delays#DEPTH}], the oldest first; NaN where one is missing. */
    private double[] values;
    /** Forecasts of each bucket's lead that wait for their actual; NaN: none. */
    private float[] waiting;

    /** Mean of the sample, then the centre. */
    private double centre;
    /** Sum of the squared distances from the mean of the sample. */
    private double spread;
    /** 0 until the sample is whole. */
    private double unit;

    private double least;
    private double most;
    /** Values of the sample, then those since. */
    private int seen;

    private int learnt;
    private float mean;
    private float meanAbs;
    private float meanError;

    /** @param isAsked whether it is ever asked; else it takes no memory to speak of */
    PolynomialFit(boolean isAsked) {
        squares = new LeastSquares(isAsked ? Delays.SIZE : 0, START);
        values = new double[isAsked ? Delays.DEPTH : 0];
        waiting = new float[isAsked ? Waiting.PLACES : 0];
        begin();
    }

    private void begin() {
        squares.begin();
        Arrays.fill(values, Double.NaN);
        Arrays.fill(waiting, Float.NaN);
        centre = 0;
        spread = 0;
        unit = 0;
        seen = 0;
        learnt = 0;
    }

    /** Moves all of the past by so much. */
    void shift(double distance) {
        centre += distance;
    }

    /** Whether it knows enough to forecast. */
    boolean isReady() {
        return learnt >= ENOUGH;
    }

    /** Whether it was judged for a while, too. */
    boolean isSettled() {
        return learnt >= SETTLED;
    }

    /** Fills the last values, the oldest first. */
    void fill(double[] path) {
        System.arraycopy(values, 0, path, 0, Delays.DEPTH);
    }

    /** What follows inputs and the newest value among them; NaN where nobody has seen the like. */
    double next(double[] x, double newest) {
        double next = newest + squares.of(x);
        double room = MARGIN * (most - least);
        return next >= least - room && next <= most + room ? next : Double.NaN;
    }

    /** In the unit of the series. */
    double value(double distance) {
        return centre + unit * distance;
    }

    /** Takes in a step without a value. */
    void miss() {
        push(Double.NaN);
    }

    private void push(double distance) {
        System.arraycopy(values, 1, values, 0, Delays.DEPTH - 1);
        values[Delays.DEPTH - 1] = distance;
    }

    /**
     * Learns the value of the newest step.
     *
     * @param x [{@link Delays#SIZE}], scratch
     * @param gain the same
     */
    void learn(double y, double[] x, double[] gain) {
        if (unit == 0) {
            sample(y);
            return;
        }
        double distance = (y - centre) / unit;
        double bounded = Math.max(-BOUND, Math.min(BOUND, distance));
        seen = Math.min(seen + 1, Integer.MAX_VALUE - 1);
        mean = Ewma.next(mean, bounded, seen, WINDOW);
        meanAbs = Ewma.next(meanAbs, Math.abs(bounded), seen, WINDOW);
        if (seen > 2 * SAMPLE && (Math.abs(mean) > FAR || meanAbs > WIDE || meanAbs < NARROW)) {
            begin();
            sample(y);
            return;
        }
        if (!(Math.abs(distance) <= BOUND)) {
            miss();
            return;
        }
        fitTo(distance, x, gain);
        push(distance);
        double range = SHRINK * (most - least);
        least = Math.min(distance, least + range);
        most = Math.max(distance, most - range);
    }

    private void fitTo(double distance, double[] x, double[] gain) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return;
            }
        }
        Delays.fill(values, Delays.DEPTH - 1, x);
        double error = distance - values[Delays.DEPTH - 1] - squares.of(x);
        double size = Math.abs(error);
        learnt = Math.min(learnt + 1, Integer.MAX_VALUE - 1);
        double limit = learnt <= Delays.SIZE ? BOUND : ROBUST * Math.max(SMALLEST_ERROR, meanError);
        meanError = Ewma.next(meanError, Math.min(limit, size), learnt, WINDOW);
        squares.learn(x, error, size > limit ? limit / size : 1, gain);
    }

    private void sample(double y) {
        seen++;
        double before = y - centre;
        centre += before / seen;
        spread += before * (y - centre);
        if (seen < SAMPLE) {
            return;
        }
        double deviation = Math.sqrt(spread / seen);
        boolean isGood = Double.isFinite(deviation) && deviation > FLAT * Math.abs(centre);
        if (!isGood) {
            begin();
            return;
        }
        unit = 2 * deviation;
        seen = 0;
        least = -1;
        most = 1;
        mean = 0;
        meanAbs = 0;
        meanError = 0;
    }

    /** Keeps a forecast of the lead of a bucket until its actual comes. */
    void wait(int bucket, long step, double distance) {
        waiting[Waiting.place(bucket, step)] = (float) distance;
    }

    /** What was forecast for this step, which is the newest, or NaN; in the unit of the series. */
    double said(int bucket, long step) {
        return value(waiting[Waiting.place(bucket, step)]);
    }

    void write(DataOutput out) throws IOException {
        squares.write(out);
        Bulk.write(out, values);
        Bulk.write(out, waiting);
        out.writeDouble(centre);
        out.writeDouble(spread);
        out.writeDouble(unit);
        out.writeDouble(least);
        out.writeDouble(most);
        out.writeInt(seen);
        out.writeInt(learnt);
        out.writeFloat(mean);
        out.writeFloat(meanAbs);
        out.writeFloat(meanError);
    }

    void read(DataInput in, int format) throws IOException {
        squares.read(in, format);
        Bulk.read(in, values, format);
        Bulk.read(in, waiting, format);
        centre = in.readDouble();
        spread = in.readDouble();
        unit = in.readDouble();
        least = in.readDouble();
        most = in.readDouble();
        seen = in.readInt();
        learnt = in.readInt();
        mean = in.readFloat();
        meanAbs = in.readFloat();
        meanError = in.readFloat();
    }
}
