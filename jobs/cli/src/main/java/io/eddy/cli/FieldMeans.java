package io.eddy.cli;

/**
 * The readings of one series within one step, averaged field by field.
 *
 * @param timeMillis start of the step
 * @param values [fields], NaN where all were missing
 * @param readings [fields]: how many had a value
 */
record FieldMeans(String series, long timeMillis, double[] values, int[] readings) {}
