package io.eddy.model;

import java.util.Arrays;

/**
 * What followed the moments of the remembered past that were most like the present (Lorenz 1969; Sugihara and May 1990): the weighted mean of
 * what came after the nearest of them, moved by what is left of the distance of their newest value from the present one. It learns nothing and
 * keeps nothing.
 */
final class Analogs implements Expert {
    /** Six values are compared, so many steps apart. */
    private static final int APART = 3;

    private static final int SPAN = 5 * APART;
    private static final int NEAREST = 4;
    /** Moments to choose from that it takes. */
    private static final int ENOUGH = 30;
    /** Squared distance, in squared scales, below which one moment is as good as another. */
    private static final double ALIKE = 1e-4;

    /** [places of the values], squared distances from the present moment; scratch. */
    private final double[] distances = new double[History.CAPACITY];
    /** [{@link #NEAREST}], places of the values, -1: none; and their squared distances, ascending. */
    private final int[] nearest = new int[NEAREST];

    private final double[] least = new double[NEAREST];
    /** [{@link #NEAREST}]: what each counts. */
    private final double[] weights = new double[NEAREST];

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        int now = Past.NOW - ago;
        search(past, now);
        return follow(past, now, h);
    }

    @Override
    public void fill(Past past, Trust trust, int steps, double[] out) {
        search(past, Past.NOW);
        for (int h = 1; h <= steps; h++) {
            out[h - 1] = follow(past, Past.NOW, h);
        }
    }

    /** Fills the nearest moments before the one at this place of the values. */
    private void search(Past past, int now) {
        Arrays.fill(nearest, -1);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        int first = (int) Math.max(0, Past.NOW + 1 - past.steps) + SPAN;
        if (now - first < ENOUGH) {
            return;
        }
        measure(past.values, first, now);
        double farthest = Double.POSITIVE_INFINITY;
        // Backwards: the newest moments are mostly the most alike, so that few of the older ones take a place.
        for (int at = now - 1; at >= first; at--) {
            if (distances[at] < farthest) { // never where a value is missing
                insert(at, distances[at]);
                farthest = least[NEAREST - 1];
            }
        }
        double alike = ALIKE * past.scale * past.scale;
        for (int k = 0; k < NEAREST; k++) {
            weights[k] = 1 / (least[k] + alike);
        }
    }

    /** Fills the distances of the moments from the first on; all six differences in one pass, which the JIT vectorises. */
    private void measure(double[] v, int first, int now) {
        double v0 = v[now];
        double v1 = v[now - APART];
        double v2 = v[now - 2 * APART];
        double v3 = v[now - 3 * APART];
        double v4 = v[now - 4 * APART];
        double v5 = v[now - 5 * APART];
        for (int at = first; at < now; at++) {
            double d0 = v0 - v[at];
            double d1 = v1 - v[at - APART];
            double d2 = v2 - v[at - 2 * APART];
            double d3 = v3 - v[at - 3 * APART];
            double d4 = v4 - v[at - 4 * APART];
            double d5 = v5 - v[at - 5 * APART];
            distances[at] = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5;
        }
    }

    private void insert(int at, double distance) {
        int place = NEAREST - 1;
        for (; place > 0 && least[place - 1] > distance; place--) {
            least[place] = least[place - 1];
            nearest[place] = nearest[place - 1];
        }
        least[place] = distance;
        nearest[place] = at;
    }

    /** What followed, h steps later; NaN where nothing is known of that. */
    private double follow(Past past, int now, int h) {
        double[] values = past.values;
        double sum = 0;
        double all = 0;
        for (int k = 0; k < NEAREST; k++) {
            int at = nearest[k];
            double then = at < 0 || at + h > now ? Double.NaN : values[at + h];
            if (!Double.isNaN(then)) {
                sum += weights[k] * (then + past.fade[h] * (values[now] - values[at]));
                all += weights[k];
            }
        }
        return all == 0 ? Double.NaN : sum / all;
    }
}
