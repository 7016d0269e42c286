package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What intervals need of a series that is forecast nearly exactly, with errors of a thousandth of its scale: the ends that wait in {@link Leads} without
 * rounding; 192 bytes.
 */
final class FineWidths {
    /** Mean absolute error, in scales, that a young series is taken to have at least. */
    private static final double LEAST = 0.05;
    /** One in so many values errs by more than all those before it; the same for an old one. */
    private static final double HALVED_AFTER = 50;

    private static final double LEAST_OF_OLD = 0.0003;
    /** Bytes of formats before the fourteenth that nothing was in any more. */
    private static final int UNUSED = Float.BYTES + Short.BYTES;

    /** [ends of {@link Leads}] in the unit of the series, or empty: nothing is asked, and errors are not taken to be this small. */
    private double[] ends;

    FineWidths(boolean isAsked) {
        ends = new double[isAsked ? Leads.ENDS : 0];
        Arrays.fill(ends, Double.NaN);
    }

    /** Whether it is asked at all. */
    boolean isAsked() {
        return ends.length > 0;
    }

    /** Whether an end is kept here; not of a forecast of before it was asked. */
    boolean holds(int place) {
        return isAsked() && !Double.isNaN(ends[place]);
    }

    double end(int place) {
        return ends[place];
    }

    void end(int place, double end) {
        ends[place] = end;
    }

    /**
     * The mean absolute error in scales by which intervals are made.
     *
     * @param meanError of late, over as many errors as were judged
     */
    double error(double meanError, int judged) {
        double least = isAsked() ? Math.max(LEAST_OF_OLD, LEAST / (1 + judged / HALVED_AFTER)) : LEAST;
        return Math.max(meanError, least);
    }

    /**
     * What errors grow by at the most where the steps ahead become so many times as many: as those of a random walk do, or, where a law is run freely on what it
     * forecasts itself, in proportion.
     */
    double mostGrowth(double times) {
        return isAsked() ? times : Math.sqrt(times);
    }

    void write(DataOutput out) throws IOException {
        Bulk.write(out, ends);
    }

    void read(DataInput in, int format) throws IOException {
        Bulk.read(in, ends, format);
        in.skipBytes(isAsked() && format < 14 ? UNUSED : 0);
    }
}
