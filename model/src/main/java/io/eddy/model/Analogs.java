package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.util.Arrays;

/**
 * What followed the moments of the remembered past that were most like the present (Lorenz 1969; Sugihara and May 1990): the weighted mean of
 * what came after the nearest of them, moved by what is left of the distance of their newest value from the present one. It learns nothing and
 * keeps nothing.
 */
final class Analogs extends Expert {
    /** So many values are compared, so many steps apart. */
    private static final int VALUES = 6;

    static final int APART = 3;
    private static final int SPAN = (VALUES - 1) * APART;
    /** Moments there are: all places of the values but those too old to have {@link #SPAN} before them, and the newest one. */
    private static final int MOMENTS = Past.NOW - SPAN;

    private static final int NEAREST = 4;
    /** Moments to choose from that it takes. */
    private static final int ENOUGH = 30;
    /** The more is remembered the nearer are the nearest, so newer errors say more of the next. */
    private static final double PROGRESS = 1.5;
    /** Squared distance, in squared scales, below which one moment is as good as another. */
    private static final double ALIKE = 1e-4;

    /**
     * A moment and its distance are one number, which sorts by the distance: the bits of that in single precision, but for the last ones, which are the
     * moment's age. So of those as near as each other the newer comes first. What is not a number sorts behind all.
     */
    static final int AGES = 0x1ff;

    private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    /**
     * [{@link #VALUES}][moments and the newest]: the newest value of each moment, then the one before it, and so on; filled where the JVM runs without the
     * Vector API.
     */
    private final float[][] values = new float[VALUES][MOMENTS + 1];
    /** [moments], squared distances from the present one, in squared units; scratch. */
    private final float[] distances = new float[MOMENTS];
    /** [moments]: how much older each is than the last one. */
    private final int[] ages = new int[MOMENTS];
    /** [moments], scratch. */
    private final int[] keys = new int[MOMENTS];
    /** [{@link #NEAREST}], moments, -1: none; the nearest first. */
    private final int[] nearest = new int[NEAREST];
    /** [{@link #NEAREST}]: their keys. */
    private final int[] least = new int[NEAREST];
    /** [{@link #NEAREST}]: what each counts. */
    private final double[] weights = new double[NEAREST];
    /** Those that go on, from the value that came next. */
    private final Runs runs = new Runs(NEAREST);

    Analogs() {
        Arrays.setAll(ages, i -> MOMENTS - 1 - i);
    }

    @Override
    int silence(Past past) {
        return SPAN + ENOUGH;
    }

    @Override
    double progress() {
        return PROGRESS;
    }

    @Override
    void look(Past past, Trust trust) {
        for (int k = 0; k < VALUES && !Vectors.THERE; k++) {
            System.arraycopy(past.distances, SPAN - k * APART, values[k], 0, MOMENTS + 1);
        }
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        search(past, MOMENTS - ago);
        return follow(past, MOMENTS - ago, h);
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        search(past, MOMENTS);
        if (nearest[0] < 0) {
            return false;
        }
        if (past.isWhole()) {
            follow(past, steps, out);
        } else {
            for (int h = 1; h <= steps; h++) {
                out[h - 1] = follow(past, MOMENTS, h);
            }
        }
        return true;
    }

    /** Fills the moments before this one that are nearest to it. */
    private void search(Past past, int now) {
        Arrays.fill(nearest, -1);
        int first = (int) Math.max(0, Past.NOW + 1 - past.steps);
        if (now - first < ENOUGH) {
            return;
        }
        choose(Vectors.THERE ? VectorMoments.nearest(past.distances, first, now, ages, keys) : measure(now));
        double alike = ALIKE * past.scale * past.scale / (past.unit * past.unit);
        for (int k = 0; k < NEAREST; k++) {
            float distance = Float.intBitsToFloat(least[k] & ~AGES);
            nearest[k] = least[k] < INFINITE ? MOMENTS - 1 - (least[k] & AGES) : -1;
            weights[k] = 1 / (distance + alike);
        }
    }

    /** Fills the keys of the moments before this one; the result is how many these are. */
    private int measure(int now) {
        measure(values, now, distances);
        for (int i = 0; i < now; i++) {
            keys[i] = (Float.floatToRawIntBits(distances[i]) & ~AGES | ages[i]) & Integer.MAX_VALUE;
        }
        return now;
    }

    /**
     * Fills the distances of all moments, NaN where a value is missing. The JIT makes vectors of this only while each array is read at one index
     * and the bounds are constants.
     */
    private static void measure(float[][] values, int now, float[] distances) {
        float[] v0 = values[0];
        float[] v1 = values[1];
        float[] v2 = values[2];
        float[] v3 = values[3];
        float[] v4 = values[4];
        float[] v5 = values[5];
        float now0 = v0[now];
        float now1 = v1[now];
        float now2 = v2[now];
        float now3 = v3[now];
        float now4 = v4[now];
        float now5 = v5[now];
        for (int i = 0; i < MOMENTS; i++) {
            float d0 = now0 - v0[i];
            float d1 = now1 - v1[i];
            float d2 = now2 - v2[i];
            float d3 = now3 - v3[i];
            float d4 = now4 - v4[i];
            float d5 = now5 - v5[i];
            distances[i] = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5;
        }
    }

    /** Fills the least of so many keys, ascending. */
    private void choose(int count) {
        int first = Integer.MAX_VALUE;
        int second = first;
        int third = first;
        int fourth = first;
        for (int i = 0; i < count; i++) {
            int key = keys[i];
            if (key < fourth) {
                int more = Math.max(first, key);
                first = Math.min(first, key);
                key = Math.max(second, more);
                second = Math.min(second, more);
                more = Math.max(third, key);
                third = Math.min(third, key);
                fourth = Math.min(fourth, more);
            }
        }
        least[0] = first;
        least[1] = second;
        least[2] = third;
        least[3] = fourth;
    }

    /** Fills what followed the present one, where no value is missing: at one go up to where the next of them has come so far only. */
    private void follow(Past past, int steps, double[] out) {
        double now = past.values[Past.NOW];
        for (int from = 0, to; from < steps; from = to) {
            runs.clear();
            double rest = 0;
            to = steps;
            for (int k = 0; k < NEAREST; k++) {
                int moment = nearest[k];
                if (moment < 0 || moment + from >= MOMENTS) {
                    continue;
                }
                runs.add(SPAN + moment + 1, weights[k]);
                rest += weights[k] * (now - past.values[SPAN + moment]);
                to = Math.min(to, MOMENTS - moment);
            }
            if (runs.isEmpty()) {
                Arrays.fill(out, from, steps, Double.NaN);
            } else {
                runs.mean(past, rest / runs.weight(), from, to, out);
            }
        }
    }

    /** What followed, h steps later; NaN where nothing is known of that. */
    private double follow(Past past, int now, int h) {
        double sum = 0;
        double all = 0;
        for (int k = 0; k < NEAREST; k++) {
            int moment = nearest[k];
            double then = moment < 0 || moment + h > now ? Double.NaN : past.values[SPAN + moment + h];
            if (!Double.isNaN(then)) {
                sum += weights[k] * (then + past.fade[h] * (past.values[SPAN + now] - past.values[SPAN + moment]));
                all += weights[k];
            }
        }
        return all == 0 ? Double.NaN : sum / all;
    }
}
