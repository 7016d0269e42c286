package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The profile of one series' season, each slot a mean of about its last two weeks of values that fades, and the autoregression of the deviations from it: 2 kB
 * and 8 bytes for each step of the season.
 */
final class ProfileFit {
    /** Past deviations that are looked at: more than a day of hours. */
    static final int ORDER = 26;

    /** Seasons that a slot's mean is of, about. */
    private static final int SEASONS = 14;
    /** Largest deviation, in scales. */
    private static final double BOUND = 10;

    private Regression regression;
    /** [season], in the unit of the series. */
    private double[] profile = {};
    /** [{@link #ORDER}], in scales, the oldest first. */
    private double[] deviations;
    /** Forecasts of each bucket's lead that wait for their actual, in the unit of the series; NaN: none. */
    private double[] waiting;
    /** Steps since it began. */
    private int taken;

    /** @param isAsked whether it is ever asked; else it takes no memory to speak of */
    ProfileFit(boolean isAsked) {
        regression = new Regression(isAsked ? ORDER : 0);
        deviations = new double[isAsked ? ORDER : 0];
        waiting = new double[isAsked ? Waiting.PLACES : 0];
        Arrays.fill(waiting, Double.NaN);
    }

    /** Begins anew, with the values that are remembered, if the season has changed. */
    void fit(Past past, double[] x, double[] gain) {
        if (past.season == profile.length) {
            return;
        }
        profile = new double[past.season];
        regression.fit(past.season);
        taken = 0;
        Arrays.fill(deviations, 0);
        Arrays.fill(waiting, Double.NaN);
        int known = (int) Math.min(past.steps - 1, Past.NOW);
        for (int ago = known; ago > 0; ago--) {
            take(past.ago(ago), past.scale, x, gain);
        }
    }

    boolean isReady() {
        return profile.length > 0 && regression.isReady(profile.length);
    }

    /** Moves all of the past by so much. */
    void shift(double distance) {
        for (int i = 0; i < profile.length; i++) {
            profile[i] += distance;
        }
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] += distance;
        }
    }

    /**
     * Takes in the value of one step.
     *
     * @param y NaN where it is missing: what was expected stands for it
     * @param x [{@link #ORDER}], scratch
     * @param gain the same
     */
    void take(double y, double scale, double[] x, double[] gain) {
        if (profile.length == 0) {
            return;
        }
        int slot = taken % profile.length;
        boolean isFirst = taken < profile.length;
        int seasons = taken / profile.length;
        taken = taken == Integer.MAX_VALUE ? profile.length * SEASONS + slot + 1 : taken + 1;
        double deviation = bounded(regression.of(deviations));
        if (isFirst) {
            // A first value that is missing takes the one before.
            profile[slot] = Double.isNaN(y) ? profile[Math.max(0, slot - 1)] : y;
            deviation = 0;
        } else if (!Double.isNaN(y)) {
            deviation = bounded((y - profile[slot]) / scale);
            if (taken > profile.length + ORDER) {
                System.arraycopy(deviations, 0, x, 0, ORDER);
                regression.learn(x, deviation, gain);
            }
            profile[slot] += scale * deviation / Math.min(seasons + 1, SEASONS);
        }
        System.arraycopy(deviations, 1, deviations, 0, ORDER - 1);
        deviations[ORDER - 1] = deviation;
    }

    private static double bounded(double deviation) {
        return Math.max(-BOUND, Math.min(BOUND, deviation));
    }

    /**
     * Fills the path with the newest deviations, the oldest first, then with those that are forecast.
     *
     * @param path [{@link #ORDER} + steps or more]
     */
    void run(double[] path, int steps) {
        System.arraycopy(deviations, 0, path, 0, ORDER);
        for (int h = 0; h < steps; h++) {
            path[ORDER + h] = bounded(regression.of(path, h)); // least squares may have found what grows
        }
    }

    /** The mean of the slot that is h steps ahead, 1 or more. */
    double profile(int h) {
        return profile[(taken + h - 1) % profile.length];
    }

    /** Keeps a forecast of the lead of a bucket until its actual comes. */
    void wait(int bucket, long step, double forecast) {
        waiting[Waiting.place(bucket, step)] = forecast;
    }

    /** What was forecast for this step, which is the newest, or NaN. */
    double said(int bucket, long step) {
        return waiting[Waiting.place(bucket, step)];
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(profile.length);
        Bulk.write(out, profile);
        Bulk.write(out, deviations);
        Bulk.write(out, waiting);
        out.writeInt(taken);
        regression.write(out);
    }

    void read(DataInput in, int format) throws IOException {
        profile = new double[in.readUnsignedShort()];
        Bulk.read(in, profile, format);
        Bulk.read(in, deviations, format);
        Bulk.read(in, waiting, format);
        taken = in.readInt();
        regression.read(in, format);
    }
}
