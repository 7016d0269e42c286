package io.eddy.cli;

/**
 * The readings of one series within one step, averaged field by field.
 *
 * @param timeMillis start of the step
 * @param values [fields], NaN where all were missing
 * @param highest [fields], the same of the highest value in place of the mean
 * @param newest [fields], the same of the newest
 * @param readings [fields]: how many had a value
 */
record FieldMeans(String series, long timeMillis, double[] values, double[] highest, double[] newest, int[] readings) {}
