package io.eddy.cli.evaluate;

import io.eddy.model.OpenSteps;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One series on the grid of its set's steps.
 *
 * @param startMillis time of the first value
 * @param values one a step, NaN where it is missing
 * @param split index of the first judged value
 * @param begin index of the first value that is shown; what came before it counts in the scale of the errors alone
 */
record SuiteSeries(String name, long startMillis, double[] values, int split, int begin) {
    /** Fractions of its multiples are far from each other, however many there are (the golden ratio's). */
    private static final double SPREAD = (Math.sqrt(5) - 1) / 2;

    /**
     * The same begun at so many places within the first half of what comes before the judged part: the first value, and values all over the hours of a day. What is
     * judged is the same.
     */
    List<SuiteSeries> begun(int places) {
        int end = Math.min(split, values.length) / 2;
        return IntStream.range(0, places)
                .map(place -> (int) (place * SPREAD % 1 * end))
                .map(row -> row == 0 ? 0 : known(row, end)) // once is as the file begins, be that with a gap
                .distinct()
                .mapToObj(row -> new SuiteSeries(name, startMillis, values, split, row))
                .toList();
    }

    /** The next row that has a value. */
    private int known(int row, int end) {
        int known = row;
        while (known < end && Double.isNaN(values[known])) {
            known++;
        }
        return known;
    }

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
        return new SuiteSeries(name, startMillis, grown, split, begin);
    }
}
