package io.eddy.cli;

import io.eddy.connectors.StepMean;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rows in the order of their time become steps, as the jobs' event-time windows would make them. */
final class StepAggregator {
    private static final class Sum {
        double sum;
        int count;
    }

    private final long stepMillis;
    private final Consumer<StepMean> steps;
    private final TreeMap<String, Sum> open = new TreeMap<>();
    private long start = Long.MIN_VALUE;

    /** @param stepMillis length of a step; 0: every row is a step */
    StepAggregator(long stepMillis, Consumer<StepMean> steps) {
        this.stepMillis = stepMillis;
        this.steps = steps;
    }

    void add(String series, long timeMillis, double value) {
        if (stepMillis == 0) {
            steps.accept(new StepMean(series, Map.of(), timeMillis, value));
            return;
        }
        long window = timeMillis - Math.floorMod(timeMillis, stepMillis);
        if (window > start) {
            flush();
            start = window;
        }
        Sum sum = open.computeIfAbsent(series, name -> new Sum());
        if (!Double.isNaN(value)) {
            sum.sum += value;
            sum.count++;
        }
    }

    /** Closes the steps that are open. */
    void flush() {
        open.forEach((series, sum) -> {
            double mean = sum.count == 0 ? Double.NaN : sum.sum / sum.count;
            steps.accept(new StepMean(series, Map.of(), start, mean, sum.count));
        });
        open.clear();
    }
}
