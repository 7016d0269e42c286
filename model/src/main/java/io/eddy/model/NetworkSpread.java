package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How much of the width of one series' intervals is the network's. What counts of it is how its width is to its usual one: that it is always too wide or too
 * narrow is what the conformal factors are for. The share rises where values lie beyond an end when the network said that it is far, and falls
 * where they do not: online descent of the pinball loss of the ends of the next step's 95 % interval. It serves all steps ahead, from some on the less the
 * farther, see {@link #counts}; six bytes.
 */
final class NetworkSpread {
    /** Of a series of which nothing is known. */
    private static final double START = 1.0 / 3;
    /** Some of a width is always that of the errors of late. */
    private static final double MOST = 0.8;

    /** Forecasts that were judged, after which a series' own errors are known. */
    private static final double KNOWN = 200;
    /** Of so many forecasts judged, the errors and what the network says without having seen them count alike. */
    private static final double ALIKE = 20;

    /** Share of the values that are to lie beyond each end. */
    private static final double BEYOND = 0.025;

    private static final double RATE = 25;
    /** The rate falls with the intervals that were judged, from that of so many to that of eleven times as many. */
    private static final int FIRST_JUDGED = 100;

    private static final int WINDOW = 2000;
    /** A width of more usual ones says no more: what is usual has become another. */
    private static final double WIDEST = 3;
    /** A share of 1 and a logarithm of 1 are kept as. */
    private static final double ONE = 1 << 16;

    private static final double LOG_ONE = 1 << 11;
    /** Largest distance of a logarithm from 0. */
    private static final double LOG_BOUND = 15;

    private static final short UNKNOWN = Short.MIN_VALUE;

    /** The share less {@link #START}. */
    private short share;
    /** Mean logarithm of the network's width in those that the errors of late ask for. */
    private short usual = UNKNOWN;
    /** Of the forecast that waits: how far each end is, -127 far nearer than usual, 0 as usual or no network, 127 far farther. */
    private byte lower;

    private byte upper;

    /** Without a network there is nothing to learn from the next value. */
    void none() {
        lower = 0;
        upper = 0;
    }

    /**
     * Takes the network's forecast of the next step.
     *
     * @param below distance of its interval's lower end in that which the errors of late ask for, 0 or more
     * @param above the same of the upper end
     * @param step its number, from 1
     * @return by what distances of the network's quantiles from its median are multiplied, so that they are usually as wide as the errors of late ask
     *     for, and at most {@link #WIDEST} times as wide one step ahead
     */
    double issue(double below, double above, long step) {
        double width = (below + above) / 2;
        double log = Math.max(-LOG_BOUND, Math.min(LOG_BOUND, Math.log(width)));
        double before = usual == UNKNOWN ? log : usual / LOG_ONE;
        usual = (short) rounded(LOG_ONE * (before + (log - before) / Math.min(step, WINDOW)), step);
        double unit = Math.exp(-usual / LOG_ONE);
        lower = farther(below * unit);
        upper = farther(above * unit);
        return Math.min(unit, WIDEST / width);
    }

    private static byte farther(double inUsualOnes) {
        double bounded = Math.min(inUsualOnes, Short.MAX_VALUE);
        return (byte) Math.rint(Byte.MAX_VALUE * (bounded - 1) / (bounded + 1));
    }

    /** A step is often smaller than what is kept tells apart; it is rounded up as often as its size asks for. */
    private static double rounded(double wanted, long step) {
        return Math.floor(wanted + Dither.unit(Dither.next(Dither.seed(step))));
    }

    /**
     * Learns from the value that the forecast waited for, as far as the share decided how wide it was.
     *
     * @param side of the 95 % interval it lies on: -1 below it, 0 within, 1 above
     * @param judged forecasts before this and with it
     */
    void learn(int side, int judged) {
        double rate = (1 - alone(judged)) * RATE / (FIRST_JUDGED + Math.min(judged, 10 * FIRST_JUDGED));
        double slope = lower * ((side < 0 ? 1 : 0) - BEYOND) + upper * ((side > 0 ? 1 : 0) - BEYOND);
        double next = share() + rate * slope / Byte.MAX_VALUE;
        share = (short) Math.rint(ONE * (Math.max(0, Math.min(MOST, next)) - START));
    }

    /**
     * The part of the widths that is the network's own, as wide as it says: all while no forecast was judged, for it knows of many series what the errors of
     * one do not tell yet.
     *
     * @param judged forecasts of the next step
     * @return 0 to 1, 0 from {@link #KNOWN} on
     */
    static double alone(int judged) {
        return Math.max(0, (KNOWN - judged) / (KNOWN + judged * (KNOWN / ALIKE - 2)));
    }

    /**
     * How much of the share counts so many steps ahead, 0 to 1: beyond a last one the less the farther, for there the network's widths may grow faster than
     * errors do, and nobody sees it.
     *
     * @param ahead steps, from 1
     * @param last up to which all of it counts
     */
    static double counts(int ahead, int last) {
        return Math.min(1, (double) last / ahead);
    }

    /** 0 to {@link #MOST}. */
    double share() {
        return Math.max(0, START + share / ONE);
    }

    /** The distance of a quantile of the network from its median; none where they have crossed. */
    static double distance(float[] deviations, int first, int quantile) {
        double distance = deviations[first + quantile] - deviations[first + Quantiles.MEDIAN];
        return quantile < Quantiles.MEDIAN ? Math.min(0, distance) : Math.max(0, distance);
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(share);
        out.writeShort(usual);
        out.writeByte(lower);
        out.writeByte(upper);
    }

    void read(DataInput in) throws IOException {
        share = in.readShort();
        usual = in.readShort();
        lower = in.readByte();
        upper = in.readByte();
    }
}
