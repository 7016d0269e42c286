package io.eddy.forecast;

import io.eddy.Forecast;
import io.eddy.connectors.StepMean;
import io.eddy.model.Threshold;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which level a series should not reach: its own, by a label of its newest reading, or the model's. */
final class Thresholds {
    /** The label that holds a series' own, in the words of {@link Threshold#of}. */
    static final String LABEL = "eddy.threshold";

    private static final Logger LOG = LoggerFactory.getLogger(Thresholds.class);

    private final @Nullable Threshold ofModel;
    private final Counter refused;

    Thresholds(@Nullable Threshold ofModel, MetricGroup metrics) {
        this.ofModel = ofModel;
        refused = metrics.counter("thresholds_refused");
    }

    /** Null for none. What a label says that cannot be read is counted, and the model's holds. */
    @Nullable
    Threshold of(StepMean step) {
        String own = step.labels().get(LABEL);
        if (own == null) {
            return ofModel;
        }
        try {
            return Threshold.of(own);
        } catch (IllegalArgumentException e) {
            if (refused.getCount() == 0) { // one of each step would be too many
                LOG.error("series \"{}\", label {}: {}", step.series(), LABEL, e.getMessage());
            }
            refused.inc();
            return ofModel;
        }
    }

    /**
     * Fills what the forecast says of the threshold.
     *
     * @param quantiles [horizon * quantiles] of the forecast
     * @param paths [horizon][paths] of the network; null for none
     */
    static void fill(Forecast forecast, Threshold threshold, double[] quantiles, float @Nullable [][] paths) {
        int first = threshold.firstStep(quantiles);
        forecast.setThresholdEtaSeconds(first == 0 ? null : first * forecast.getStepSeconds());
        forecast.setThresholdProbability(threshold.probability(quantiles, paths));
    }
}
