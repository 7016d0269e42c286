package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The network's hidden and cell state of one series, in half precision: the network works on {@link #load}ed copies in single precision, which are
 * rounded when they are {@link #store}d, so that what was saved and read goes on as what was not.
 */
final class NetworkState {
    /** [{@link Architecture#stateRows}][hidden], halves; empty before the series has met weights. */
    private short[][] h = {};
    /** [{@link Architecture#stateRows}][hidden], halves. */
    private short[][] c = {};
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
        if (h.length != rows || h[0].length != architecture.hidden()) {
            h = new short[rows][architecture.hidden()];
            c = new short[rows][architecture.hidden()];
        } else if (startedByVersion == version.version() || rule == NewWeights.CARRY) {
            return false;
        } else if (rule == NewWeights.DECAY) {
            halve(h, architecture.pastRows());
            halve(c, architecture.pastRows());
        }
        startedByVersion = version.version();
        return rule == NewWeights.REWARM;
    }

    /** From the given row on: those before hold inputs. */
    private static void halve(short[][] states, int from) {
        for (int row = from; row < states.length; row++) {
            for (int j = 0; j < states[row].length; j++) {
                states[row][j] = Half.of(Half.value(states[row][j]) / 2);
            }
        }
    }

    /** Fills {@code h} and {@code c}, each [rows][hidden]. */
    void load(float[][] h, float[][] c) {
        for (int row = 0; row < this.h.length; row++) {
            Half.values(this.h[row], h[row]);
            Half.values(this.c[row], c[row]);
        }
    }

    /** Takes what the network has made of what was loaded. */
    void store(float[][] h, float[][] c) {
        for (int row = 0; row < this.h.length; row++) {
            Half.of(h[row], this.h[row]);
            Half.of(c[row], this.c[row]);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(startedByVersion);
        out.writeByte(h.length);
        out.writeShort(h.length == 0 ? 0 : h[0].length);
        for (int row = 0; row < h.length; row++) {
            Bulk.write(out, h[row]);
            Bulk.write(out, c[row]);
        }
    }

    void read(DataInput in) throws IOException {
        startedByVersion = in.readLong();
        shape(in.readUnsignedByte(), in.readUnsignedShort());
        for (int row = 0; row < h.length; row++) {
            Bulk.read(in, h[row]);
            Bulk.read(in, c[row]);
        }
    }

    /** Reads the first four formats, which held single precision. */
    void readFourth(DataInput in, long startedByVersion) throws IOException {
        this.startedByVersion = startedByVersion;
        int hidden = shape(in.readUnsignedByte(), in.readUnsignedShort());
        for (int row = 0; row < h.length; row++) {
            Half.of(Bulk.readFloats(in, hidden), h[row]);
            Half.of(Bulk.readFloats(in, hidden), c[row]);
        }
    }

    private int shape(int rows, int hidden) {
        h = new short[rows][hidden];
        c = new short[rows][hidden];
        return hidden;
    }

    @Override
    public String toString() {
        return "h " + Arrays.deepToString(h) + ", c " + Arrays.deepToString(c);
    }
}
