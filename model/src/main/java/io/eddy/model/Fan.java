package io.eddy.model;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The forecast of a step as quantiles, which spread like a fan over the horizon. Holds scratch arrays. */
final class Fan {
    /** Values until the scale of a series is known well enough for its errors to mean something. */
    private static final int SETTLED = 8;

    /**
     * How much of the network's share of the widths counts beyond the next step where the slots of a season have their say: what it knows of those is mostly
     * the hour.
     */
    private static final double LATER = 0.25;
    /** Steps ahead up to which it counts as much there; beyond it the less the farther, as beyond the last step judged where there is no season. */
    private static final int NEAR = 8;

    /** [horizon]: what the network alone forecasts; NaN without one. */
    private final double[] network;
    /** [buckets]: the network's share in the median. */
    private final double[] shares = new double[Buckets.LEADS.length];
    /** [quantiles]. */
    private final double[] widths = new double[Quantiles.COUNT];

    /** [horizon]: what the slots of the season make of a width. */
    private final double[] slots;
    /** [horizon]: how much of the network's share of the widths counts, see {@link NetworkSpread#counts}. */
    private final double[] countsWithoutSeason;

    private final double[] countsInSeason;
    /** [horizon]: the deviation of the next step less the network's share of it, in scales. */
    private final double[] own;
    /** [horizon]: the share of the network's distances. */
    private final double[] ofNetwork;

    private final LaterWidths later;
    private final LaterQuantiles rows;

    Fan(int horizon) {
        later = new LaterWidths(horizon);
        slots = new double[horizon];
        countsWithoutSeason = new double[horizon];
        countsInSeason = new double[horizon];
        own = new double[horizon];
        ofNetwork = new double[horizon];
        int last = Leads.nearest(horizon, horizon);
        int judged = last < 0 ? horizon : Leads.steps()[last];
        Arrays.setAll(countsWithoutSeason, h -> NetworkSpread.counts(h + 1, judged));
        Arrays.setAll(countsInSeason, h -> NetworkSpread.counts(h + 1, Math.min(judged, NEAR)));
        network = new double[horizon];
        rows = new LaterQuantiles(horizon);
    }

    /** What the network alone forecast at the last step, [horizon]; NaN without one. */
    double[] network() {
        return network;
    }

    /**
     * The quantiles of all horizons. The median is that of the base forecast, moved towards the network's as far as that is trusted; the
     * others lie around it as those of an AR(1) process and of the network do, averaged level by level (Vincent 1912), at first the network's alone; wider where the slots of the
     * season err more than others and where the last few errors were larger than usual, then widened to the coverage they promise.
     */
    void issue(Memory memory, @Nullable WeightsVersion version, Draft draft, float[] deviations, Answer answer) {
        double[] base = draft.base;
        History history = memory.history;
        Pending pending = memory.pending;
        double scale = history.scale();
        int steps = answer.steps;
        history.seasonalNaive(answer.seasonalNaive, steps);
        Arrays.fill(shares, 0);
        if (version != null) {
            memory.networkTrust.shares(history, shares);
        }
        pending.widths(widths);
        later.look(memory, widths[Quantiles.UPPER_95], draft.apart, steps);
        memory.slotErrors.widths(history, steps, slots);
        // The mean absolute error of a normal distribution is 0.8 of its deviation.
        FineWidths fine = memory.trust.heavy.widths;
        double deviation = fine.error(memory.surprise.meanError(), memory.surprise.count()) / 0.8;
        int known = version == null
                ? 0
                : Math.min(steps, version.weights().architecture().horizon());
        double alone = 0;
        double share = 0;
        double unit = 0;
        if (known > 0) {
            double asked = deviation * Quantiles.normal(Quantiles.UPPER_95);
            double below = -NetworkSpread.distance(deviations, 0, Quantiles.LOWER_95);
            double above = NetworkSpread.distance(deviations, 0, Quantiles.UPPER_95);
            alone = NetworkSpread.alone(memory.surprise.count());
            share = (1 - alone) * pending.spread.share();
            unit = pending.spread.issue(below / asked, above / asked, history.steps());
            later.withdraw(alone, steps);
        } else {
            pending.spread.none();
        }
        rows.centre(base, deviations, known, steps, scale, shares, network);
        boolean isSeason = memory.slotErrors.isKnown();
        double part = isSeason ? LATER : 1;
        double[] counts = isSeason ? countsInSeason : countsWithoutSeason;
        for (int h = 0; h < steps; h++) {
            double ahead = h > 0 ? part : 1;
            double learnt = counts[h] * share;
            own[h] = (1 - ahead * (alone + learnt)) * deviation;
            ofNetwork[h] = ahead * (alone + learnt * unit);
        }
        rows.fill(later, memory.leads, own, ofNetwork, scale, slots, steps, answer.forecast);
        for (int h = 0; h < steps && rows.isAsNext(h); h++) {
            double width = scale * slots[h] * later.factor(h + 1);
            next(
                    answer.forecast,
                    h * Quantiles.COUNT,
                    rows.centre(h),
                    width,
                    own[h] * later.growth(h + 1),
                    ofNetwork[h],
                    deviations,
                    Math.min(h, known - 1) * Quantiles.COUNT);
        }
        for (int e = 0; e < answer.weights.length; e++) {
            answer.weights[e] *= 1 - shares[0];
        }
        answer.weights[answer.weights.length - 1] = shares[0];
        memory.leads.covered(history.steps(), answer.leadCoverage95);
        if (version != null) {
            memory.networkTrust.remember(history, known, base, deviations);
        }
        memory.leads.issue(history, fine, answer.forecast, steps);
        remember(memory, scale, answer);
    }

    /** The next step, whose quantiles have a factor each, from a place on; {@code share} is that of the network's distances, which begin at another. */
    private void next(
            double[] forecast,
            int at,
            double centre,
            double width,
            double spread,
            double share,
            float[] deviations,
            int first) {
        for (int q = 0; q < Quantiles.COUNT; q++) {
            double fromNetwork = share > 0 ? share * NetworkSpread.distance(deviations, first, q) : 0;
            forecast[at + q] = centre + width * widths[q] * (Quantiles.normal(q) * spread + fromNetwork);
        }
        order(forecast, at);
    }

    /** Outer quantiles give way where they cross, the median stays. */
    private static void order(double[] forecast, int at) {
        for (int q = at + Quantiles.MEDIAN - 1; q >= at; q--) {
            if (forecast[q] > forecast[q + 1]) {
                forecast[q] = forecast[q + 1];
            }
        }
        for (int q = at + Quantiles.MEDIAN + 1; q < at + Quantiles.COUNT; q++) {
            if (forecast[q] < forecast[q - 1]) {
                forecast[q] = forecast[q - 1];
            }
        }
    }

    private static void remember(Memory memory, double scale, Answer answer) {
        Pending pending = memory.pending;
        pending.known = memory.history.observed() >= SETTLED;
        pending.issue(answer.forecast, scale, answer.seasonalNaive[0]);
        answer.realisedError = pending.meanError();
        answer.realisedSkill = pending.skill();
        answer.realisedCoverage80 = pending.covered80();
        answer.realisedCoverage95 = pending.covered95();
    }
}
