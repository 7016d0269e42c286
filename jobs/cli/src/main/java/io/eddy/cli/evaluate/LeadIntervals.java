package io.eddy.cli.evaluate;

import io.eddy.model.network.Quantiles;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;

/**
 * Intervals for one number of steps ahead of one series: the coverage in the worst 500 judged forecasts in a row, and the width and the interval score
 * (Gneiting and Raftery 2007) beside those of a split-conformal interval around the same median from the last 500 absolute errors that are known when the
 * forecast is issued.
 */
final class LeadIntervals {
    private static final int STRETCH = 500;
    /** Errors from which on the conformal interval is taken seriously. */
    private static final int LEAST = 100;

    private static final double OUTSIDE = 0.05;

    private final int lead;
    private final int stride;
    private final Worst worst80 = new Worst();
    private final Worst worst95 = new Worst();
    /** Errors of forecasts whose actual is not known yet when the newest is issued, oldest first. */
    private final ArrayDeque<Double> open = new ArrayDeque<>();
    /** Known errors, in the order of time and by size. */
    private final ArrayDeque<Double> known = new ArrayDeque<>();

    private double[] sorted = {};
    private double width;
    private double conformalWidth;
    private double score;
    private double conformalScore;

    /**
     * @param lead steps ahead
     * @param stride steps from one forecast to the next
     */
    LeadIntervals(int lead, int stride) {
        this.lead = lead;
        this.stride = stride;
    }

    /** Takes the forecasts in the order in which they were issued. */
    void add(double y, double[] row) {
        worst80.add(y < row[Quantiles.LOWER_80] || y > row[Quantiles.UPPER_80]);
        worst95.add(y < row[Quantiles.LOWER_95] || y > row[Quantiles.UPPER_95]);
        int rank = (int) Math.ceil((1 - OUTSIDE) * (sorted.length + 1));
        if (sorted.length >= LEAST && rank <= sorted.length) {
            double lower = row[Quantiles.LOWER_95];
            double upper = row[Quantiles.UPPER_95];
            width += upper - lower;
            score += score(y, lower, upper);
            double median = row[Quantiles.MEDIAN];
            double half = sorted[rank - 1];
            conformalWidth += 2 * half;
            conformalScore += score(y, median - half, median + half);
        }
        open.add(Math.abs(y - row[Quantiles.MEDIAN]));
        if ((long) open.size() * stride >= lead) { // known when the next is issued
            know(open.remove());
        }
    }

    private static double score(double y, double lower, double upper) {
        return upper - lower + 2 / OUTSIDE * (Math.max(0, lower - y) + Math.max(0, y - upper));
    }

    private void know(double error) {
        known.add(error);
        int place = Arrays.binarySearch(sorted, error);
        place = place < 0 ? -place - 1 : place;
        double[] more = new double[sorted.length + 1];
        System.arraycopy(sorted, 0, more, 0, place);
        more[place] = error;
        System.arraycopy(sorted, place, more, place + 1, sorted.length - place);
        sorted = more;
        if (known.size() > STRETCH) {
            int gone = Arrays.binarySearch(sorted, known.remove());
            double[] fewer = Arrays.copyOf(sorted, STRETCH);
            System.arraycopy(sorted, gone + 1, fewer, gone, STRETCH - gone);
            sorted = fewer;
        }
    }

    /** Puts the metrics in, by name; what there were too few forecasts for is left out. */
    void metrics(Map<String, Double> into) {
        worst80.metric("w80@" + lead, into);
        worst95.metric("w95@" + lead, into);
        if (conformalWidth > 0) {
            into.put("width@" + lead, width / conformalWidth);
            into.put("score@" + lead, score / conformalScore);
        }
    }

    /** The most misses in a stretch. */
    private static final class Worst {
        private final boolean[] outside = new boolean[STRETCH];
        private long count;
        private int now;
        private int most;

        void add(boolean out) {
            int slot = (int) (count % STRETCH);
            now += (out ? 1 : 0) - (outside[slot] ? 1 : 0);
            outside[slot] = out;
            count++;
            most = count >= STRETCH ? Math.max(most, now) : most;
        }

        void metric(String name, Map<String, Double> into) {
            if (count >= STRETCH) {
                into.put(name, 1 - (double) most / STRETCH);
            }
        }
    }
}
