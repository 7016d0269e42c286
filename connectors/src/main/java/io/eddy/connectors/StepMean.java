package io.eddy.connectors;

import java.util.Map;

/**
 * The readings of one series within one step, averaged.
 *
 * @param labels of the newest reading
 * @param timeMillis start of the step
 * @param value mean of the values that were there; NaN if all were missing
 */
public record StepMean(String series, Map<String, String> labels, long timeMillis, double value) {}
