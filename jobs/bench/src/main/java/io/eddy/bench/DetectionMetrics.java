package io.eddy.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How well scores find labelled anomalies at one threshold for all series, over the rows that are judged. Nothing is adjusted: a row
 * counts as found only where it was found, except where a delay is named.
 */
final class DetectionMetrics {
    /**
     * Counts at one threshold.
     *
     * @param point F1 over rows
     * @param delayed F1 of the AIOps contest: a segment found within its first rows counts as found whole, otherwise as missed whole
     * @param event F1 over segments; each run of detections outside of them is one false alarm
     */
    record F1(double point, double delayed, double event) {}

    private static final int DELAY = 7;

    private DetectionMetrics() {}

    /** At one threshold. */
    static F1 at(List<LabelledSeries> set, List<float[]> scores, double threshold) {
        long labelled = 0;
        long found = 0;
        long foundInTime = 0;
        long falseRows = 0;
        long segments = 0;
        long hit = 0;
        long falseRuns = 0;
        for (int s = 0; s < set.size(); s++) {
            LabelledSeries series = set.get(s);
            boolean[] anomalous = series.anomalous();
            float[] score = scores.get(s);
            boolean run = false;
            int i = series.firstJudged();
            while (i < series.rows()) {
                if (!anomalous[i]) {
                    boolean detected = score[i] >= threshold;
                    falseRows += detected ? 1 : 0;
                    falseRuns += detected && !run ? 1 : 0;
                    run = detected;
                    i++;
                    continue;
                }
                int from = i;
                int first = Integer.MAX_VALUE;
                for (; i < series.rows() && anomalous[i]; i++) {
                    if (score[i] >= threshold) {
                        found++;
                        first = Math.min(first, i);
                    }
                }
                run = false;
                segments++;
                labelled += i - from;
                hit += first < i ? 1 : 0;
                foundInTime += first <= from + DELAY ? i - from : 0;
            }
        }
        return new F1(
                f1(found, labelled, falseRows), f1(foundInTime, labelled, falseRows), f1(hit, segments, falseRuns));
    }

    private static double f1(long found, long all, long falseOnes) {
        return found == 0 ? 0 : 2.0 * found / (all + found + falseOnes);
    }

    /** Thresholds to try: a few hundred of the highest scores, closer together towards the highest. */
    static double[] thresholds(List<LabelledSeries> set, List<float[]> scores) {
        int rows = 0;
        for (LabelledSeries series : set) {
            rows += series.rows() - series.firstJudged();
        }
        float[] all = new float[rows];
        int k = 0;
        for (int s = 0; s < set.size(); s++) {
            float[] score = scores.get(s);
            for (int i = set.get(s).firstJudged(); i < score.length; i++) {
                all[k++] = score[i];
            }
        }
        Arrays.sort(all);
        double[] thresholds = new double[200];
        for (int t = 0; t < thresholds.length; t++) {
            double share = Math.pow(10, -5.5 + 5 * t / (thresholds.length - 1.0));
            thresholds[t] = Math.max(all[(int) Math.max(0, Math.ceil(rows - 1 - share * rows))], Float.MIN_VALUE);
        }
        return thresholds;
    }

    /** Share of series whose highest score lies within a hundred rows of its one anomaly (the rule of the UCR archive). */
    static double located(List<LabelledSeries> set, List<float[]> scores) {
        int right = 0;
        for (int s = 0; s < set.size(); s++) {
            LabelledSeries series = set.get(s);
            int best = series.firstJudged();
            for (int i = best; i < series.rows(); i++) {
                best = scores.get(s)[i] > scores.get(s)[best] ? i : best;
            }
            int from = series.firstJudged();
            while (from < series.rows() && !series.anomalous()[from]) {
                from++;
            }
            int to = from;
            while (to < series.rows() && series.anomalous()[to]) {
                to++;
            }
            right += from - 100 <= best && best <= to + 99 ? 1 : 0;
        }
        return (double) right / set.size();
    }
}
