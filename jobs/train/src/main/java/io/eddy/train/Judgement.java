package io.eddy.train;

/**
 * How well weights forecast windows they were not trained on. Losses are in scaled deviations; lower is better.
 *
 * @param pinball mean pinball loss over targets and levels; NaN without targets
 * @param medianLoss mean pinball loss of the median, half of its mean absolute error; NaN without targets
 * @param coverage share of targets within the outermost quantiles, edges included; NaN without targets
 * @param targets known targets that were judged
 */
public record Judgement(double pinball, double medianLoss, double coverage, long targets) {}
