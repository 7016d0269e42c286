package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What is remembered of the experts of one series: their realised losses by bucket of steps ahead, and what they have learnt. */
final class Trust {
    private static final short UNKNOWN = Half.of(Float.NaN);

    /** Which experts, see {@link ExpertNames#mask}. */
    private int mask;
    /** [buckets * experts], experts fastest, halves: mean absolute error in scales; NaN before an expert was judged. */
    private short[] losses = {};

    /** What a mixture by the cubes of the weights errs less, in scales, see {@link Sharpness}. */
    float gain;

    Regression autoregression = new Regression(0);
    Autocovariances autocovariances = new Autocovariances(0);
    Heavy heavy = Heavy.NONE;

    /** Takes other experts, see {@link ExpertNames#mask}; of those that stay all is kept. */
    void fit(int experts) {
        if (mask == experts) {
            return;
        }
        int oldMask = mask;
        short[] oldLosses = losses;
        Regression oldAutoregression = autoregression;
        Autocovariances oldAutocovariances = autocovariances;
        Heavy oldHeavy = heavy;
        shape(experts);
        int stay = mask & oldMask;
        for (int bits = stay; bits != 0; bits &= bits - 1) {
            int below = Integer.lowestOneBit(bits) - 1;
            for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
                losses[place(mask, below, bucket)] = oldLosses[place(oldMask, below, bucket)];
            }
        }
        autoregression = ExpertNames.holds(stay, ExpertNames.AUTOREGRESSION) ? oldAutoregression : autoregression;
        autocovariances = ExpertNames.holds(stay, ExpertNames.YULE_WALKER) ? oldAutocovariances : autocovariances;
        heavy.keep(oldHeavy, stay);
    }

    private static int place(int mask, int below, int bucket) {
        return bucket * Integer.bitCount(mask) + Integer.bitCount(mask & below);
    }

    private void shape(int newMask) {
        mask = newMask;
        losses = new short[Buckets.LEADS.length * Integer.bitCount(mask)];
        Arrays.fill(losses, UNKNOWN);
        autoregression = new Regression(ExpertNames.holds(mask, ExpertNames.AUTOREGRESSION) ? SeasonalAr.SIZE : 0);
        autocovariances = new Autocovariances(ExpertNames.holds(mask, ExpertNames.YULE_WALKER) ? YuleWalker.ORDER : 0);
        heavy = Heavy.of(mask);
    }

    /** Fills the loss of each, at bucket * experts + expert. */
    void losses(float[] out) {
        Half.values(losses, 0, out);
    }

    /** The least loss of a bucket, in scales; NaN where nobody was judged. */
    double least(int bucket) {
        int experts = losses.length / Buckets.LEADS.length;
        short least = UNKNOWN;
        for (int place = bucket * experts; place < (bucket + 1) * experts; place++) {
            least = losses[place] < least
                    ? losses[place]
                    : least; // halves from 0 on are in the order of their bits, NaN the last
        }
        return Half.value(least);
    }

    /** Takes a loss; the result is what is remembered of it. */
    float loss(int place, double loss) {
        losses[place] = Half.of((float) loss);
        return Half.value(losses[place]);
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(mask);
        Bulk.write(out, losses);
        out.writeFloat(gain);
        autoregression.write(out);
        for (Regression one : heavy.direct) {
            one.write(out);
        }
        if (ExpertNames.holds(mask, ExpertNames.YULE_WALKER)) {
            autocovariances.write(out);
        }
        if (ExpertNames.holds(mask, ExpertNames.POLYNOMIAL)) {
            heavy.polynomial.write(out);
        }
        if (ExpertNames.holds(mask, ExpertNames.SLOW_PROFILE)) {
            heavy.profile.write(out);
        }
        heavy.stack.write(out);
        heavy.widths.write(out);
    }

    void read(DataInput in, int format) throws IOException {
        int newMask = in.readUnsignedShort();
        if (mask != newMask) {
            shape(newMask);
        }
        Bulk.read(in, losses, format);
        gain = format < 16 ? 0 : in.readFloat();
        autoregression.read(in, format);
        for (Regression one : heavy.direct) {
            one.read(in, format);
        }
        if (ExpertNames.holds(mask, ExpertNames.YULE_WALKER)) {
            autocovariances.read(in, format);
        }
        if (ExpertNames.holds(mask, ExpertNames.POLYNOMIAL)) {
            heavy.polynomial.read(in, format);
        }
        if (ExpertNames.holds(mask, ExpertNames.SLOW_PROFILE)) {
            heavy.profile.read(in, format);
        }
        heavy.stack.read(in, format);
        heavy.widths.read(in, format);
    }
}
