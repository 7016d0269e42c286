package io.eddy.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well anomalies are found on labelled public data, beside simple rules and AWS Random Cut Forest: at the threshold that is best for the
 * set, at the best one for the other sets, and for Eddy at a score of 1; what p-values and events are worth, and what is told of the demo's
 * planted faults and of metrics without a fault.
 */
final class AnomaliesBench implements Bench {
    static final String NAME = "anomalies";
    /** Eddy's own: 1 is the configured false-alarm rate, so nothing needs to be chosen. */
    static final double CONFIGURED = 1;

    /** What Eddy is to reach at the threshold that is best for the set. */
    private static final Map<String, Map<String, Double>> TARGETS = Map.of(
            "nab", Map.of("nab_standard", 68.0, "nab_low_fp", 60.0, "nab_low_fn", 73.0),
            "kpi", Map.of("f1_delay_7", 0.8, "f1_point", 0.3, "f1_event", 0.5),
            "ucr", Map.of("accuracy_within_100", 0.5));

    private final Path data;
    private final boolean forest;
    private final int series;

    /**
     * @param data folder with one or more of the folders nab, kpi, ucr, tods, asd
     * @param forest whether Random Cut Forest runs too; it takes many times longer than all else
     * @param series simulated series for the calibration
     */
    AnomaliesBench(Path data, boolean forest, int series) {
        this.data = data;
        this.forest = forest;
        this.series = series;
    }

    @Override
    public String says() {
        return "Anomalies found on the labelled sets in " + data + ", beside a range rule and an EWMA detector.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Map<String, List<LabelledSeries>> sets = LabelledSets.in(data);
        List<Detector> detectors = new ArrayList<>(List.of(new EddyDetector(), new RangeRule(), new EwmaDetector()));
        if (forest) {
            detectors.add(new ForestDetector());
        }
        List<Row> rows = new ArrayList<>();
        for (String set : sets.keySet()) {
            new TreeMap<>(TARGETS.getOrDefault(set, Map.of()))
                    .forEach((metric, target) -> rows.add(row(set + "/target", metric, target, null)));
        }
        for (Detector detector : detectors) {
            List<ScoredSet> scored = new ArrayList<>();
            sets.forEach((set, all) -> {
                long began = System.nanoTime();
                scored.add(ScoredSet.of(set, all, detector));
                double seconds = (System.nanoTime() - began) / 1e9;
                log.line(String.format(Locale.ROOT, "%s %s: %.1f s", set, detector.name(), seconds));
            });
            for (ScoredSet one : scored) {
                rows.addAll(rows(one, LeftOut.threshold(scored, one.set())));
            }
        }
        rows.addAll(AnomalyEvents.rows(sets));
        rows.addAll(PlantedFaults.rows());
        rows.addAll(EverydayRows.rows());
        log.line("calibration");
        rows.addAll(CalibrationRows.of(sets.get("kpi"), series));
        return rows;
    }

    /** @param others the threshold that is best for the other sets; NaN where there are none */
    private static List<Row> rows(ScoredSet scored, double others) {
        boolean eddy = scored.detector().equals(EddyDetector.NAME);
        String side = scored.set() + "/" + scored.detector();
        Map<String, Double> targets = TARGETS.getOrDefault(scored.set(), Map.of());
        List<Row> rows = new ArrayList<>();
        scored.best().forEach((metric, value) -> rows.add(row(side, metric, value, eddy ? targets.get(metric) : null)));
        if (scored.hasThreshold()) {
            if (!Double.isNaN(others)) {
                scored.at(others).forEach((metric, value) -> rows.add(row(side, metric + "_at_others", value, null)));
            }
            if (eddy) {
                scored.at(CONFIGURED).forEach((metric, value) -> rows.add(row(side, metric + "_at_1", value, null)));
            }
        }
        return rows;
    }

    static Row row(String side, String metric, double value, @Nullable Double target) {
        String unit = metric.startsWith("nab") ? "of 100" : "share";
        Row row = Row.of(NAME, side, metric, value, unit);
        return target == null ? row : row.against(Row.of(NAME, "target", metric, target, unit));
    }
}
