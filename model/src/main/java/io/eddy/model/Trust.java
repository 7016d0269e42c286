package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What is remembered of the experts of one series: their realised losses by bucket of steps ahead, and what they have learnt. */
final class Trust {
    private static final short UNKNOWN = Half.of(Float.NaN);

    /** Which experts, see {@link Experts#mask}. */
    private int mask;
    /** [buckets * experts], experts fastest, halves: mean absolute error in scales; NaN before an expert was judged. */
    private short[] losses = {};

    Regression autoregression = new Regression(0);
    /** [buckets], or empty. */
    Regression[] direct = {};

    /** Begins anew if the experts are others. */
    void fit(Experts experts) {
        if (mask != experts.mask()) {
            shape(experts.mask());
        }
    }

    private void shape(int newMask) {
        mask = newMask;
        losses = new short[Experts.LEADS.length * Integer.bitCount(mask)];
        Arrays.fill(losses, UNKNOWN);
        autoregression = new Regression(Experts.holdsAutoregression(mask) ? SeasonalAr.SIZE : 0);
        direct = new Regression[Experts.holdsDirect(mask) ? Experts.LEADS.length : 0];
        for (int bucket = 0; bucket < direct.length; bucket++) {
            direct[bucket] = new Regression(DirectRegression.SIZE);
        }
    }

    /** @param place bucket * experts + expert */
    float loss(int place) {
        return Half.value(losses[place]);
    }

    void loss(int place, double loss) {
        losses[place] = Half.of((float) loss);
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(mask);
        Bulk.write(out, losses);
        autoregression.write(out);
        for (Regression one : direct) {
            one.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        shape(in.readUnsignedShort());
        Bulk.read(in, losses);
        autoregression.read(in);
        for (Regression one : direct) {
            one.read(in);
        }
    }
}
