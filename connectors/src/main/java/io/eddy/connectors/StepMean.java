package io.eddy.connectors;

import java.util.Map;

/**
 * The readings of one target of a series within one step, averaged; of a counter, what it has grown by.
 *
 * @param target the field
 * @param labels of the newest reading
 * @param timeMillis start of the step
 * @param value what is judged: the mean of the values that were there, or the growth; NaN where that is not known
 * @param readings how many had a value
 */
public record StepMean(
        String series, String target, Map<String, String> labels, long timeMillis, double value, int readings) {
    /** Of the one field that there is, and one reading; NaN is missing. */
    public StepMean(String series, Map<String, String> labels, long timeMillis, double value) {
        this(series, Fields.ONE.targets().get(0), labels, timeMillis, value, Double.isNaN(value) ? 0 : 1);
    }
}
