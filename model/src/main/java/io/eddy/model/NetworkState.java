package io.eddy.model;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.WeightsVersion;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The network's hidden and cell state of one series, in half precision: the network works on {@link #load}ed copies in single precision, which are
 * rounded when they are {@link #store}d, so that what was saved and read goes on as what was not.
 */
final class NetworkState {
    private static final short[] NONE = {};

    /** [{@link Architecture#stateRows}][h, c][hidden], flat, halves; empty before the series has met weights. */
    private short[] halves = NONE;

    private int rows;
    private int hidden;
    /** Version of the weights that this was started with, or decayed or warmed up again for; 0 before it has met any. */
    private long startedByVersion;

    long startedByVersion() {
        return startedByVersion;
    }

    /**
     * Makes this the state for these weights: zero where it does not fit, else as the rule for new weights says.
     *
     * @return whether it has to be warmed up again
     */
    boolean fit(WeightsVersion version, NewWeights rule) {
        Architecture architecture = version.weights().architecture();
        int rows = architecture.stateRows();
        if (this.rows != rows || hidden != architecture.hidden()) {
            shape(rows, architecture.hidden());
        } else if (startedByVersion == version.version() || rule == NewWeights.CARRY) {
            return false;
        } else if (rule == NewWeights.DECAY) {
            halve(architecture.pastRows());
        }
        startedByVersion = version.version();
        return rule == NewWeights.REWARM;
    }

    /** From the given row on: those before hold inputs. */
    private void halve(int from) {
        for (int i = place(from); i < halves.length; i++) {
            halves[i] = Half.of(Half.value(halves[i]) / 2);
        }
    }

    /** Place of a row's hidden state; its cell state follows. */
    private int place(int row) {
        return row * 2 * hidden;
    }

    /** Fills {@code h} and {@code c}, each [rows][hidden]. */
    void load(float[][] h, float[][] c) {
        for (int row = 0; row < rows; row++) {
            Half.values(halves, place(row), h[row]);
            Half.values(halves, place(row) + hidden, c[row]);
        }
    }

    /** Takes what the network has made of what was loaded. */
    void store(float[][] h, float[][] c) {
        for (int row = 0; row < rows; row++) {
            Half.of(h[row], halves, place(row));
            Half.of(c[row], halves, place(row) + hidden);
        }
    }

    void write(DataOutput out) throws IOException {
        Bulk.writeSmall(out, startedByVersion);
        out.writeByte(rows);
        out.writeShort(hidden);
        Bulk.write(out, halves);
    }

    void read(DataInput in, int format) throws IOException {
        startedByVersion = format < 9 ? in.readLong() : Bulk.readSmall(in);
        int newRows = in.readUnsignedByte();
        int newHidden = in.readUnsignedShort();
        if (rows != newRows || hidden != newHidden) {
            shape(newRows, newHidden);
        }
        Bulk.read(in, halves, format);
    }

    /** Reads the first four formats, which held single precision. */
    void readFourth(DataInput in, long startedByVersion) throws IOException {
        this.startedByVersion = startedByVersion;
        shape(in.readUnsignedByte(), in.readUnsignedShort());
        Half.of(Bulk.readFloats(in, halves.length, 4), halves, 0);
    }

    private void shape(int newRows, int newHidden) {
        rows = newRows;
        hidden = newHidden;
        halves = rows == 0 ? NONE : new short[rows * 2 * hidden];
    }

    @Override
    public String toString() {
        return "rows " + rows + ", h and c " + Arrays.toString(halves);
    }
}
