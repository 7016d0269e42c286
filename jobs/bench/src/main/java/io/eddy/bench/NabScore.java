package io.eddy.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The score of the Numenta Anomaly Benchmark, version 1.1 (Lavin and Ahmad 2015): 0 for silence, 100 for every window at once. */
final class NabScore {
    /** Weights of a missed window and of a false row, where a found window has 1. */
    enum Profile {
        STANDARD(1, 0.11),
        LOW_FP(1, 0.22),
        LOW_FN(2, 0.11);

        final double missed;
        final double falseRow;

        Profile(double missed, double falseRow) {
            this.missed = missed;
            this.falseRow = falseRow;
        }
    }

    /** A row that is judged: its score, what it is worth when detected, and its window, -1 outside. */
    private record JudgedRow(float score, double worth, int window) {}

    private NabScore() {}

    private static double sigmoid(double x) {
        return x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1;
    }

    /** The highest score over all thresholds. */
    static double best(List<LabelledSeries> set, List<float[]> scores, Profile profile) {
        return sweep(set, scores, profile, Double.NaN);
    }

    /** The score at a threshold. */
    static double at(List<LabelledSeries> set, List<float[]> scores, Profile profile, double threshold) {
        return sweep(set, scores, profile, threshold);
    }

    private static double sweep(List<LabelledSeries> set, List<float[]> scores, Profile profile, double threshold) {
        List<JudgedRow> rows = new ArrayList<>();
        int windows = 0;
        int judgedWindows = 0;
        for (int s = 0; s < set.size(); s++) {
            LabelledSeries series = set.get(s);
            boolean[] in = series.anomalous();
            int end = -1;
            int width = 0;
            for (int i = 0; i < series.rows(); i++) {
                boolean begins = in[i] && (i == 0 || !in[i - 1]);
                if (begins) {
                    end = i;
                    while (end + 1 < in.length && in[end + 1]) {
                        end++;
                    }
                    width = end - i + 1;
                    windows++;
                    judgedWindows += end >= series.firstJudged() ? 1 : 0;
                }
                // A score of 0 is never a detection.
                if (i < series.firstJudged() || scores.get(s)[i] <= 0) {
                    continue;
                }
                if (in[i]) {
                    double worth = sigmoid(-(end - i + 1.0) / width) / sigmoid(-1);
                    rows.add(new JudgedRow(scores.get(s)[i], worth, windows - 1));
                } else {
                    double worth = end < 0 ? -1 : sigmoid((i - end) / (width - 1.0));
                    rows.add(new JudgedRow(scores.get(s)[i], worth * profile.falseRow, -1));
                }
            }
        }
        rows.sort(Comparator.comparingDouble(row -> -row.score));
        double[] won = new double[windows];
        java.util.Arrays.fill(won, -profile.missed);
        double raw = -profile.missed * judgedWindows;
        double best = raw;
        for (int r = 0; r < rows.size(); r++) {
            JudgedRow row = rows.get(r);
            if (row.score < threshold) {
                break;
            }
            if (row.window < 0) {
                raw += row.worth;
            } else if (row.worth > won[row.window]) {
                raw += row.worth - won[row.window];
                won[row.window] = row.worth;
            }
            if (r + 1 == rows.size() || rows.get(r + 1).score < row.score) {
                best = Math.max(best, raw);
            }
        }
        double reached = Double.isNaN(threshold) ? best : raw;
        double silent = -profile.missed * windows;
        return 100 * (reached - silent) / (windows - silent);
    }
}
