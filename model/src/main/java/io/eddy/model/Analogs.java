package io.eddy.model;

import java.util.Arrays;

/**
 * What followed the moments of the remembered past that were most like the present (Lorenz 1969; Sugihara and May 1990): the weighted mean of
 * what came after the nearest of them, moved by what is left of the distance of their newest value from the present one. It learns nothing and
 * keeps nothing.
 */
final class Analogs implements Expert {
    /** Values that are compared, so many steps apart. */
    private static final int COMPARED = 6;

    private static final int APART = 3;
    private static final int SPAN = (COMPARED - 1) * APART;
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
        Arrays.fill(distances, first, now, 0);
        for (int lag = 0; lag <= SPAN; lag += APART) {
            add(past.values, lag, first, now);
        }
        double farthest = Double.POSITIVE_INFINITY;
        for (int at = first; at < now; at++) {
            if (distances[at] < farthest) { // never where a value is missing
                insert(at, distances[at]);
                farthest = least[NEAREST - 1];
            }
        }
    }

    private void add(double[] values, int lag, int first, int now) {
        double value = values[now - lag];
        for (int at = first; at < now; at++) {
            double difference = value - values[at - lag];
            distances[at] += difference * difference;
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
        double alike = ALIKE * past.scale * past.scale;
        double sum = 0;
        double all = 0;
        for (int k = 0; k < NEAREST; k++) {
            int at = nearest[k];
            double then = at < 0 || at + h > now ? Double.NaN : values[at + h];
            if (!Double.isNaN(then)) {
                double weight = 1 / (least[k] + alike);
                sum += weight * (then + past.fade[h] * (values[now] - values[at]));
                all += weight;
            }
        }
        return all == 0 ? Double.NaN : sum / all;
    }
}
