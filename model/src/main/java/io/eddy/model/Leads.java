package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How wide the intervals of the later horizon steps must be to cover what they promise: one factor for each of a few lead times,
 * steered by the realised coverage (adaptive conformal inference, Gibbs and Candes 2021, on the logarithm of the width).
 *
 * <p>The widths are steered together: each judgement moves that of its own lead time most, and those of the later ones too. Where each has its share of misses
 * none moves any more for good. For a while widths follow how large errors are beside what was issued, which every judgement says something of, where one in
 * twenty misses; those of the first lead time, which are known the soonest, count for the later ones too.
 *
 * <p>An interval for h steps ahead is judged h steps later, not before; until then it waits here. At most four of each lead time wait at once, issued
 * at distances that share no divisor with the hours of a day, so that each hour has its turn. What stays of a factor is a twentieth to twenty. The 80 % interval does
 * not wait: it has the middle of the other and a share of its width, which is learnt too, for errors have heavier tails or lighter ones than a
 * normal distribution.
 */
final class Leads {
    private static final int[] LEADS = {4, 12, 24};
    /** Steps from one that waits to the next. */
    private static final int[] EVERY = {1, 5, 7};

    private static final double FARTHEST_EVERY = EVERY[EVERY.length - 1];

    /** How many of each wait at once, and the most of these. */
    private static final int[] WAIT = {4, 3, 4};

    private static final int WAITING = 4;
    /** Ends of intervals that wait. */
    static final int ENDS = LEADS.length * 2 * WAITING;

    /** The places of {@link #ends} at which any ever waits. */
    private static final int[] USED = IntStream.range(0, ENDS)
            .filter(place -> place % WAITING < WAIT[place / (2 * WAITING)])
            .toArray();

    /** [leads]: by how much of a miss the logarithm of its own width moves for good. */
    private static final double[] RATES = {0.016, 0.02, 0.03};
    /** The same of the widths of the others but the first: what makes one of them too narrow does so with all, mostly. */
    private static final double RATE_OF_OTHERS = 0.008;
    /** [leads]: by how much of an error it moves for a while, and what is left of that at the next judgement. */
    private static final double[] PASSING_RATES = {0.05, 0.03, 0.03};

    private static final double[] LEFT = {0.95, 0.91, 0.82};
    /** [leads]: what the passing part of the first lead time adds to the others. */
    private static final double[] OF_FIRST = {0, 0.25, 0.3};
    /** Mean absolute error of a normal distribution, and nearly of one of Laplace, in half-widths of its 80 % interval; and the most that an error counts. */
    private static final double USUAL = 0.62;

    private static final double MOST = 8;
    /** What the rates of what stays are higher by at first, in themselves, and the steps after which half of it is gone. */
    private static final double QUICK = 1.8;

    private static final double QUICK_STEPS = 1000;

    private static final double BOUND = 3;
    private static final double OUTSIDE = 0.05;
    /** Slow, so that what is learnt of one interval says little of the next that overlaps with it. */
    private static final double RATE_80 = 0.015;

    private static final double OUTSIDE_80 = 0.2;
    /** Width of the 80 % interval of a normal distribution, in those of the 95 %; and the least there is. */
    private static final double NORMAL_80 = Quantiles.normal(Quantiles.UPPER_80) / Quantiles.normal(Quantiles.UPPER_95);

    private static final double NARROWEST_80 = 0.05;
    private static final float GAIN = 0.01f;
    /** How many judgements the coverage is a mean of, nearly. */
    private static final int MEANT = 100;

    /** What a share of 1 and a logarithm of 1 are kept as. */
    private static final double ONE = Short.MAX_VALUE;

    private static final double LOG_ONE = 1 << 13;

    /** Places of what is realised. */
    private static final int PASSING = LEADS.length;

    private static final int SHARES = 2 * LEADS.length;
    private static final int INNER = 3 * LEADS.length;

    private static final short NONE = Half.of(Float.NaN);

