package io.eddy.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of metrics over series, each over those that have it, with equal weight. */
final class MeanMetrics {
    private final Map<String, double[]> sums = new LinkedHashMap<>();

    void add(Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                double[] sum = sums.computeIfAbsent(name, unused -> new double[2]);
                sum[0] += value;
                sum[1]++;
            }
        });
    }

    static Map<String, Map<String, Double>> of(Map<String, MeanMetrics> all) {
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        all.forEach((who, metrics) -> {
            Map<String, Double> mean = new LinkedHashMap<>();
            metrics.sums.forEach((name, sum) -> mean.put(name, sum[0] / sum[1]));
            means.put(who, mean);
        });
        return means;
    }
}
