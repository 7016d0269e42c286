package io.eddy.cli;

import io.eddy.Score;
import io.eddy.Status;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well scores find what people have labelled, over all series together: by point without adjustment, and by event, where a span counts
 * once and a run of false points once. Points of a series that is warming up, and missing ones, are not judged.
 */
final class LabelMetrics {
    private static final int CANDIDATES = 400;

    private static final class Judged {
        float[] scores = new float[256];
        int[] spans = new int[256];
        int size;

        void add(float score, int span) {
            if (size == scores.length) {
                scores = Arrays.copyOf(scores, 2 * size);
                spans = Arrays.copyOf(spans, 2 * size);
            }
            scores[size] = score;
            spans[size++] = span;
        }
    }

    /** Counts at one threshold. */
    private static final class Counts {
        long labelled;
        long hits;
        long falsePoints;
        long spans;
        long found;
        long falseRuns;
        long delay;

        void add(Judged judged, double threshold) {
            boolean falseRun = false;
            boolean seen = false;
            int begins = 0;
            for (int i = 0; i < judged.size; i++) {
                boolean detected = judged.scores[i] >= threshold;
                int span = judged.spans[i];
                if (span < 0) {
                    falsePoints += detected ? 1 : 0;
                    falseRuns += detected && !falseRun ? 1 : 0;
                    falseRun = detected;
                    continue;
                }
                falseRun = false;
                if (i == 0 || judged.spans[i - 1] != span) {
                    spans++;
                    seen = false;
                    begins = i;
                }
                labelled++;
                hits += detected ? 1 : 0;
                if (detected && !seen) {
                    seen = true;
                    found++;
                    delay += i - begins;
                }
            }
        }

        double f1() {
            return hits == 0 ? 0 : 2.0 * hits / (labelled + hits + falsePoints);
        }

        void put(Map<String, Double> metrics, String suffix) {
            if (hits + falsePoints > 0) {
                metrics.put("precision" + suffix, (double) hits / (hits + falsePoints));
            }
            metrics.put("recall" + suffix, (double) hits / labelled);
            metrics.put("f1" + suffix, f1());
            metrics.put("event_f1" + suffix, found == 0 ? 0 : 2.0 * found / (spans + found + falseRuns));
            if (found > 0) {
                metrics.put("delay_steps" + suffix, (double) delay / found);
            }
        }
    }

    private final Labels labels;
    private final long stepMillis;
    private final Map<String, Judged> series = new TreeMap<>();

    /** @param stepMillis length of a step, all of which is judged by its score; 0: a step is a moment */
    LabelMetrics(Labels labels, long stepMillis) {
        this.labels = labels;
        this.stepMillis = stepMillis;
    }

    /** @param name of the series, and of the target where it is not the first, as the labels have it */
    void add(String name, Score score) {
        if (score.getStatus() == Status.NORMAL || score.getStatus() == Status.ANOMALY) {
            long from = score.getEventTime().toEpochMilli();
            int span = labels.spanAt(name, from, from + Math.max(1, stepMillis) - 1);
            series.computeIfAbsent(name, none -> new Judged()).add((float) score.getAnomalyScore(), span);
        }
    }

    /**
     * What a person should know of labels that count for nothing.
     *
     * @param names of all series and targets of the input
     * @return null if every labelled span was judged
     */
    @Nullable
    String trouble(Set<String> names) {
        long judged = at(1).spans;
        if (judged >= labels.size()) {
            return null;
        }
        List<String> unknown =
                labels.series().stream().filter(name -> !names.contains(name)).toList();
        String others = unknown.isEmpty()
                ? ""
                : "; not in the input: " + String.join(", ", unknown.subList(0, Math.min(5, unknown.size())))
                        + (unknown.size() > 5 ? " and " + (unknown.size() - 5) + " more series" : "")
                        + names.stream()
                                .min(Comparator.naturalOrder())
                                .map(name -> "; there is " + name)
                                .orElse("");
        return judged + " of " + labels.size() + " labelled spans have steps that are judged" + others;
    }

    private Counts at(double threshold) {
        Counts counts = new Counts();
        series.values().forEach(judged -> counts.add(judged, threshold));
        return counts;
    }

    /**
     * The metrics at the configured false-alarm rate, and with the suffix {@code _best} at the threshold whose F1 by point is best. What cannot be said is
     * not there: all but the counts where no labelled point is judged, a precision where nothing is detected, a delay where nothing is found.
     */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Counts configured = at(1);
        metrics.put("labelled_spans", (double) configured.spans);
        metrics.put("labelled_points", (double) configured.labelled);
        if (configured.labelled == 0) {
            return metrics;
        }
        configured.put(metrics, "");
        double best = 1;
        Counts counts = configured;
        for (double threshold : candidates()) {
            Counts now = at(threshold);
            if (now.f1() > counts.f1()) {
                best = threshold;
                counts = now;
            }
        }
        metrics.put("threshold_best", best);
        counts.put(metrics, "_best");
        return metrics;
    }

    /** Scores of labelled points, evenly spread over their ranks. */
    private double[] candidates() {
        double[] scores = series.values().stream()
                .flatMapToDouble(judged -> java.util.stream.IntStream.range(0, judged.size)
                        .filter(i -> judged.spans[i] >= 0 && judged.scores[i] > 0)
                        .mapToDouble(i -> judged.scores[i]))
                .sorted()
                .toArray();
        int count = Math.min(CANDIDATES, scores.length);
        double[] candidates = new double[count];
        for (int k = 0; k < count; k++) {
            candidates[k] = scores[(int) ((long) k * scores.length / count)];
        }
        return candidates;
    }
}
