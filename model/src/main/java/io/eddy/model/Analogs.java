package io.eddy.model;

import java.util.Arrays;

/**
 * What followed the moments of the remembered past that were most like the present (Lorenz 1969; Sugihara and May 1990): the weighted mean of
 * what came after the nearest of them, moved by what is left of the distance of their newest value from the present one. It learns nothing and
 * keeps nothing.
 */
final class Analogs implements Expert {
    /** So many values are compared, so many steps apart. */
    private static final int VALUES = 6;

    static final int APART = 3;
    private static final int SPAN = (VALUES - 1) * APART;
    /** Moments there are: all places of the values but those too old to have {@link #SPAN} before them, and the newest one. */
    private static final int MOMENTS = Past.NOW - SPAN;
    /** Moments so far apart share a column. */
    private static final int COLUMNS = MOMENTS / 8;

    private static final int NEAREST = 4;
    /** Moments to choose from that it takes. */
    private static final int ENOUGH = 30;
    /** Squared distance, in squared scales, below which one moment is as good as another. */
    private static final double ALIKE = 1e-4;

    /**
     * [{@link #VALUES}][moments and the newest]: the newest value of each moment, then the one before it, and so on; filled where the JVM runs without the
     * Vector API.
     */
    private final double[][] values = new double[VALUES][MOMENTS + 1];
    /** [moments], squared distances from the present one; scratch. */
    private final double[] distances = new double[MOMENTS];
    /** [half of the moments]: the least of 2, 4, then 8 distances; scratch. */
    private final double[] minima = new double[MOMENTS / 2];
    /** [columns and one], [moments and one]: those that may be or hold one of the nearest, then room for the next; scratch. */
    private final int[] columns = new int[COLUMNS + 1];

    private final int[] candidates = new int[MOMENTS + 1];
    /** [{@link #NEAREST}], moments, -1: none; and their squared distances, ascending. */
    private final int[] nearest = new int[NEAREST];

    private final double[] least = new double[NEAREST];
    /** [{@link #NEAREST}]: what each counts. */
    private final double[] weights = new double[NEAREST];

    @Override
    public void look(Past past, Trust trust) {
        for (int k = 0; k < VALUES && !LstmLayer.VECTORS; k++) {
            System.arraycopy(past.values, SPAN - k * APART, values[k], 0, MOMENTS + 1);
        }
    }

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        search(past, MOMENTS - ago);
        return follow(past, MOMENTS - ago, h);
    }

    @Override
    public void fill(Past past, Trust trust, int steps, double[] out) {
        search(past, MOMENTS);
        for (int h = 1; h <= steps; h++) {
            out[h - 1] = follow(past, MOMENTS, h);
        }
    }

    /** Fills the moments before this one that are nearest to it. */
    private void search(Past past, int now) {
        Arrays.fill(nearest, -1);
        Arrays.fill(least, Double.MAX_VALUE);
        int first = (int) Math.max(0, Past.NOW + 1 - past.steps);
        if (now - first < ENOUGH) {
            return;
        }
        if (LstmLayer.VECTORS) {
            VectorMoments.measure(past.values, now, distances);
        } else {
            measure(values, now, distances);
        }
        Arrays.fill(distances, now, MOMENTS, Double.POSITIVE_INFINITY);
        choose();
        double alike = ALIKE * past.scale * past.scale;
        for (int k = 0; k < NEAREST; k++) {
            weights[k] = 1 / (least[k] + alike);
        }
    }

    /**
     * Fills the distances of all moments, NaN where a value is missing. The JIT makes vectors of this only while each array is read at one index
     * and the bounds are constants.
     */
    private static void measure(double[][] values, int now, double[] distances) {
        double[] v0 = values[0];
        double[] v1 = values[1];
        double[] v2 = values[2];
        double[] v3 = values[3];
        double[] v4 = values[4];
        double[] v5 = values[5];
        double now0 = v0[now];
        double now1 = v1[now];
        double now2 = v2[now];
        double now3 = v3[now];
        double now4 = v4[now];
        double now5 = v5[now];
        for (int i = 0; i < MOMENTS; i++) {
            double d0 = now0 - v0[i];
            double d1 = now1 - v1[i];
            double d2 = now2 - v2[i];
            double d3 = now3 - v3[i];
            double d4 = now4 - v4[i];
            double d5 = now5 - v5[i];
            distances[i] = d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4 + d5 * d5;
        }
    }

    /** Fills the nearest from the few columns that hold one. The few are written down without a branch, for none could be foretold. */
    private void choose() {
        double bound = bound(distances, minima);
        double limit = Math.nextUp(bound);
        if (Double.isNaN(bound)) { // a value is missing, so the minima tell nothing
            limit = Double.MAX_VALUE;
            Arrays.fill(minima, 0, COLUMNS, 0);
        }
        int few = 0;
        for (int column = 0; column < COLUMNS; column++) {
            columns[few] = column;
            few += oneIfBelow(limit, minima[column]);
        }
        int count = 0;
        for (int k = 0; k < few; k++) {
            for (int i = columns[k]; i < MOMENTS; i += COLUMNS) {
                candidates[count] = i;
                count += oneIfBelow(limit, distances[i]);
            }
        }
        for (int k = 0; k < count; k++) {
            take(candidates[k], distances[candidates[k]]);
        }
    }

    /** 1 where it is below the limit, else 0; for NaN one of them. */
    private static int oneIfBelow(double limit, double distance) {
        return (int) (Double.doubleToRawLongBits(distance - limit) >>> 63); // the sign
    }

    /** Fills the minima of the columns; the result is one that at least four distances are not above: the largest of the minima of four parts. */
    private static double bound(double[] distances, double[] minima) {
        for (int i = 0; i < MOMENTS / 2; i++) {
            minima[i] = Math.min(distances[i], distances[i + MOMENTS / 2]);
        }
        for (int i = 0; i < MOMENTS / 4; i++) {
            minima[i] = Math.min(minima[i], minima[i + MOMENTS / 4]);
        }
        for (int i = 0; i < COLUMNS; i++) {
            minima[i] = Math.min(minima[i], minima[i + COLUMNS]);
        }
        double a = minima[0];
        double b = minima[1];
        double c = minima[2];
        double d = minima[3];
        for (int i = NEAREST; i < COLUMNS; i += NEAREST) {
            a = Math.min(a, minima[i]);
            b = Math.min(b, minima[i + 1]);
            c = Math.min(c, minima[i + 2]);
            d = Math.min(d, minima[i + 3]);
        }
        return Math.max(Math.max(a, b), Math.max(c, d));
    }

    /** Gives a moment its place among the nearest, if it is one; of those as near as each other the newer comes first. */
    private void take(int moment, double distance) {
        int place = NEAREST - 1;
        if (!isNearer(moment, distance, place)) {
            return;
        }
        for (; place > 0 && isNearer(moment, distance, place - 1); place--) {
            least[place] = least[place - 1];
            nearest[place] = nearest[place - 1];
        }
        least[place] = distance;
        nearest[place] = moment;
    }

    private boolean isNearer(int moment, double distance, int place) {
        return distance < least[place] || distance == least[place] && moment > nearest[place];
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
