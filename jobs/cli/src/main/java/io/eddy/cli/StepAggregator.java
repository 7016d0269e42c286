package io.eddy.cli;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Readings in the order of their time become steps, as the jobs' event-time windows would make them. */
final class StepAggregator {
    private static final class Sums {
        final double[] sums;
        final double[] highest;
        final double[] newest;
        final int[] counts;

        Sums(int fields) {
            sums = new double[fields];
            highest = new double[fields];
            Arrays.fill(highest, Double.NaN);
            newest = highest.clone();
            counts = new int[fields];
        }

        void add(double[] values) {
            for (int k = 0; k < values.length; k++) {
                if (!Double.isNaN(values[k])) {
                    sums[k] += values[k];
                    highest[k] = counts[k] == 0 ? values[k] : Math.max(highest[k], values[k]);
                    newest[k] = values[k];
                    counts[k]++;
                }
            }
        }

        FieldMeans means(String series, long start) {
            double[] means = new double[sums.length];
            Arrays.setAll(means, k -> counts[k] == 0 ? Double.NaN : sums[k] / counts[k]);
            return new FieldMeans(series, start, means, highest, newest, counts);
        }
    }

    private final long stepMillis;
    private final Consumer<FieldMeans> steps;
    private final TreeMap<String, Sums> open = new TreeMap<>();
    private long start = Long.MIN_VALUE;
    private String lastSeries = "";
    private long lastMillis = Long.MIN_VALUE;
    private long repeated;

    /** @param stepMillis length of a step; 0: every reading is a step */
    StepAggregator(long stepMillis, Consumer<FieldMeans> steps) {
        this.stepMillis = stepMillis;
        this.steps = steps;
    }

    void add(String series, long timeMillis, double[] values) {
        if (stepMillis == 0) {
            repeated += timeMillis == lastMillis && series.equals(lastSeries) ? 1 : 0;
            lastMillis = timeMillis;
            lastSeries = series;
            Sums one = new Sums(values.length);
            one.add(values);
            steps.accept(one.means(series, timeMillis));
            return;
        }
        long window = timeMillis - Math.floorMod(timeMillis, stepMillis);
        if (window > start) {
            flush();
            start = window;
        }
        open.computeIfAbsent(series, name -> new Sums(values.length)).add(values);
    }

    /** Readings that are steps though the reading before them is of the same series and time. */
    long repeated() {
        return repeated;
    }

    /** Closes the steps that are open. */
    void flush() {
        open.forEach((series, sums) -> steps.accept(sums.means(series, start)));
        open.clear();
    }
}
