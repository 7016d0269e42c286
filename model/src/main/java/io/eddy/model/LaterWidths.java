package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.util.Arrays;

/**
 * How wide intervals are that reach farther than the next step, beside those of the next. They grow as the errors of an AR(1) process and those of the
 * experts do, and are wider where the experts are far apart. Up to the last lead time that is judged their factors lie on lines between those of the
 * lead times, over the logarithm of the steps. Holds scratch arrays.
 */
final class LaterWidths {
    /**
     * What is left after a step of how much larger or smaller than usual errors are, where there is a season, in what is left of a deviation from it: an hour
     * is not like the next.
     */
    private static final double LEFT = 0.98;
    /** Experts this far apart, in the least of their mean absolute errors, or nearer, say nothing. */
    private static final double ALIKE = 0.1;

    /** What the errors of the experts count in the growth up to the last lead time. */
    private static final double PULL = 0.5;

    private static final int LAST_BUCKET = Buckets.LEADS.length - 1;
    /** Steps ahead at which the experts are judged last, and steps since the judgement before. */
    private static final int FARTHEST = Buckets.LEADS[LAST_BUCKET];

    private static final int BEFORE = Buckets.LEADS[LAST_BUCKET - 1];
    private static final int LAST_STRETCH = FARTHEST - BEFORE;
    /** Growth over that stretch above which errors grow faster than those of a walk: a law is run freely on what it says itself. */
    private static final double WALK = Math.sqrt((double) FARTHEST / BEFORE);

    /** [lead times, those beyond the horizon too], in steps. */
    private final int[] leads = Leads.steps();
    /** [lead times]: what the errors of the experts count in the growth up to each. */
    private final double[] pulls = new double[leads.length];
    /** Index of the last lead time within the horizon; -1: there is none. */
    private final int last;
    /** [horizon]: how far each step is from the lead time before it, or the next step, to the one after it: 0 to 1. */
    private final double[] between;
    /**
     * [horizon], as far as experts are ever judged: mean absolute error of the best of them so many steps ahead, from 1, in scales; NaN: not known. Where the
     * last judgement has not been, or is beyond the horizon, it is taken to grow to there as that of a walk.
     */
    private final double[] sizes;
    /** [horizon]. */
    private final double[] factors;

    private final double[] growth;
    private boolean isFree;
    /** [horizon]: experts this far apart, in the unit of the values, or nearer, are alike; of the next step all are. */
    private final double[] alike;

