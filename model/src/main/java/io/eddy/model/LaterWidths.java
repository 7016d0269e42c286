package io.eddy.model;

import java.util.Arrays;

/**
 * How wide intervals are that reach farther than the next step, beside those of the next. Up to the last lead time that is judged their factors
 * lie on lines between those of {@link Leads}, over the logarithm of the steps; beyond it intervals grow as the errors of the experts do.
 * Holds scratch arrays.
 */
final class LaterWidths {
    /** What is left after a step of how much larger or smaller than usual errors are, where there is a season: an hour is not like the next. */
    private static final double LEFT = 0.9;
    /** What widths follow of the logarithm of how large errors are. */
    private static final double FOLLOWED = 0.3;

    /** Steps ahead at which the experts are judged last. */
    private static final int FARTHEST = Experts.LEADS[Experts.LEADS.length - 1];

    /** [lead times, those beyond the horizon too], in steps. */
    private final int[] leads = Leads.steps();
    /** Index of the last lead time within the horizon; -1: there is none. */
    private final int last;
    /** [horizon]: how far each step is from the lead time before it, or the next step, to the one after it: 0 to 1. */
    private final double[] between;
    /** [horizon]. */
    private final double[] factors;

    private final double[] growth;

    LaterWidths(int horizon) {
        last = Leads.nearest(horizon, horizon);
        between = new double[horizon];
        factors = new double[horizon];
        growth = new double[horizon];
        int from = 1;
        for (int i = 0; i <= last; i++) {
            for (int h = from + 1; h <= leads[i]; h++) {
                between[h - 1] = Math.log((double) h / from) / Math.log((double) leads[i] / from);
            }
            from = leads[i];
        }
    }

    /** The factor on the width of a step ahead, from 1; of the next one it is left to {@link Pending} except for how large errors are now. */
    double factor(int h) {
        return factors[h - 1];
    }

    /** The deviation of the forecast so many steps ahead, from 1, in those of the next. */
    double growth(int h) {
        return growth[h - 1];
    }

    /**
     * Looks at a series.
     *
     * @param next factor on the width of the next step
     */
    void look(Memory memory, double next, int steps) {
        Arrays.fill(factors, 0, steps, 1);
        grow(memory, steps);
        join(memory.leads, next, steps);
        follow(memory, steps);
    }

    /** Fills {@link #growth} as in an AR(1) process, and beyond the last lead time, as far as experts are judged, by their errors. */
    private void grow(Memory memory, int steps) {
        double phi2 = memory.history.persistence() * memory.history.persistence();
        double variance = 0;
        double grown = 1;
        for (int h = 1; h <= steps; h++) {
            variance += grown;
            grown *= phi2;
            growth[h - 1] = Math.sqrt(variance);
        }
        if (last < 0 || steps <= leads[last]) {
            return;
        }
        int from = leads[last];
        double size = size(memory.trust, from);
        int to = Math.min(steps, FARTHEST);
        double walk = growth[to - 1];
        for (int h = from + 1; h <= to; h++) {
            double ratio = size(memory.trust, h) / size;
            if (ratio >= 0) {
                growth[h - 1] = growth[from - 1] * Math.max(1, Math.min(ratio, Math.sqrt((double) h / from)));
            }
        }
        double beside = growth[to - 1] / walk;
        for (int h = to + 1; h <= steps; h++) {
            growth[h - 1] *= beside;
        }
    }

    /** Mean absolute error of the best expert so many steps ahead, in scales, on lines between the steps it is judged at; NaN: not known. */
    private static double size(Trust trust, int h) {
        int after = 1;
        while (h > Experts.LEADS[after]) {
            after++;
        }
        int from = Experts.LEADS[after - 1];
        double before = trust.least(after - 1);
        return before + (h - from) * (trust.least(after) - before) / (Experts.LEADS[after] - from);
    }

    private void join(Leads judged, double next, int steps) {
        double before = next;
        int h = 2;
        for (int i = 0; i <= last; i++) {
            double after = judged.width(i);
            for (; h <= Math.min(steps, leads[i]); h++) {
                factors[h - 1] = before + between[h - 1] * (after - before);
            }
            before = after;
        }
        if (last >= 0 && h <= steps) {
            Arrays.fill(factors, h - 1, steps, before);
        }
    }

    private void follow(Memory memory, int steps) {
        double more = Math.pow(memory.surprise.lately(memory.slotErrors.lately(memory.history)), FOLLOWED) - 1;
        double left = memory.slotErrors.isKnown() ? LEFT : 1;
        for (int h = 0; h < steps; h++) {
            factors[h] *= 1 + more;
            more *= left;
        }
    }
}
