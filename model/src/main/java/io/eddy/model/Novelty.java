package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the values themselves say beside their errors, in decades of surprise (-log10 of a probability, less one): values far from
 * their recent mean, days of another shape, and values or levels that were never seen.
 *
 * <p>A range is left by record after record in normal times too, ever more rarely: the t-th value of many is a record with probability
 * 1/t. Hence log10(t) decades for a record, and more by how far it lies beyond. Values that move little from one to the next are not so many tries:
 * where typical changes are small beside the range, t counts by as much less. And a level is tried more rarely than a value, for it moves over some twenty of
 * them: of a young series, whose level has hardly been anywhere, t counts by its share of {@link #KNOWN_LEVELS}.
 *
 * <p>A range is taken for that of an exponential tail on either side, which is as long in decades as log10(t/2), where t is small: beyond as far again a
 * value comes as rarely as that asks for. Of a long past the weight of the scoring says how rarely.
 */
final class Novelty {
    private static final double FAST = 0.1;
    private static final double SLOW = 1 / 500.0;
    private static final double SMOOTH = 0.05;
    /** Share of the way to a record that the range of levels takes per step. */
    private static final double CHASE = 0.1;

    private static final double DECADES_PER_RANGE = 0.43 / 0.05;
    /** Typical changes of white noise in its range, nearly: where there are no more, each value is a try of its own. */
    private static final double CHANGES = 10;
    /** Values after which the range of levels is taken at its word. */
    private static final double KNOWN_LEVELS = 3000;
    /** Squared errors count up to this multiple of their mean. */
    private static final double WILD = 1000;

    /** Up to so many values the tail of the evidence is hardly known by itself. */
    private static final double OWN_TAIL = 432;

    private static final int YOUNG = 20;
    private static final int SETTLED = 100;
    private static final double BOUND = 100;
    /** The count stays there. */
    private static final int MANY = Integer.MAX_VALUE - 1;

    private static final int SHORTEST_PATTERN = 5;
    private static final int LONGEST_PATTERN = 48;

    private static final int JUMP = 0;
    private static final int PATTERN = 1;
    private static final double FLOOR = 0.05;

    /** [jump and pattern * {@link Tail#NUMBERS}]. */
    private float[] tails = new float[2 * Tail.NUMBERS];

    private int count;
    private double mean;
    private double variance;
    private double smooth;
    private double low;
    private double high;
    private double lowLevel;
    private double highLevel;
    private float pattern;
    /** Logarithms of the two statistics of the newest value, for {@link #learn}. */
    private double logJump;

    private double logPattern;

    /**
     * Decades of surprise of the newest value.
     *
     * @param y the value
     * @param scale typical size of a change, in the unit of the values, above 0
     * @param seasonal (value - the value one season before) / scale
     * @param season in steps, 0 for none
     * @param rangeWeight of how far a value lies beyond the range that was seen
     * @param decades filled at the places of {@link Channel#JUMP}, PATTERN, RANGE and LEVEL
     */
    void judge(double y, double scale, double seasonal, int season, double rangeWeight, double[] decades) {
        count = Math.min(count + 1, MANY);
        if (count == 1) {
            mean = y;
            smooth = y;
            low = y;
            high = y;
            lowLevel = y;
            highLevel = y;
        }
        double deviation = Math.sqrt(variance) + 1e-3 * Math.abs(mean) + 1e-9;
        logJump = Tail.log(Math.min(Math.abs(y - mean) / deviation, 1e6));
        int window = Math.max(SHORTEST_PATTERN, Math.min(LONGEST_PATTERN, season / 8));
        pattern = Ewma.next(pattern, Math.min(Math.abs(seasonal), BOUND), count, window);
        logPattern = Tail.log(pattern);
        smooth += SMOOTH * (y - smooth);
        decades[Channel.JUMP.ordinal()] = Tail.decades(tails, JUMP, FLOOR, logJump);
        decades[Channel.PATTERN.ordinal()] = Tail.decades(tails, PATTERN, FLOOR, logPattern);
        // A range that is not known yet is left all the time.
        boolean settled = count >= Math.max(SETTLED, 2 * season);
        double most = rangeWeight * DECADES_PER_RANGE;
        double perRange = Math.min(most, 2 * Math.log10(Math.max(1, count / 2.0)));
        decades[Channel.RANGE.ordinal()] = settled ? record(y, low, high, count, scale, perRange) : 0;
        double levels = count * Math.min(1, count / KNOWN_LEVELS);
        decades[Channel.LEVEL.ordinal()] = settled ? record(smooth, lowLevel, highLevel, levels, scale, most) : 0;
    }

    /**
     * How many times as long as usual the tail of the evidence is, by how heavy that of the values is: one that is far away speaks in several channels at
     * once. 1 where it is light, and once the evidence of the series has shown its own tail.
     */
    double evidenceTail() {
        double young = Math.min(1, OWN_TAIL / Math.max(1, count));
        return Math.pow(Math.max(1, Tail.heaviness(tails, JUMP)), 2 * young * young);
    }

    /** The mean of the last values, some ten of them. */
    double level() {
        return mean;
    }

    /** The standard deviation of the values around that mean; infinite while it is hardly known, so that no value is far away. */
    double deviation() {
        return count < SETTLED ? Double.POSITIVE_INFINITY : Math.sqrt(variance);
    }

    /** From the lowest to the highest value that was seen. */
    double range() {
        return high - low;
    }

    private static double record(double y, double low, double high, double times, double scale, double perRange) {
        double beyond = Math.max(low - y, y - high);
        double range = Math.max(high - low, scale);
        double ranges = beyond / range;
        double tries = 1 + times * Math.min(1, CHANGES * scale / range);
        double far = perRange * Math.min(ranges, BOUND);
        return beyond <= 0 ? 0 : Math.max(0, Math.log10(tries) + far - 1);
    }

    /**
     * Learns from the value that was judged.
     *
     * @param habit whether it may count as usual for the series
     */
    void learn(double y, boolean habit) {
        if (habit) {
            Tail.observe(tails, JUMP, FLOOR, logJump);
            Tail.observe(tails, PATTERN, FLOOR, logPattern);
        }
        double error = y - mean;
        double square = count > YOUNG ? Math.min(error * error, WILD * (variance + 1e-12)) : error * error;
        mean += Math.max(FAST, 1.0 / count) * error;
        variance += Math.max(SLOW, 1.0 / count) * (square - variance);
        low = Math.min(low, y);
        high = Math.max(high, y);
        double chase = count < YOUNG ? 1 : CHASE;
        lowLevel += chase * Math.min(0, smooth - lowLevel);
        highLevel += chase * Math.max(0, smooth - highLevel);
    }

    /**
     * Goes over steps of which nothing was judged: else a smooth series would have jumped when it goes on.
     *
     * @param y the value after them, or the one that was expected of them
     * @param steps from the last value to that
     */
    void pass(double y, long steps) {
        mean += (1 - Math.pow(1 - FAST, steps)) * (y - mean);
    }

    /** Moves what is known of recent values by so much; a level once seen is not new when it comes back. */
    void shift(double distance) {
        mean += distance;
        smooth += distance;
        lowLevel = Math.min(lowLevel, smooth);
        highLevel = Math.max(highLevel, smooth);
        pattern = 0;
    }

    void write(DataOutput out) throws IOException {
        Tail.write(tails, JUMP, out);
        Tail.write(tails, PATTERN, out);
        out.writeInt(count);
        out.writeDouble(mean);
        out.writeDouble(variance);
        out.writeDouble(smooth);
        out.writeDouble(low);
        out.writeDouble(high);
        out.writeDouble(lowLevel);
        out.writeDouble(highLevel);
        out.writeFloat(pattern);
    }

    void read(DataInput in, int format) throws IOException {
        boolean wide = format < 5;
        Tail.read(tails, JUMP, in);
        Tail.read(tails, PATTERN, in);
        count = Bulk.readCount(in, wide);
        mean = in.readDouble();
        variance = in.readDouble();
        smooth = in.readDouble();
        low = in.readDouble();
        high = in.readDouble();
        lowLevel = in.readDouble();
        highLevel = in.readDouble();
        pattern = Bulk.readNumber(in, wide);
    }
}
