package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The mean of each slot of the season, of about its last two weeks of days, which fades and has no end: it goes by more than the values that are
 * remembered. A slot is one step, or several where the season has more than {@link #MOST}. In 16 bits each, on the grid of the {@link Ring}, with
 * stochastic rounding (Gupta et al. 2015) by the number of the step, so that small changes are not lost and a replay gives the same.
 */
final class SlotMeans {
    /** Slots at the most. */
    static final int MOST = 48;

    /** Seasons that a mean is of, about. */
    static final int SEASONS = 14;
    /** Largest deviation that is learnt, in scales. */
    static final double BOUND = 10;
    /** Steps are counted up to here, then again from some seasons. */
    private static final int MANY = 60_000;

    /** [slots], halves on the grid of the ring. */
    private short[] means = {};

    private int season;
    /** Steps since it began. */
    private int taken;

    /** Steps of a slot. */
    static int width(int season) {
        return (season + MOST - 1) / MOST;
    }

    private static int slots(int season) {
        return season == 0 ? 0 : (season + width(season) - 1) / width(season);
    }

    /** What the newest of a number of steps counts, 0 to 1, the last of {@code seasons} and {@code phase} steps more. */
    static double rate(int season, int seasons, int phase) {
        int width = width(season);
        return 1.0 / Math.min(seasons * width + phase % width + 1, SEASONS * width);
    }

    /** The same from {@link #SEASONS} seasons on. */
    static double settled(int season) {
        return 1.0 / (SEASONS * width(season));
    }

    static double bounded(double deviation, double most) {
        return deviation > most ? most : deviation < -most ? -most : deviation;
    }

    int season() {
        return season;
    }

    int taken() {
        return taken;
    }

    /** The place in the season of the step so many steps ahead, 1 or more; for a season of 1 or more. */
    int phaseAhead(int h) {
        return (taken + h - 1) % season;
    }

    /**
     * Takes the newest step, which the ring has taken. Begins anew, with the values that are remembered, if the season has changed.
     *
     * @param newSeason in steps, 0 for none
     */
    void observe(Ring ring, int newSeason, double scale) {
        int steps = 1;
        if (newSeason != season) {
            season = newSeason;
            taken = 0;
            means = new short[slots(season)];
            steps = (int) Math.min(ring.pushed(), Ring.CAPACITY);
        }
        for (int ago = steps - 1; ago >= 0 && season > 0; ago--) {
            take(ring, ring.ago(ago), scale, ring.pushed() - ago);
        }
    }

    private void take(Ring ring, double y, double scale, long step) {
        int phase = taken % season;
        int slot = phase / width(season);
        double rate = rate(season, taken / season, phase);
        double mean = ring.value(means[slot]);
        if (rate == 1) {
            // A first value that is missing takes the one before.
            means[slot] = Double.isNaN(y) ? means[Math.max(0, slot - 1)] : ring.half(y);
        } else if (!Double.isNaN(y)) {
            int random = Dither.seed(step);
            means[slot] = ring.half(mean + rate * bounded(y - mean, BOUND * scale), random ^ random >>> 15);
        }
        taken = taken + 1 < MANY ? taken + 1 : taken + 1 - MANY / 2 / season * season;
    }

    /** Fills the means of all slots, [slots or more], as distances on the grid; the result is how many there are. */
    int distances(float[] out) {
        Half.values(means, 0, out, means.length);
        return means.length;
    }

    /** Lets the grid follow the series where it has become too far off, and the means with it. */
    void follow(Ring ring, double level, double scale) {
        if (!ring.isFar(level, scale)) {
            return;
        }
        double[] values = new double[means.length];
        Arrays.setAll(values, i -> ring.value(means[i]));
        ring.follow(level, scale);
        for (int i = 0; i < means.length; i++) {
            means[i] = ring.half(values[i]);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(season);
        if (season > 0) {
            out.writeShort(taken);
            Bulk.write(out, means);
        }
    }

    void read(DataInput in, int format) throws IOException {
        season = in.readUnsignedShort();
        taken = season > 0 ? in.readUnsignedShort() : 0;
        if (means.length != slots(season)) {
            means = new short[slots(season)];
        }
        if (season > 0) {
            Bulk.read(in, means, format);
        }
    }
}
