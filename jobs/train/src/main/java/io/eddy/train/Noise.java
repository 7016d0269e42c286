package io.eddy.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * How much of a difference between two sets of weights may be chance.
 *
 * <p>The losses are paired: both judged the same windows. Windows of one series are alike, so the series' means are compared where
 * there are at least eight series, else the windows themselves.
 */
final class Noise {
    private static final int ENOUGH_SERIES = 8;

    private Noise() {}

    /**
     * The mean gain of a candidate over its parent in units of its standard error (a paired t statistic).
     *
     * @return 0 with fewer than two pairs; infinite where all gains are the same and not 0
     */
    static double gain(List<TrainingWindow> windows, Judgement parent, Judgement candidate) {
        return gain(windows.stream().map(TrainingWindow::series).toList(), parent.windows(), candidate.windows());
    }

    /** The same of losses, one a window, NaN where there is none; the windows by their series. */
    static double gain(List<String> names, List<Double> parent, List<Double> candidate) {
        List<Double> all = new ArrayList<>();
        TreeMap<String, double[]> series = new TreeMap<>();
        for (int k = 0; k < names.size(); k++) {
            double gain = parent.get(k) - candidate.get(k);
            if (!Double.isNaN(gain)) {
                all.add(gain);
                double[] sum = series.computeIfAbsent(names.get(k), name -> new double[2]);
                sum[0] += gain;
                sum[1]++;
            }
        }
        return series.size() < ENOUGH_SERIES
                ? statistic(all)
                : statistic(series.values().stream().map(sum -> sum[0] / sum[1]).toList());
    }

    private static double statistic(Collection<Double> gains) {
        int n = gains.size();
        if (n < 2) {
            return 0;
        }
        double mean = gains.stream().mapToDouble(gain -> gain).average().orElse(0);
        double squares = gains.stream()
                .mapToDouble(gain -> (gain - mean) * (gain - mean))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        return mean == 0 ? 0 : mean / error;
    }
}
