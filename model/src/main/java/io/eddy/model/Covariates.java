package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The covariates of one series: their running means and scales, and what they say of the step at hand. Each enters the network as its distance from
 * its mean, in scales, asinh, beside a mask; both are 0 where its value is missing. Mean and scale have seen the value that they are applied to, and
 * none after it.
 */
final class Covariates {
    /** Where there are none; never changed. */
    static final Covariates NONE = new Covariates(List.of());

    private static final int WINDOW = 500;

    /** That of the names, in their order: statistics of other covariates are not gone on with. */
    private final int names;

    private double[] mean;
    /** Mean distance from the mean; 0 until it has moved. */
    private float[] distance;
    /** Values seen, as far as it matters. */
    private short[] count;
    /** Of the step at hand, not kept: the value as it enters, and whether there is one. */
    private float[] now;

    private boolean[] seen;

    Covariates(List<String> names) {
        this(names.size(), names.hashCode());
    }

    private Covariates(int size, int names) {
        this.names = names;
        mean = new double[size];
        distance = new float[size];
        count = new short[size];
        now = new float[size];
        seen = new boolean[size];
    }

    /** Whether these are the covariates of this name, in this order. */
    boolean are(List<String> wanted) {
        return mean.length == wanted.size() && (mean.length == 0 || names == wanted.hashCode());
    }

    /** Takes in the values of the step at hand; NaN is missing. */
    void observe(double[] values) {
        for (int k = 0; k < mean.length; k++) {
            seen[k] = !Double.isNaN(values[k]);
            now[k] = seen[k] ? learn(k, values[k]) : 0;
        }
    }

    private float learn(int k, double value) {
        count[k] = (short) Math.min(count[k] + 1, WINDOW);
        mean[k] = Ewma.next(mean[k], value, count[k], WINDOW);
        double deviation = value - mean[k];
        distance[k] = Ewma.next(distance[k], Math.abs(deviation), count[k], WINDOW);
        // Rounding of a value that never moves is none.
        return Asinh.of(deviation / (distance[k] + 1e-9 * Math.abs(mean[k]) + 1e-9));
    }

    /** Steps without a reading: all are missing. */
    void missing() {
        for (int k = 0; k < mean.length; k++) {
            seen[k] = false;
            now[k] = 0;
        }
    }

    /** Fills the value and the mask of each, side by side, from a place on. */
    void fill(float[] x, int from) {
        for (int k = 0; k < mean.length; k++) {
            x[from + 2 * k] = now[k];
            x[from + 2 * k + 1] = seen[k] ? 1 : 0;
        }
    }

    /** 14 bytes each, and one byte where there are none. */
    void write(DataOutput out) throws IOException {
        out.writeByte(mean.length);
        if (mean.length == 0) {
            return;
        }
        out.writeInt(names);
        for (int k = 0; k < mean.length; k++) {
            out.writeDouble(mean[k]);
            out.writeFloat(distance[k]);
            out.writeShort(count[k]);
        }
    }

    static Covariates read(DataInput in) throws IOException {
        int size = in.readUnsignedByte();
        if (size == 0) {
            return NONE;
        }
        Covariates covariates = new Covariates(size, in.readInt());
        for (int k = 0; k < size; k++) {
            covariates.mean[k] = in.readDouble();
            covariates.distance[k] = in.readFloat();
            covariates.count[k] = in.readShort();
        }
        return covariates;
    }
}
