package io.eddy.cli.evaluate;

/**
 * One series on the grid of its set's steps.
 *
 * @param startMillis time of the first value
 * @param values one a step, NaN where it is missing; the first and the last are there
 * @param split index of the first judged value
 */
record SuiteSeries(String name, long startMillis, double[] values, int split) {}
