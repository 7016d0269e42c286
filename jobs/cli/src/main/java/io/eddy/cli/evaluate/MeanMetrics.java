package io.eddy.cli.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/** Means of metrics over series, each over those that have it, with equal weight; of ratios the geometric mean. */
final class MeanMetrics {
    /** Absolute error beside that of the seasonal-naive forecast. */
    static final String RATIO = "ratio";

    private final Map<String, double[]> sums = new LinkedHashMap<>();

    void add(Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            double part = name.equals(RATIO) ? Math.log(value) : value;
            if (Double.isFinite(part)) {
                double[] sum = sums.computeIfAbsent(name, unused -> new double[2]);
                sum[0] += part;
                sum[1]++;
            }
        });
    }

    static Map<String, Map<String, Double>> of(Map<String, MeanMetrics> all) {
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        all.forEach((who, metrics) -> {
            Map<String, Double> mean = new LinkedHashMap<>();
            metrics.sums.forEach((name, sum) -> {
                double part = sum[0] / sum[1];
                mean.put(name, name.equals(RATIO) ? Math.exp(part) : part);
            });
            means.put(who, mean);
        });
        return means;
    }
}
