package io.eddy.cli;

import java.util.Map;

/**
 * One reading of a simulated series.
 *
 * @param timeMillis event time, epoch milliseconds
 * @param value finite
 * @param labels {@code service}, {@code region}, {@code instance} and {@code metric}
 */
public record FleetReading(String series, long timeMillis, double value, Map<String, String> labels) {}
