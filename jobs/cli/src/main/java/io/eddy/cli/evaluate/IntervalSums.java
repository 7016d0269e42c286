package io.eddy.cli.evaluate;

import io.eddy.model.Quantiles;
import java.util.Map;

/** How well the quantiles of one series did: loss, interval score, coverage over all steps ahead, and one step ahead in its worst stretch. */
final class IntervalSums {
    private static final int STRETCH = 500;

    private final double[] levels = Quantiles.levels();
    private double pinball;
    private double score;
    private double size;
    private long in80;
    private long in95;
    private long count;
    /** One step ahead, ring. */
    private final boolean[] outside = new boolean[STRETCH];

    private long oneStep;
    private int outsideNow;
    private int outsideMost;

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
        boolean in = lower <= y && y <= upper;
        score += upper - lower + 40 * Math.max(0, Math.max(lower - y, y - upper));
        in95 += in ? 1 : 0;
        in80 += row[Quantiles.LOWER_80] <= y && y <= row[Quantiles.UPPER_80] ? 1 : 0;
        size += Math.abs(y);
        count++;
        if (h == 1) {
            addOneStep(!in);
        }
    }

    private void addOneStep(boolean out) {
        int slot = (int) (oneStep % STRETCH);
        outsideNow += (out ? 1 : 0) - (outside[slot] ? 1 : 0);
        outside[slot] = out;
        oneStep++;
        if (oneStep >= STRETCH) {
            outsideMost = Math.max(outsideMost, outsideNow);
        }
    }

    /** Puts the metrics in, by name; that of the worst stretch only where there was one. */
    void metrics(double scale, Map<String, Double> into) {
        into.put("wql", 2 * pinball / levels.length / size);
        into.put("msis", score / count / scale);
        into.put("cover80", (double) in80 / count);
        into.put("cover95", (double) in95 / count);
        if (oneStep >= STRETCH) {
            into.put("worst500", 1 - (double) outsideMost / STRETCH);
        }
    }
}
