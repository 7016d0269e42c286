package io.eddy.model;

import java.util.List;

/**
 * Corrects the mixture of the experts by what it has missed where some of them differed from it (stacking, Wolpert 1992), as far as that has paid. Holds scratch
 * arrays.
 */
final class Stacking {
    /** Those that differ from each other in what they look at, and are of use where there is a season. */
    private static final List<String> MEMBERS =
            List.of("seasonal", "profile", "weeks", "autoregression", "yule-walker", "slow-profile");

    static final int SIZE = MEMBERS.size();

    /** [members]: place of each among the experts. */
    private final int[] places;
    /** [members], scratch. */
    private final double[] x = new double[SIZE];

    private final double[] gain = new double[SIZE];

    /** @param names of the experts, all members among them */
    Stacking(List<String> names) {
        places = MEMBERS.stream().mapToInt(names::indexOf).toArray();
    }

    /** Learns from the newest value, or forgets what was said of it where there is none. */
    void learn(Past past, StackFit fit) {
        fit.learn(past.newest, past.scale, past.steps, x, gain);
    }

    /**
     * Corrects a forecast, and keeps what it was for the steps that will be judged.
     *
     * @param forecasts [experts][horizon]
     * @param mixture [steps or more], changed
     */
    void correct(Past past, StackFit fit, int steps, double[][] forecasts, double[] mixture) {
        for (int bucket = 0, h = 1; h <= steps; bucket++) {
            double share = fit.share(bucket);
            int lead = Buckets.LEADS[bucket];
            for (; h <= steps && Buckets.of(h) == bucket; h++) {
                if (share == 0 && h != lead) {
                    continue;
                }
                double before = mixture[h - 1];
                fill(forecasts, h);
                StackFit.differences(x, before, past.scale);
                double correction = past.scale * fit.correction(bucket, x);
                mixture[h - 1] += share * correction;
                if (h == lead) {
                    fill(forecasts, h);
                    fit.wait(bucket, past.steps, before, before + correction, x);
                }
            }
        }
    }

    private void fill(double[][] forecasts, int h) {
        for (int i = 0; i < SIZE; i++) {
            x[i] = forecasts[places[i]][h - 1];
        }
    }
}
