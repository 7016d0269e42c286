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

    /** The value at the row, or so many steps before it, or before that; NaN where there is none. */
    double lastKnown(int row, int back) {
        for (int at = row; at >= begin; at -= back) {
            if (!Double.isNaN(values[at])) {
                return values[at];
            }
        }
        return Double.NaN;
    }

    /** What the seasonal-naive forecaster says at the row of h steps later: the last value a season or more before; where there is none the last of all. */
    double seasonalNaive(int row, int h, int season) {
        double value = lastKnown(row + h - season * ((h + season - 1) / season), season);
        return Double.isNaN(value) ? lastKnown(row, 1) : value;
    }

    /** Mean absolute seasonal difference before the judged part, or of the whole series where that is shorter than two seasons. */
    double scale(int season) {
        int end = split >= 2 * season ? split : values.length;
        double sum = 0;
        int count = 0;
        for (int t = season; t < end; t++) {
            double change = Math.abs(values[t] - values[t - season]);
            if (!Double.isNaN(change)) {
                sum += change;
                count++;
            }
        }
        return sum / count;
    }

    /** Of the first values, so many at the most; NaN where there are none. */
    double variance(int most) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int t = 0; t < Math.min(most, values.length); t++) {
            double y = values[t];
            if (!Double.isNaN(y)) {
                sum += y;
                squares += y * y;
                count++;
            }
        }
        return count == 0 ? Double.NaN : squares / count - sum / count * (sum / count);
    }
}