    /**
     * [leads][lower, upper][waiting], flat, halves: ends of 95 % intervals, as distances from the value they were issued at in units of the history,
     * which stay the same while they wait; NaN where none waits.
     */
    private short[] ends = new short[ENDS];
    /**
     * [leads] logarithm of the width that stays, then [leads] what is added to it for a while, then [leads] share of late that was covered, then [leads]
     * share of the width that the 80 % interval has. All are rounded to what is written of them.
     */
    private float[] realised = new float[4 * LEADS.length];

    Leads() {
        Arrays.fill(realised, SHARES, INNER, rounded(1 - OUTSIDE));
        Arrays.fill(realised, INNER, realised.length, rounded(NORMAL_80));
        forget();
    }

    /** Gives up what waits: its steps will not be met. */
    void forget() {
        Arrays.fill(ends, NONE);
    }

    /** Place of the lower end that waits in a slot; the upper one's is {@link #WAITING} further. */
    private static int place(int lead, int slot) {
        return lead * 2 * WAITING + slot;
    }

    /** Where that of a lead time waits which is issued at this step; -1: none is. */
    private static int slot(long issued, int index) {
        return issued >= 0 && issued % EVERY[index] == 0 ? (int) (issued / EVERY[index] % WAIT[index]) : -1;
    }

    /**
     * The value of a step is known: intervals that were issued for it are judged.
     *
     * @param history that has not taken the value yet
     * @param exact ends without rounding, where they are kept
     * @param slots that learn from it
     */
    void realise(History history, FineWidths exact, SlotErrors slots, double y) {
        long clock = history.steps() + 1;
        for (int i = 0; i < LEADS.length; i++) {
            int slot = slot(clock - LEADS[i], i);
            if (slot < 0 || ends[place(i, slot)] == NONE) {
                continue;
            }
            double distance = (y - history.ago(LEADS[i] - 1)) / history.unit();
            if (Double.isNaN(distance)) {
                continue;
            }
            double lower = Half.value(ends[place(i, slot)]);
            double upper = Half.value(ends[place(i, slot) + WAITING]);
            if (exact.holds(place(i, slot))) {
                distance = y;
                lower = exact.end(place(i, slot));
                upper = exact.end(place(i, slot) + WAITING);
            }
            boolean inside = lower <= distance && distance <= upper;
            double off = Math.abs(distance - (lower + upper) / 2);
            double half80 = (upper - lower) / 2 * share80(i, 0);
            slots.judge(history, LEADS[i], inside);
            slots.learnLater(history, EVERY[i] / FARTHEST_EVERY, off / half80);
            learn(clock, i, inside, off, half80);
        }
    }

    private void learn(long clock, int index, boolean inside, double off, double half80) {
        double quick = 1 + QUICK * QUICK_STEPS / (QUICK_STEPS + clock);
        double miss = (inside ? 0 : 1) - OUTSIDE;
        int random = Dither.seed(clock);
        for (int i = 0; i < LEADS.length; i++) {
            double rate = i == index ? RATES[i] : i > 0 ? RATE_OF_OTHERS : 0;
            random = Dither.next(random);
            realised[i] = roundedLog(realised[i] + rate * quick * miss, random);
        }
        double size = off > 0 ? Math.min(MOST, off / half80) : 0;
        double passing = LEFT[index] * realised[PASSING + index] + PASSING_RATES[index] * (size - USUAL);
        realised[PASSING + index] = roundedLog(passing, Dither.next(random));
        float share = realised[SHARES + index];
        realised[SHARES + index] = rounded(share + GAIN * ((inside ? 1 : 0) - share));
        double share80 = share80(index, 0) * (1 + RATE_80 * ((off <= half80 ? 0 : 1) - OUTSIDE_80));
        realised[INNER + index] = rounded(Math.max(NARROWEST_80, Math.min(1, share80)));
    }

    /** Up as often as it is nearer to what is above, for most steps are hardly larger than what is told apart. */
    private static float roundedLog(double log, int random) {
        double bounded = Math.max(-BOUND, Math.min(BOUND, log));
        return (float) (Math.floor(LOG_ONE * bounded + Dither.unit(random)) / LOG_ONE);
    }

