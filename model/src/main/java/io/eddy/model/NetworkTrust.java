package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far the network's median is trusted beside the experts' mixture, in each bucket of steps ahead: not at all until its realised loss is lower
 * beyond chance. Unlike an expert's, its forecasts cannot be had again: those for one lead of each bucket wait for their actual, of every seventh
 * step where the lead is long, so that each hour of a day has its turn.
 */
final class NetworkTrust {
    private static final int BUCKETS = Buckets.LEADS.length;
    private static final int EVERY = 7;
    /** Steps whose judgements a loss is a mean of: long, since the shorter it is the more two forecasts that are alike differ by chance. */
    private static final int WINDOW = 1344;

    private static final double FLOOR = 0.02;
    /** What chance makes of n judgements of two forecasts that are alike, beside their loss, times the root of n. */
    private static final double NOISE = 0.7;

    private static final double BOUND = 20;
    private static final short NONE = Half.of(Float.NaN);
    /** First place of each bucket among those that wait. */
    private static final int[] FIRST = new int[BUCKETS + 1];

    static {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            FIRST[bucket + 1] = FIRST[bucket] + (bucket == 0 ? 1 : Buckets.LEADS[bucket] / EVERY + 1);
        }
    }

    /** Forecasts that wait. */
    private static final int PLACES = FIRST[BUCKETS];

    /** The same before the fifteenth format. */
    private static final int PLACES_OF_FOURTH = 18;

    private static final int LOSS_BASE = 2 * PLACES;
    private static final int LOSS_NETWORK = LOSS_BASE + BUCKETS;

    /**
     * Halves. [places] of the base, [places] of the network: distance of a forecast that waits from the value it was issued at, in units of the history,
     * which stay the same while it waits; NaN: none. [buckets] of the base, [buckets] of the network: mean absolute error in scales, both over the same forecasts; NaN before the first.
     */
    private short[] halves = new short[LOSS_NETWORK + BUCKETS];

    NetworkTrust() {
        Arrays.fill(halves, NONE);
    }

    /** Gives up what waits: its actuals will be in other units. */
    void forget() {
        Arrays.fill(halves, PLACES, LOSS_BASE, NONE);
    }

    /** Judges what was said of the newest value, which the history has taken. */
    void judge(History history) {
        double y = history.ago(0);
        long step = history.steps();
        int random = Dither.seed(step);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            random = Dither.next(random);
            int lead = Buckets.LEADS[bucket];
            if (step <= lead || !isKept(bucket, step)) {
                continue;
            }
            int place = place(bucket, step);
            double actual = (y - history.ago(lead)) / history.unit();
            double base = Half.value(halves[place]);
            double network = Half.value(halves[PLACES + place]);
            halves[PLACES + place] = NONE;
            if (!Double.isNaN(actual) && !Double.isNaN(network)) {
                double inScales = history.unit() / history.scale();
                double baseError = inScales * Math.abs(actual - base);
                double networkError = inScales * Math.abs(actual - network);
                // Both begin at the same loss, so that one judgement decides nothing where the network comes late.
                double first = Math.max(baseError, networkError);
                double rate = 1 / judgements(step, bucket);
                learn(LOSS_BASE + bucket, baseError, first, rate, random);
                learn(LOSS_NETWORK + bucket, networkError, first, rate, random);
            }
        }
    }

    /** By the same random number for both: those that err alike have the same loss. */
    private void learn(int place, double error, double first, double rate, int random) {
        double before = halves[place] == NONE ? Math.min(BOUND, first) : Half.value(halves[place]);
        double loss = before + rate * (Math.min(BOUND, error) - before);
        halves[place] = Half.of((float) loss, random);
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
     * @param steps that the network forecast
     * @param base [steps or more], the mixture of the experts
     * @param deviations [steps * quantiles] of the network, in scales
     */
    void remember(History history, int steps, double[] base, float[] deviations) {
        double newest = history.ago(0);
        double scale = history.scale();
        double unit = history.unit();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int lead = Buckets.LEADS[bucket];
            long target = history.steps() + lead;
            if (!isKept(bucket, target)) {
                continue;
            }
            int place = place(bucket, target);
            if (lead <= steps) {
                double distance = base[lead - 1] - newest;
                double deviation = scale * deviations[(lead - 1) * Quantiles.COUNT + Quantiles.MEDIAN];
                halves[place] = Half.of((float) (distance / unit));
                halves[PLACES + place] = Half.of((float) ((distance + deviation) / unit));
            } else {
                halves[PLACES + place] = NONE;
            }
        }
    }

    /**
     * Fills the network's share in the median for each bucket, 0 to 1: nothing unless it has erred less than the base by more than chance. With a
     * power of twelve one that errs by a tenth less has most of it: two forecasts that go together gain little from being mixed.
     */
    void shares(History history, double[] out) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double base = Half.value(halves[LOSS_BASE + bucket]) + FLOOR;
            double network = Half.value(halves[LOSS_NETWORK + bucket]) + FLOOR;
            // The margin is above 1, so that nothing is asked of one that errs as much.
            out[bucket] = network < base ? share(base, network, judgements(history.steps(), bucket)) : 0;
        }
    }

    private static double share(double base, double network, double judgements) {
        double margin = 1 + NOISE / Math.sqrt(judgements);
        double errs = network * margin / base;
        return errs < 1 ? 1 - twelfth(errs) : 0;
    }

    private static double twelfth(double x) {
        double fourth = x * x * (x * x);
        return fourth * fourth * fourth;
    }

    /** Mean absolute error of the experts' mixture in scales, over the buckets that were judged; NaN before the first. */
    double baseLoss() {
        return mean(LOSS_BASE);
    }

    /** The same of the network. */
    double networkLoss() {
        return mean(LOSS_NETWORK);
    }

    private double mean(int losses) {
        double sum = 0;
        int judged = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double loss = Half.value(halves[losses + bucket]);
            if (!Double.isNaN(loss)) {
                sum += loss;
                judged++;
            }
        }
        return sum / judged;
    }

    /** Judgements that a loss is a mean of, at least 2. */
    private static double judgements(long step, int bucket) {
        int every = bucket == 0 ? 1 : EVERY;
        return Math.max(2, Math.min((step - Buckets.LEADS[bucket]) / every, WINDOW / every));
    }

    void write(DataOutput out) throws IOException {
        Bulk.write(out, halves);
    }

    /** Before the fifteenth format every fourth step waited, and of these only the next is judged; before the twelfth what waited was in other units. */
    void read(DataInput in, int format) throws IOException {
        if (format < 15) {
            short[] before = new short[2 * PLACES_OF_FOURTH + 2 * BUCKETS];
            Bulk.read(in, before, format);
            Arrays.fill(halves, NONE);
            halves[0] = before[0];
            halves[PLACES] = before[PLACES_OF_FOURTH];
            System.arraycopy(before, 2 * PLACES_OF_FOURTH, halves, LOSS_BASE, 2 * BUCKETS);
        } else {
            Bulk.read(in, halves, format);
        }
        if (format < 12) {
            forget();
        }
    }
}
