package io.eddy.train;

import io.eddy.connectors.Fields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Series that measure the same thing at different places: those with the same last part of the name, after the last dot or slash. The
 * largest twelve families are told apart, the others are one.
 */
final class Families {
    private static final int MOST = 12;
    private static final String OTHERS = "others";
    /** Characters; the names stand in the record of a round, several times each, and the record has to fit into a Kafka message. */
    private static final int LONGEST = 40;

    private Families() {}

    static String of(String key) {
        String series = Fields.shown(key);
        String family = series.substring(Math.max(series.lastIndexOf('.'), series.lastIndexOf('/')) + 1);
        return family.length() > LONGEST ? family.substring(0, LONGEST) : family;
    }

    /** The mean loss of each family; losses[k] belongs to window k, NaN is left out. */
    static Map<String, Double> means(List<TrainingWindow> windows, List<Double> losses) {
        Map<String, Long> sizes = windows.stream()
                .collect(Collectors.groupingBy(window -> of(window.series()), TreeMap::new, Collectors.counting()));
        List<String> largest = sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
        Function<String, String> name = family -> largest.contains(family) ? family : OTHERS;
        Map<String, double[]> sums = new TreeMap<>();
        for (int k = 0; k < losses.size(); k++) {
            if (!Double.isNaN(losses.get(k))) {
                double[] sum = sums.computeIfAbsent(name.apply(of(windows.get(k).series())), family -> new double[2]);
                sum[0] += losses.get(k);
                sum[1]++;
            }
        }
        Map<String, Double> means = new TreeMap<>();
        sums.forEach((family, sum) -> means.put(family, sum[0] / sum[1]));
        return means;
    }
}
