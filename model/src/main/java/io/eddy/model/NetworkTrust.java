package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far the network is trusted beside the experts' mixture, in each bucket of steps ahead, by realised loss. Unlike an expert's, its forecasts
 * cannot be had again: those for one lead of each bucket wait for their actual, of every fourth step where the lead is long.
 */
final class NetworkTrust {
    private static final int BUCKETS = Experts.LEADS.length;
    private static final int EVERY = 4;
    private static final int WINDOW = 336;
    private static final double FLOOR = 0.02;
    /** The network's share where it was not judged yet. */
    private static final double UNTRIED = 0.2;

    private static final double BOUND = 20;
    private static final short NONE = Half.of(Float.NaN);
    /** First place of each bucket among those that wait. */
    private static final int[] FIRST = new int[BUCKETS + 1];

    static {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            FIRST[bucket + 1] = FIRST[bucket] + (bucket == 0 ? 1 : Experts.LEADS[bucket] / EVERY + 1);
        }
    }

    /** [places], halves: distance of the forecast from the value it was issued at, in scales; NaN: none. */
    private final short[] waitingBase = filled(FIRST[BUCKETS]);

    private final short[] waitingNetwork = filled(FIRST[BUCKETS]);
    /** [buckets], halves: mean absolute error in scales, both over the same forecasts; NaN before the first. */
    private final short[] lossBase = filled(BUCKETS);

    private final short[] lossNetwork = filled(BUCKETS);

    private static short[] filled(int size) {
        short[] halves = new short[size];
        Arrays.fill(halves, NONE);
        return halves;
    }

    /** Judges what was said of the newest value, which the history has taken. */
    void judge(History history) {
        double y = history.ago(0);
        long step = history.steps();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int lead = Experts.LEADS[bucket];
            if (step <= lead || !isKept(bucket, step)) {
                continue;
            }
            int place = place(bucket, step);
            double actual = (y - history.ago(lead)) / history.scale();
            double base = Half.value(waitingBase[place]);
            double network = Half.value(waitingNetwork[place]);
            waitingNetwork[place] = NONE;
            if (!Double.isNaN(actual) && !Double.isNaN(network)) {
                int window = bucket == 0 ? WINDOW : WINDOW / EVERY;
                double rate = 1.0 / Math.max(2, Math.min((step - lead) / (bucket == 0 ? 1 : EVERY), window));
                learn(lossBase, bucket, Math.abs(actual - base), rate);
                learn(lossNetwork, bucket, Math.abs(actual - network), rate);
            }
        }
    }

    private static void learn(short[] losses, int bucket, double error, double rate) {
        double before = Half.value(losses[bucket]);
        double bounded = Math.min(BOUND, error);
        double from = Double.isNaN(before) ? bounded : before;
        losses[bucket] = Half.of((float) (from + rate * (bounded - from)));
    }

    /** Whether the forecast of a bucket for this step waits for it. */
    private static boolean isKept(int bucket, long target) {
        return bucket == 0 || target % EVERY == bucket;
    }

    private static int place(int bucket, long target) {
        int size = FIRST[bucket + 1] - FIRST[bucket];
        return FIRST[bucket] + (int) (target / (bucket == 0 ? 1 : EVERY) % size);
    }

    /**
     * Remembers what was said at the newest step.
     *
     * @param base [steps or more], the mixture of the experts
     * @param deviations [steps * quantiles] of the network, in scales
     */
    void remember(History history, int steps, double[] base, float[] deviations) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int lead = Experts.LEADS[bucket];
            long target = history.steps() + lead;
            if (!isKept(bucket, target)) {
                continue;
            }
            int place = place(bucket, target);
            if (lead <= steps) {
                double distance = (base[lead - 1] - history.ago(0)) / history.scale();
                waitingBase[place] = Half.of((float) distance);
                float deviation = deviations[(lead - 1) * Quantiles.COUNT + Quantiles.MEDIAN];
                waitingNetwork[place] = Half.of((float) (distance + deviation));
            } else {
                waitingNetwork[place] = NONE;
            }
        }
    }

    /** Fills the network's share in the forecast for each bucket, 0 to 1; a fifth before anything is known of nearer ones. */
    void shares(double[] out) {
        double share = UNTRIED;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double base = weight(Half.value(lossBase[bucket]));
            double network = weight(Half.value(lossNetwork[bucket]));
            share = Double.isNaN(base + network) ? Math.min(share, UNTRIED) : network / (base + network);
            out[bucket] = share;
        }
    }

    /** Mean absolute error of the experts' mixture in scales, over the buckets that were judged; NaN before the first. */
    double baseLoss() {
        return mean(lossBase);
    }

    /** The same of the network. */
    double networkLoss() {
        return mean(lossNetwork);
    }

    private static double mean(short[] losses) {
        double sum = 0;
        int judged = 0;
        for (short half : losses) {
            double loss = Half.value(half);
            if (!Double.isNaN(loss)) {
                sum += loss;
                judged++;
            }
        }
        return sum / judged;
    }

    /** The twelfth power: two forecasts that go together gain little from being mixed, so the better one has most of it. */
    private static double weight(double loss) {
        double inverse = 1 / (loss + FLOOR);
        double cube = inverse * inverse * inverse;
        return cube * cube * cube * cube;
    }

    void write(DataOutput out) throws IOException {
        Bulk.write(out, waitingBase);
        Bulk.write(out, waitingNetwork);
        Bulk.write(out, lossBase);
        Bulk.write(out, lossNetwork);
    }

    void read(DataInput in) throws IOException {
        Bulk.read(in, waitingBase);
        Bulk.read(in, waitingNetwork);
        Bulk.read(in, lossBase);
        Bulk.read(in, lossNetwork);
    }
}