    LaterWidths(int horizon) {
        last = Leads.nearest(horizon, horizon);
        between = new double[horizon];
        sizes = new double[Math.min(horizon, FARTHEST)];
        factors = new double[horizon];
        growth = new double[horizon];
        alike = new double[horizon];
        alike[0] = Double.POSITIVE_INFINITY;
        for (int i = 0; i < leads.length; i++) {
            pulls[i] = PULL * Math.log(leads[i]) / Math.log(leads[leads.length - 1]);
        }
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

    /** [horizon], the factor of each step. */
    double[] factors() {
        return factors;
    }

    /** [horizon], the growth of each step. */
    double[] growth() {
        return growth;
    }

    /** Takes a part of the factors back, 0 to 1, as that of the widths which are not what the factors are about. */
    void withdraw(double part, int steps) {
        for (int h = 0; h < steps && part > 0; h++) {
            factors[h] += part * (1 - factors[h]);
        }
    }

    /** The deviation of the forecast so many steps ahead, from 1, in those of the next. */
    double growth(int h) {
        return growth[h - 1];
    }

    /**
     * How far errors so many steps ahead, from 1, have come to be like those of a normal distribution since the last lead time that is judged, 0 to 1. Where a
     * law is run freely most are small at first and some are large, and the small ones grow until they are all alike; so the more, the faster they grow
     * than those of a walk.
     */
    double towardsNormal(int h) {
        if (!isFree || last < 0 || h <= leads[last]) {
            return 0;
        }
        double walk = growth[leads[last] - 1] / growth[h - 1];
        return Math.max(0, 1 - walk * walk * h / leads[last]);
    }

    /**
     * Looks at a series.
     *
     * @param next factor on the width of the next step
     * @param apart how far apart the experts are, in the unit of the values, [steps]
     */
    void look(Memory memory, double next, double[] apart, int steps) {
        Arrays.fill(factors, 0, steps, 1);
        size(memory.trust, steps);
        grow(memory, steps);
        join(memory, next, steps);
        follow(memory, steps);
        widen(memory, apart, steps);
    }

    /**
     * Fills {@link #growth} as in an AR(1) process, beyond the last lead time as the errors of the experts grow, and where these are not judged any more
     * on the line through the last two steps at which they are or, where a law is run freely, by the same factor each step as between these.
     */
    private void grow(Memory memory, int steps) {
        double phi2 = memory.history.persistence() * memory.history.persistence();
        double variance = 0;
        double grown = 1;
        for (int h = 1; h <= steps; h++) {
            variance += grown;
            grown *= phi2;
            growth[h - 1] = variance;
        }
        SlotErrors.roots(growth, steps);
        Trust trust = memory.trust;
        double times = trust.least(LAST_BUCKET) / trust.least(LAST_BUCKET - 1);
        isFree = times > WALK;
        if (last < 0 || steps <= leads[last] || Double.isNaN(times)) {
            return;
        }
        FineWidths fine = trust.heavy.widths;
        int from = leads[last];
        for (int h = from + 1; h <= Math.min(steps, FARTHEST); h++) {
            double ratio = sizes[h - 1] / sizes[from - 1];
            if (ratio >= 0) {
                growth[h - 1] = growth[from - 1] * bounded(ratio, fine.mostGrowth((double) h / from));
            }
        }
        double rise = (1 - 1 / times) / LAST_STRETCH;
        double each = Math.pow(times, 1.0 / LAST_STRETCH);
        double ratio = 1;
        for (int h = FARTHEST + 1; h <= steps; h++) {
            ratio = isFree ? ratio * each : ratio + rise;
            growth[h - 1] = growth[FARTHEST - 1] * bounded(ratio, fine.mostGrowth((double) h / FARTHEST));
        }
    }

    /** A growth that is not below 1. */
    private static double bounded(double growth, double most) {
        return Math.max(1, Math.min(growth, most));
    }

    /** Fills {@link #sizes}, which lie on lines between the steps that the experts are judged at. */
    private void size(Trust trust, int steps) {
        double before = trust.least(0);
        int h = 1;
        for (int bucket = 1; bucket <= LAST_BUCKET && h <= steps; bucket++) {
            double judged = trust.least(bucket);
            double after = bucket == LAST_BUCKET && Double.isNaN(judged) ? WALK * before : judged;
            int from = Buckets.LEADS[bucket - 1];
            double rise = (after - before) / (Buckets.LEADS[bucket] - from);
            for (; h <= Math.min(steps, Buckets.LEADS[bucket]); h++) {
                sizes[h - 1] = before + (h - from) * rise;
            }
            before = after;
        }
    }

    private void join(Memory memory, double next, int steps) {
        double before = next;
        int h = 2;
        for (int i = 0; i <= last && h <= steps; i++) {
            double pulled = pulled(i, steps);
            double after = Math.exp(memory.leads.logWidth(i) + pulled);
            for (; h <= Math.min(steps, leads[i]); h++) {
                factors[h - 1] = before + between[h - 1] * (after - before);
            }
            before = after;
        }
        if (last >= 0 && h <= steps) {
            Arrays.fill(factors, h - 1, steps, before);
        }
    }

    /** The logarithm of the factor that brings the growth up to a lead time nearer to that of the errors of the experts, the farther the more. */
    private double pulled(int index, int steps) {
        int lead = leads[index];
        if (lead > steps) {
            return 0;
        }
        double ratio = sizes[lead - 1] / sizes[0];
        return ratio >= 0 ? pulls[index] * Math.log(bounded(ratio, Math.sqrt(lead)) / growth[lead - 1]) : 0;
    }

    /** Widths follow half of the logarithm of how large errors are. */
    private void follow(Memory memory, int steps) {
        double more = Math.sqrt(memory.surprise.lately(memory.slotErrors.lately(memory.history))) - 1;
        double left = memory.slotErrors.isKnown() ? LEFT * memory.history.persistence() : 1;
        for (int h = 0; h < steps; h++) {
            factors[h] *= 1 + more;
            more *= left;
        }
    }

    /** Widens later steps where the experts are far apart, beside what the best of them errs there; more than that says no more. */
    private void widen(Memory memory, double[] apart, int steps) {
        double scale = ALIKE * memory.history.scale();
        int judged = Math.min(steps, FARTHEST);
        for (int h = 1; h < judged; h++) {
            alike[h] = scale * sizes[h];
        }
        for (int h = judged; h < steps; h++) {
            alike[h] = scale * Math.sqrt((h + 1.0) / FARTHEST) * sizes[FARTHEST - 1];
        }
        double most = 1 / ALIKE;
        int done = Vectors.THERE ? VectorWidths.widen(factors, apart, alike, most, steps) : 0;
        for (int h = done; h < steps; h++) {
            double wider = apart[h] / alike[h];
            factors[h] *= Math.sqrt(Math.sqrt(Math.sqrt(wider > 1 ? Math.min(wider, most) : 1)));
        }
    }
}
