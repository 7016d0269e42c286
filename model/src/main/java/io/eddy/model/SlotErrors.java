package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far the values of one series usually are from what was forecast of them in each slot of its season, beside the mean of all: a night without sun is
 * foretold exactly, a morning is not. It is learnt from the errors of the next step, as the scale of a Laplace distribution, on the logarithm. How much the
 * widths of later steps go by it follows from whether values lie beyond the ends where they are wide, by online descent of the pinball loss of the 95 %
 * interval. What those errors add up to is not yet what is erred half a day ahead; by what factor the width of a later step is to be another is learnt for
 * each slot from the intervals that are judged later. Two bytes for each of up to {@link #MOST} slots, and two.
 */
final class SlotErrors {
    /** Slots at the most; where the season is longer a slot is several steps. */
    static final int MOST = 24;

    /** Of so many seasons more than the series is old what is learnt is the mean, nearly, and of so many at the most. */
    private static final int FIRST_SEASONS = 8;

    private static final int SEASONS = 50;
    /** What an error says of the slots beside its own. */
    private static final double BESIDE = 0.5;
    /** Largest error, in those that are usual in its slot. */
    private static final double BOUND = 4;
    /** A logarithm of 1 is kept as. */
    private static final double ONE = 64;

    private static final double OUTSIDE = 0.05;
    private static final double RATE_OF_SHARE = 0.2;
    /** A share of 1 is kept as. */
    private static final double ONE_SHARE = Short.MAX_VALUE;

    private static final short HALF = Short.MAX_VALUE / 2;
    /** Largest slope of the logarithm of a width: a miss in an hour that is forecast nearly exactly must not end all of the share. */
    private static final double STEEPEST = 0.5;

    /** Steps beyond the next after which all of the factor of a slot counts: errors of the next few are mostly those of the next. */
    private static final double FULL_AFTER = 3;
    /** The same as {@link #ONE} of the factor's logarithm, which is one at the most. */
    private static final double LATER_ONE = 128;
    /** Up to here, either way, a logarithm is taken for chance; what is beyond counts. */
    private static final double CHANCE = 0.22;
    /** Mean square of an error, in half-widths of an 80 % interval: .61 where it is normal, .77 where it is of a Laplace distribution. */
    private static final double USUAL_SQUARE = 0.7;
    /** Largest square, in the usual ones. */
    private static final double MOST_SQUARE = 4;
    /** What a judgement counts is this by the seasons: of so many more than the series is old, and of so many at the most. */
    private static final double LATER_RATE = 2;

    private static final int LATER_FIRST_SEASONS = 40;
    private static final int LATER_SEASONS = 300;

    /** Steps whose errors are nearly all of those of late in {@link Surprise}. */
    private static final int LATELY = 16;

    private static final byte[] NONE = {};
    /** [values of a byte]: the size that each stands for. */
    private static final double[] SIZES = new double[256];
    /** [values of a byte]: the factor of later steps. */
    private static final double[] FACTORS = new double[256];

    static {
        for (int i = 0; i < SIZES.length; i++) {
            SIZES[i] = Math.exp((byte) i / ONE);
            double log = (byte) i / LATER_ONE;
            FACTORS[i] = Math.exp(Math.copySign(Math.max(0, Math.abs(log) - CHANCE), log));
        }
    }

    /** [2 * slots]: logarithms of how far values are from their forecast, then those of the factors of later steps, beside their {@link #centre}. */
    private byte[] logs = NONE;

    private int season;
    /** How much later widths go by it. */
    private short share = HALF;

    /** Begins anew if the season has changed. */
    void fit(History history) {
        if (season != history.slots.season()) {
            season = history.slots.season();
            logs = season < 2 ? NONE : new byte[2 * ((season + width() - 1) / width())];
            share = HALF;
        }
    }

    /** Whether there is a season. */
    boolean isKnown() {
        return logs.length > 0;
    }

    private int slots() {
        return logs.length / 2;
    }

    /** Steps of a slot. */
    private int width() {
        return (season + MOST - 1) / MOST;
    }

    /** The slot of a place in the season; a division for each step ahead would be felt. */
    private int slot(int phase) {
        return season <= MOST ? phase : phase / width();
    }

    /** Whether there is nothing to learn for: no season, or another one than before, which a gap may have brought. */
    private boolean isIdle(History history) {
        return logs.length == 0 || season != history.slots.season();
    }

    /**
     * Learns from the error of the next step.
     *
     * @param history that has not taken the value yet
     * @param error its size, in those of late; 0 or more
     */
    void learn(History history, double error) {
        if (isIdle(history)) {
            return;
        }
        int slot = slot(history.slots.phaseAhead(1));
        double rate = 1 / Math.min(FIRST_SEASONS + history.steps() / (double) season, SEASONS);
        int random = Dither.seed(history.steps());
        for (int beside = -1; beside <= 1; beside++) {
            int at = (slot + beside + slots()) % slots();
            double step = rate * (beside == 0 ? 1 : BESIDE) * (Math.min(BOUND, error / SIZES[logs[at] & 0xff]) - 1);
            random = Dither.next(random);
            logs[at] = bounded(Math.floor(logs[at] + ONE * step + Dither.unit(random)));
        }
    }

    private static byte bounded(double log) {
        return (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, log));
    }

    /**
     * Learns from the interval of a later step whose value is known. Slot by slot the squares of errors are brought nearer to what they are in an interval
     * that is as wide as it should be; a factor that nothing speaks for goes back to 1.
     *
     * @param history that has not taken the value yet
     * @param counts 0 to 1, the less the more the judgements before it were of the same errors
     * @param error distance of the value from the middle of the 80 % interval, in half of its width; NaN: nothing is learnt
     */
    void learnLater(History history, double counts, double error) {
        if (isIdle(history) || Double.isNaN(error)) {
            return;
        }
        int slot = slot(history.slots.phaseAhead(1));
        double seasons = Math.min(LATER_FIRST_SEASONS + history.steps() / (double) season, LATER_SEASONS);
        double rate = counts * LATER_RATE / seasons;
        double more = Math.min(MOST_SQUARE, error * error / USUAL_SQUARE) - 1;
        int random = Dither.seed(history.steps());
        for (int beside = -1; beside <= 1; beside++) {
            int at = slots() + (slot + beside + slots()) % slots();
            random = Dither.next(random);
            double step = rate * (beside == 0 ? 1 : BESIDE) * (LATER_ONE * more - logs[at]);
            logs[at] = bounded(Math.floor(logs[at] + step + Dither.unit(random)));
        }
    }

    /** Mean of the logarithms of the factors, slots counting as much as they err: how wide all slots together are to be is learnt elsewhere. */
    private int centre() {
        double sum = 0;
        double all = 0;
        for (int slot = 0; slot < slots(); slot++) {
            double size = SIZES[logs[slot] & 0xff];
            sum += size * logs[slots() + slot];
            all += size;
        }
        return (int) Math.rint(sum / all);
    }

    /**
     * Fills {@code out[h - 1]} with how wide the interval of each step ahead is beside one of a series whose slots are alike. What is left of an error after
     * a step adds to the next, so widths follow from the slots in between, too, and from the factor of the slot itself.
     *
     * @param history that has taken the newest value
     */
    void widths(History history, int steps, double[] out) {
        if (logs.length == 0) {
            Arrays.fill(out, 0, steps, 1);
            return;
        }
        int phase = history.slots.phaseAhead(1);
        double phi2 = history.persistence() * history.persistence();
        double share = share();
        int centre = steps > 1 ? centre() : 0;
        int later = slots();
        double bySlot = 0;
        double plain = 0;
        for (int h = 0; h < steps; h++) {
            int slot = slot(phase);
            bySlot = phi2 * bySlot + square(slot);
            plain = phi2 * plain + 1;
            double factor =
                    1 + Math.min(1, h / FULL_AFTER) * (FACTORS[bounded(logs[later + slot] - centre) & 0xff] - 1);
            out[h] = (1 + (h == 0 ? 1 : share) * (bySlot / plain - 1)) * factor * factor;
            phase = phase + 1 == season ? 0 : phase + 1;
        }
        roots(out, steps);
    }

    /** Takes the root of each step's, by itself, for several at once take hardly longer than one. */
    static void roots(double[] values, int steps) {
        int done = Vectors.THERE ? VectorWidths.roots(values, steps) : 0;
        for (int h = done; h < steps; h++) {
            values[h] = Math.sqrt(values[h]);
        }
    }

    /**
     * How large the errors of the last few steps were to be expected, in those of late, by their slots.
     *
     * @param history that has taken the newest value
     */
    double lately(History history) {
        if (isIdle(history)) {
            return 1;
        }
        int phase = history.slots.phaseAhead(1);
        double sum = 0;
        double left = 1;
        for (int ago = 0; ago < LATELY; ago++) {
            phase = phase == 0 ? season - 1 : phase - 1;
            sum += Surprise.FAST * left * SIZES[logs[slot(phase)] & 0xff];
            left *= 1 - Surprise.FAST;
        }
        return sum / (1 - left);
    }

    private double square(int slot) {
        double size = SIZES[logs[slot] & 0xff];
        return size * size;
    }

    /**
     * Learns from an interval whose value is known.
     *
     * @param history that has not taken the value yet
     * @param lead steps ahead that the interval was issued
     * @param inside whether it holds the value
     */
    void judge(History history, int lead, boolean inside) {
        if (isIdle(history)) {
            return;
        }
        double phi2 = history.persistence() * history.persistence();
        double bySlot = 0;
        double plain = 0;
        int phase = Math.floorMod(history.slots.phaseAhead(1) - lead, season);
        for (int h = 0; h < lead; h++) {
            phase = phase + 1 == season ? 0 : phase + 1;
            bySlot = phi2 * bySlot + square(slot(phase));
            plain = phi2 * plain + 1;
        }
        double more = bySlot / plain - 1;
        double slope = Math.max(-STEEPEST, Math.min(STEEPEST, more / 2 / (1 + share() * more)));
        double next = share() + RATE_OF_SHARE * slope * ((inside ? 0 : 1) - OUTSIDE);
        share = (short) Math.rint(ONE_SHARE * Math.max(0, Math.min(1, next)));
    }

    private double share() {
        return share / ONE_SHARE;
    }

    void write(DataOutput out) throws IOException {
        out.write(logs);
        out.writeShort(share);
    }

    /** After {@link #fit} to the history that was written with it. Before the fifteenth format there were no factors. */
    void read(DataInput in, int format) throws IOException {
        in.readFully(logs, 0, format < 15 ? slots() : logs.length);
        share = in.readShort();
    }
}
