package io.eddy.bench;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import java.util.List;

/** How often p-values come up in normal times: a simulated fleet, each series on its own. */
final class CalibrationRows {
    private static final int SERIES = 400;
    private static final int STEPS = 20_000;
    private static final int WARM_UP = 1000;
    private static final double[] LEVELS = {1e-2, 1e-3, 1e-4};

    private CalibrationRows() {}

    /** Adds the mean share at or below each level, and the share of series within a factor of two of it. */
    static void add(List<Row> rows) {
        double[] shares = new double[LEVELS.length];
        int[] within = new int[LEVELS.length];
        Forecaster forecaster = EddyDetector.forecaster();
        Answer answer = new Answer(1);
        for (int k = 0; k < SERIES; k++) {
            double[] values = NormalFleet.series(k, STEPS);
            Memory memory = new Memory();
            int[] counts = new int[LEVELS.length];
            for (int t = 0; t < STEPS; t++) {
                forecaster.step(memory, EddyDetector.WEIGHTS, NormalFleet.millis(t), values[t], answer);
                for (int i = 0; i < LEVELS.length; i++) {
                    counts[i] += t >= WARM_UP && answer.pValue <= LEVELS[i] ? 1 : 0;
                }
            }
            for (int i = 0; i < LEVELS.length; i++) {
                double share = (double) counts[i] / (STEPS - WARM_UP);
                shares[i] += share / SERIES;
                within[i] += share >= LEVELS[i] / 2 && share <= LEVELS[i] * 2 ? 1 : 0;
            }
        }
        for (int i = 0; i < LEVELS.length; i++) {
            String level = "p_at_most_" + LEVELS[i];
            rows.add(Row.of("anomalies", "normal-fleet/eddy", level, shares[i], "share of points"));
            rows.add(Row.of(
                    "anomalies",
                    "normal-fleet/eddy",
                    level + "_within_2",
                    (double) within[i] / SERIES,
                    "share of series"));
        }
    }
}
