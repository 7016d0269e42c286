package io.eddy.model;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Vectors;
import java.util.Arrays;

/**
 * The quantiles of steps beyond the next one: the 95 % interval lies around the median as the errors of late and the network's own quantiles do, the 80 %
 * interval has its middle, a share of its width, and the median within. Holds scratch arrays, so that many steps are made at once.
 */
final class LaterQuantiles {
    private static final double UPPER_95 = Quantiles.normal(Quantiles.UPPER_95);

    /** [horizon]: bucket of steps ahead. */
    private final int[] buckets;
    /** [horizon]: index of the lead time that each step is nearest to; -1 where its factors are those of the next step. */
    private final int[] leads;
    /** [horizon]: the median. */
    private final double[] centre;
    /** [horizon]: distances of the network's 95 % interval from its median, in scales; then the ends of the interval. */
    private final double[] lower95;

    private final double[] upper95;
    /** [horizon]: the width of the 80 % interval in those of the other; then its lower end. */
    private final double[] lower80;

    private final double[] upper80;

    LaterQuantiles(int horizon) {
        buckets = new int[horizon];
        leads = new int[horizon];
        Arrays.setAll(buckets, h -> Buckets.of(h + 1));
        Arrays.setAll(leads, h -> h > 0 ? Leads.nearest(h + 1, horizon) : -1);
        centre = new double[horizon];
        lower95 = new double[horizon];
        upper95 = new double[horizon];
        lower80 = new double[horizon];
        upper80 = new double[horizon];
    }

    /** Whether the quantiles of a step, from 0, are not made here but as those of the next. */
    boolean isAsNext(int h) {
        return leads[h] < 0;
    }

    double centre(int h) {
        return centre[h];
    }

    /**
     * Makes the medians: those of the mixture, moved towards the network's as far as that is trusted. Beyond what the network knows they are the
     * mixture's, and its spread that of the last step that it knows.
     *
     * @param base [steps or more], the mixture of the experts
     * @param deviations [known * quantiles or more] of the network, in scales
     * @param shares [buckets]: the network's
     * @param network filled with what the network alone forecasts, NaN where it knows nothing
     */
    void centre(
            double[] base, float[] deviations, int known, int steps, double scale, double[] shares, double[] network) {
        for (int h = 0; h < known; h++) {
            int first = h * Quantiles.COUNT;
            double median = scale * deviations[first + Quantiles.MEDIAN];
            network[h] = base[h] + median;
            centre[h] = base[h] + shares[buckets[h]] * median;
            lower95[h] = NetworkSpread.distance(deviations, first, Quantiles.LOWER_95);
            upper95[h] = NetworkSpread.distance(deviations, first, Quantiles.UPPER_95);
        }
        for (int h = known; h < steps; h++) {
            network[h] = Double.NaN;
            centre[h] = base[h];
            lower95[h] = known == 0 ? 0 : lower95[known - 1];
            upper95[h] = known == 0 ? 0 : upper95[known - 1];
        }
    }

    /**
     * Fills a forecast but for the steps that are {@link #isAsNext}.
     *
     * @param own [steps or more]: the deviation of the next step that counts for each, less the network's share of it, in scales
     * @param shares [steps or more] of the network's distances
     * @param slots [steps or more]: what the slots of the season make of a width
     * @param forecast [steps or more * quantiles], the quantiles of a step together
     */
    void fill(
            LaterWidths later,
            Leads learnt,
            double[] own,
            double[] shares,
            double scale,
            double[] slots,
            int steps,
            double[] forecast) {
        for (int h = 0; h < steps; h++) {
            lower80[h] = leads[h] < 0 ? 0 : learnt.share80(leads[h], later.towardsNormal(h + 1));
        }
        double[] growth = later.growth();
        double[] factors = later.factors();
        int done = Vectors.THERE
                ? VectorWidths.fill(
                        centre, lower95, upper95, lower80, upper80, growth, slots, factors, own, shares, scale, steps)
                : 0;
        for (int h = done; h < steps; h++) {
            double spread = own[h] * growth[h];
            double width = scale * slots[h] * factors[h];
            double lower = width * (-UPPER_95 * spread + shares[h] * lower95[h]);
            double upper = width * (UPPER_95 * spread + shares[h] * upper95[h]);
            double middle = (upper + lower) / 2;
            double half = (upper - lower) / 2 * lower80[h];
            lower95[h] = centre[h] + lower;
            lower80[h] = centre[h] + Math.min(0, middle - half);
            upper80[h] = centre[h] + Math.max(0, middle + half);
            upper95[h] = centre[h] + upper;
        }
        for (int h = 0; h < steps; h++) {
            if (leads[h] >= 0) {
                int first = Quantiles.COUNT * h;
                // Where the intervals are as wide as each other, what was rounded must not cross.
                forecast[first + Quantiles.LOWER_95] = Math.min(lower95[h], lower80[h]);
                forecast[first + Quantiles.LOWER_80] = lower80[h];
                forecast[first + Quantiles.MEDIAN] = centre[h];
                forecast[first + Quantiles.UPPER_80] = upper80[h];
                forecast[first + Quantiles.UPPER_95] = Math.max(upper95[h], upper80[h]);
            }
        }
    }
}
