package io.eddy.bench;

import java.util.Arrays;

/** Median, smallest and largest of the rounds of one side. */
record Spread(double median, double low, double high) {

    /** @param values at least one */
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }

    /** The spread of {@code amount / value}. */
    Spread into(double amount) {
        return new Spread(amount / median, amount / high, amount / low);
    }

    Row row(String bench, String side, String metric, String unit) {
        return new Row(bench, side, metric, median, unit, null, null, low, high);
    }
}
