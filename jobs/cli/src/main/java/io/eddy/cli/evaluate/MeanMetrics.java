package io.eddy.cli.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means of metrics over series, each over those that have it, with equal weight; of ratios the geometric mean, of MASE the median too. */
final class MeanMetrics {
    /** Absolute error beside that of the seasonal-naive forecast. */
    static final String RATIO = "ratio";

    private static final String MASE = "mase";
    private static final String MEDIAN = "mase50";

    private final Map<String, double[]> sums = new LinkedHashMap<>();
    private final List<Double> mases = new ArrayList<>();

    void add(Map<String, Double> metrics) {
        metrics.forEach((name, value) -> {
            double part = name.equals(RATIO) ? Math.log(value) : value;
            if (Double.isFinite(part)) {
                double[] sum = sums.computeIfAbsent(name, unused -> new double[2]);
                sum[0] += part;
                sum[1]++;
                if (name.equals(MASE)) {
                    mases.add(value);
                }
            }
        });
    }

    private double median() {
        double[] sorted = mases.stream().mapToDouble(mase -> mase).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static Map<String, Map<String, Double>> of(Map<String, MeanMetrics> all) {
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        all.forEach((who, metrics) -> {
            Map<String, Double> mean = new LinkedHashMap<>();
            metrics.sums.forEach((name, sum) -> {
                double part = sum[0] / sum[1];
                mean.put(name, name.equals(RATIO) ? Math.exp(part) : part);
                if (name.equals(MASE)) {
                    mean.put(MEDIAN, metrics.median());
                }
            });
            means.put(who, mean);
        });
        return means;
    }
}
