package io.eddy.train;

import java.util.List;
import java.util.Map;

/**
 * How well weights forecast windows they were not trained on. Losses are in scaled deviations; lower is better.
 *
 * @param pinball mean pinball loss over targets and levels; NaN without targets
 * @param medianLoss mean pinball loss of the median, half of its mean absolute error; NaN without targets
 * @param coverage share of targets within the outermost quantiles, edges included; NaN without targets
 * @param targets known targets that were judged
 * @param saturatedGates share of the top layer's input, forget and output gates below 0.05 or above 0.95; 0 without a network
 * @param windows the pinball loss of each window, NaN without targets
 * @param families the pinball loss of each family of series, see {@link Families}
 */
public record Judgement(
        double pinball,
        double medianLoss,
        double coverage,
        long targets,
        double saturatedGates,
        List<Double> windows,
        Map<String, Double> families) {}
