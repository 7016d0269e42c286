package io.eddy.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A set as a detector has scored it, and what comes of it at a threshold.
 *
 * @param set name
 * @param detector name
 * @param points [series][rows]: how odd each row is
 * @param alerts [series][rows]: the same where a person is to be told, else 0
 */
record ScoredSet(String set, String detector, List<LabelledSeries> series, List<float[]> points, List<float[]> alerts) {
    static final String NAB = "nab";
    static final String UCR = "ucr";

    /** The channels of a series are scored each on its own; the highest counts. */
    static ScoredSet of(String set, List<LabelledSeries> all, Detector detector) {
        List<float[]> allPoints = new ArrayList<>();
        List<float[]> allAlerts = new ArrayList<>();
        for (LabelledSeries series : all) {
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
            allPoints.add(points);
            allAlerts.add(alerts);
        }
        return new ScoredSet(set, detector.name(), all, allPoints, allAlerts);
    }

    /** Whether a threshold is part of its metrics; in UCR the highest score alone counts. */
    boolean hasThreshold() {
        return !set.equals(UCR);
    }

    /** The metrics at one threshold for all series. */
    Map<String, Double> at(double threshold) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (set.equals(UCR)) {
            metrics.put("accuracy_within_100", DetectionMetrics.located(series, points));
        } else if (set.equals(NAB)) {
            for (NabScore.Profile profile : NabScore.Profile.values()) {
                metrics.put(name(profile), NabScore.at(series, alerts, profile, threshold));
            }
        } else {
            DetectionMetrics.F1 f1 = DetectionMetrics.at(series, points, threshold);
            metrics.put("f1_delay_7", f1.delayed());
            metrics.put("f1_point", f1.point());
            metrics.put("f1_event", f1.event());
        }
        return metrics;
    }

    /** Each metric at the threshold that is best for it. */
    Map<String, Double> best() {
        if (!hasThreshold()) {
            return at(1);
        }
        Map<String, Double> best = new LinkedHashMap<>();
        if (set.equals(NAB)) {
            for (NabScore.Profile profile : NabScore.Profile.values()) {
                best.put(name(profile), NabScore.best(series, alerts, profile));
            }
        } else {
            for (double threshold : thresholds()) {
                at(threshold).forEach((metric, value) -> best.merge(metric, value, Math::max));
            }
        }
        return best;
    }

    /** Thresholds to try: some of the highest scores, closer together towards the highest. */
    double[] thresholds() {
        return DetectionMetrics.thresholds(series, set.equals(NAB) ? alerts : points);
    }

    private static String name(NabScore.Profile profile) {
        return "nab_" + profile.name().toLowerCase(Locale.ROOT);
    }

    /** One number for a set, 0 to 1: the standard score of NAB in hundreds, the accuracy of UCR, the mean of the three F1 elsewhere. */
    static double criterion(Map<String, Double> metrics) {
        Double nab = metrics.get(name(NabScore.Profile.STANDARD));
        return nab != null
                ? nab / 100
                : metrics.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow();
    }
}
