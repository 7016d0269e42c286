package io.eddy.cli.evaluate;

import io.eddy.model.OpenSteps;

/**
 * One series on the grid of its set's steps.
 *
 * @param startMillis time of the first value
 * @param values one a step, NaN where it is missing
 * @param split index of the first judged value
 */
record SuiteSeries(String name, long startMillis, double[] values, int split) {
    /** The same where the values are those of a counter: what it has grown by in each step, NaN where that is not known. */
    SuiteSeries grown(long stepMillis) {
        OpenSteps steps = new OpenSteps();
        steps.begin(true);
        double[] grown = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            long time = startMillis + t * stepMillis;
            steps.add(time, values[t]);
            grown[t] = steps.close(time, stepMillis);
        }
        return new SuiteSeries(name, startMillis, grown, split);
    }
}
