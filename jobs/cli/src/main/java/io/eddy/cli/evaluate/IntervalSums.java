package io.eddy.cli.evaluate;

import io.eddy.model.network.Quantiles;
import java.util.List;
import java.util.Map;

/** How well the quantiles of one series did: loss, interval score and coverage over all steps ahead, and see {@link LeadIntervals}. */
final class IntervalSums {
    private static final int DAY = 24;

    private final double[] levels = Quantiles.levels();
    private final List<LeadIntervals> leads;
    private double pinball;
    private double score;
    private double size;
    private long in80;
    private long in95;
    private long infinite;
    private long count;

    /** @param stride steps from one forecast to the next */
    IntervalSums(int stride) {
        leads = List.of(new LeadIntervals(1, stride), new LeadIntervals(DAY, stride));
    }

    /**
     * Takes one forecast that met its actual.
     *
     * @param h steps ahead, from 1
     * @param row the quantiles, ascending
     */
    void add(int h, double y, double[] row) {
        for (int q = 0; q < levels.length; q++) {
            pinball += Math.max(levels[q] * (y - row[q]), (levels[q] - 1) * (y - row[q]));
        }
        double lower = row[Quantiles.LOWER_95];
        double upper = row[Quantiles.UPPER_95];
        score += upper - lower + 40 * Math.max(0, Math.max(lower - y, y - upper));
        in95 += lower <= y && y <= upper ? 1 : 0;
        in80 += row[Quantiles.LOWER_80] <= y && y <= row[Quantiles.UPPER_80] ? 1 : 0;
        infinite += Double.isFinite(upper - lower) ? 0 : 1;
        size += Math.abs(y);
        count++;
        if (h == 1) {
            leads.get(0).add(y, row);
        } else if (h == DAY) {
            leads.get(1).add(y, row);
        }
    }

    /** Puts the metrics in, by name; those of a stretch only where there was one. */
    void metrics(double scale, Map<String, Double> into) {
        double cover80 = (double) in80 / count;
        double cover95 = (double) in95 / count;
        into.put("wql", 2 * pinball / levels.length / size);
        into.put("msis", score / count / scale);
        into.put("cover80", cover80);
        into.put("cover95", cover95);
        into.put("off80", Math.abs(cover80 - 0.8));
        into.put("off95", Math.abs(cover95 - 0.95));
        leads.forEach(lead -> lead.metrics(into));
        if (infinite > 0) {
            into.put("infinite", (double) infinite / count);
        }
    }
}
