package io.eddy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well anomalies are found on labelled public data, beside simple rules and AWS Random Cut Forest. */
final class AnomaliesBench implements Bench {
    /** What a detector says about a set. */
    private record Scores(List<float[]> points, List<float[]> alerts) {}

    /** Eddy's own: 1 is the configured false-alarm rate, so nothing needs to be chosen. */
    private static final double CONFIGURED = 1;

    private final Path data;
    private final boolean forest;

    /**
     * @param data folder with one or more of the folders nab, kpi, ucr, tods, asd
     * @param forest whether Random Cut Forest runs too; it takes many times longer than all else
     */
    AnomaliesBench(Path data, boolean forest) {
        this.data = data;
        this.forest = forest;
    }

    @Override
    public String says() {
        return "Anomalies found on the labelled sets in " + data + ", beside a range rule and an EWMA detector.";
    }

    private Map<String, List<LabelledSeries>> sets() throws IOException {
        Map<String, List<LabelledSeries>> sets = new LinkedHashMap<>();
        for (String name : List.of("nab", "kpi", "ucr", "tods", "asd")) {
            Path folder = data.resolve(name);
            if (Files.isDirectory(folder)) {
                sets.put(
                        name,
                        switch (name) {
                            case "nab" -> LabelledSets.nab(folder);
                            case "asd" -> LabelledSets.asd(folder);
                            default -> LabelledSets.withManifest(folder);
                        });
            }
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException(
                    "--data: expected a folder with nab, kpi, ucr, tods or asd, found " + data);
        }
        return sets;
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        List<Detector> detectors = new ArrayList<>(List.of(new EddyDetector(), new RangeRule(), new EwmaDetector()));
        if (forest) {
            detectors.add(new ForestDetector());
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, List<LabelledSeries>> set : sets().entrySet()) {
            for (Detector detector : detectors) {
                long began = System.nanoTime();
                Scores scores = scores(detector, set.getValue());
                rows(set.getKey(), detector, set.getValue(), scores, rows);
                log.line(String.format(
                        Locale.ROOT,
                        "%s %s: %.1f s",
                        set.getKey(),
                        detector.name(),
                        (System.nanoTime() - began) / 1e9));
            }
        }
        CalibrationRows.add(rows);
        return rows;
    }

    /** The channels of a series are scored each on its own; the highest counts. */
    private static Scores scores(Detector detector, List<LabelledSeries> set) {
        Scores scores = new Scores(new ArrayList<>(), new ArrayList<>());
        for (LabelledSeries series : set) {
            float[] points = new float[series.rows()];
            float[] alerts = new float[series.rows()];
            float[] point = new float[series.rows()];
            float[] alert = new float[series.rows()];
            for (double[] channel : series.values()) {
                detector.score(series.millis(), channel, point, alert);
                for (int i = 0; i < points.length; i++) {
                    points[i] = Math.max(points[i], point[i]);
                    alerts[i] = Math.max(alerts[i], alert[i]);
                }
            }
            scores.points.add(points);
            scores.alerts.add(alerts);
        }
        return scores;
    }

    private static void rows(
            String set, Detector detector, List<LabelledSeries> series, Scores scores, List<Row> rows) {
        boolean eddy = detector instanceof EddyDetector;
        String side = set + "/" + detector.name();
        if (set.equals("ucr")) {
            rows.add(row(side, "accuracy_within_100", DetectionMetrics.located(series, scores.points)));
            return;
        }
        if (set.equals("nab")) {
            for (NabScore.Profile profile : NabScore.Profile.values()) {
                String name = "nab_" + profile.name().toLowerCase(Locale.ROOT);
                rows.add(row(side, name, NabScore.best(series, scores.alerts, profile)));
                if (eddy) {
                    rows.add(row(side, name + "_at_1", NabScore.at(series, scores.alerts, profile, CONFIGURED)));
                }
            }
        }
        double point = 0;
        double delayed = 0;
        double event = 0;
        for (double threshold : DetectionMetrics.thresholds(series, scores.points)) {
            DetectionMetrics.F1 f1 = DetectionMetrics.at(series, scores.points, threshold);
            point = Math.max(point, f1.point());
            delayed = Math.max(delayed, f1.delayed());
            event = Math.max(event, f1.event());
        }
        rows.add(row(side, "f1_delay_7", delayed));
        rows.add(row(side, "f1_point", point));
        rows.add(row(side, "f1_event", event));
        if (eddy) {
            DetectionMetrics.F1 f1 = DetectionMetrics.at(series, scores.points, CONFIGURED);
            rows.add(row(side, "f1_delay_7_at_1", f1.delayed()));
            rows.add(row(side, "f1_point_at_1", f1.point()));
            rows.add(row(side, "f1_event_at_1", f1.event()));
        }
    }

    private static Row row(String side, String metric, double value) {
        return Row.of("anomalies", side, metric, value, metric.startsWith("nab") ? "of 100" : "share");
    }
}