    private static float rounded(double share) {
        return (float) (Math.rint(ONE * share) / ONE);
    }

    /**
     * Lets the intervals that were issued at a step wait for their values; without a whole forecast none does.
     *
     * @param history that has taken the value of the step
     * @param exact ends without rounding, where they are kept
     */
    void issue(History history, FineWidths exact, double[] forecast, int steps) {
        for (int i = 0; i < LEADS.length; i++) {
            int slot = slot(history.steps(), i);
            if (slot >= 0) {
                boolean there = LEADS[i] <= steps;
                int place = place(i, slot);
                ends[place] = there ? distance(history, forecast[Quantiles.place(LEADS[i], Quantiles.LOWER_95)]) : NONE;
                ends[place + WAITING] =
                        there ? distance(history, forecast[Quantiles.place(LEADS[i], Quantiles.UPPER_95)]) : NONE;
                if (there && exact.isAsked()) {
                    exact.end(place, forecast[Quantiles.place(LEADS[i], Quantiles.LOWER_95)]);
                    exact.end(place + WAITING, forecast[Quantiles.place(LEADS[i], Quantiles.UPPER_95)]);
                }
            }
        }
    }

    private static short distance(History history, double end) {
        return Half.of((float) ((end - history.ago(0)) / history.unit()));
    }

    /** Index of the lead time that a horizon step is nearest to, among those within the horizon; -1 where there is none. */
    static int nearest(int step, int horizon) {
        int nearest = -1;
        for (int i = 0; i < LEADS.length && LEADS[i] <= horizon; i++) {
            if (nearest < 0 || 2 * step >= LEADS[i] + LEADS[i - 1]) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** The logarithm of the factor on the half-width for the lead time of an index. */
    double logWidth(int index) {
        return realised[index] + realised[PASSING + index] + OF_FIRST[index] * realised[PASSING];
    }

    /**
     * The width of the 80 % interval of that lead time in those of the 95 % one, 0 to 1; both have the same middle.
     *
     * @param normal how far the errors have come to be like those of a normal distribution since then, 0 to 1
     */
    double share80(int index, double normal) {
        double learnt = realised[INNER + index];
        return learnt + normal * (NORMAL_80 - learnt);
    }

    /** The lead times, in horizon steps, ascending. */
    static int[] steps() {
        return LEADS.clone();
    }

    /**
     * Fills the share of late within the 95 % interval of each lead time; NaN where fewer than about a hundred were judged.
     *
     * @param out [leads]
     */
    void covered(long clock, double[] out) {
        for (int i = 0; i < LEADS.length; i++) {
            boolean known = clock - LEADS[i] >= MEANT * EVERY[i];
            out[i] = known ? realised[SHARES + i] : Double.NaN;
        }
    }

    void write(DataOutput out) throws IOException {
        Bulk.writeBigEndian(out, ends, USED);
        for (int i = 0; i < realised.length; i++) {
            out.writeShort((int) Math.rint((i < SHARES ? LOG_ONE : ONE) * realised[i]));
        }
    }

    /**
     * Of formats before the fourteenth all that a width had moved by is taken to stay; of those before the twelfth, whose intervals were in other units, none
     * waits any more; before the seventh nothing was learnt of the 80 % interval.
     */
    void read(DataInput in, int format) throws IOException {
        if (format < 5) {
            Bulk.readFloats(in, ends.length, format);
        } else if (format < 10) {
            in.skipBytes(Short.BYTES * ENDS);
        } else {
            Bulk.readBigEndian(in, ends, USED);
        }
        if (format < 12) {
            forget();
        }
        for (int i = 0; i < SHARES; i++) {
            if (format >= 14) {
                realised[i] = (float) (in.readShort() / LOG_ONE);
            } else {
                realised[i] = i < PASSING ? roundedLog(in.readFloat(), 0) : 0;
            }
        }
        for (int i = SHARES; i < (format < 7 ? INNER : realised.length); i++) {
            realised[i] = format < 7 ? rounded(in.readFloat()) : (float) (in.readShort() / ONE);
        }
    }
}
