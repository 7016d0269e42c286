package io.eddy.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The learning curve of a round, from the metrics of its record.
 *
 * @param train loss per epoch
 * @param validation loss per epoch; NaN where training was cut off
 * @param diverged whether it was
 * @param base loss of the base forecast, which the network is there to beat; NaN if it is not known
 */
public record LearningCurve(List<Double> train, List<Double> validation, boolean diverged, double base) {
    private static final int ROWS = 12;
    private static final int WIDTH = 6;
    /** Less than this is no change. */
    private static final double CHANGE = 0.02;

    /** That of a round, from the metrics of its version; without an epoch where there are none. */
    public static LearningCurve of(Map<String, Double> metrics) {
        List<Double> train = new ArrayList<>();
        List<Double> validation = new ArrayList<>();
        for (int k = 1; metrics.containsKey(name(k, "train_loss")); k++) {
            train.add(metrics.get(name(k, "train_loss")));
            validation.add(metrics.getOrDefault(name(k, "validation_loss"), Double.NaN));
        }
        boolean diverged = metrics.getOrDefault("diverged", 0.0) > 0;
        return new LearningCurve(train, validation, diverged, metrics.getOrDefault("base_pinball", Double.NaN));
    }

    /** One figure of each epoch, NaN where it was no number. */
    static double[] figures(Map<String, Double> metrics, String figure, int epochs) {
        double[] figures = new double[epochs];
        for (int k = 1; k <= epochs; k++) {
            figures[k - 1] = metrics.getOrDefault(name(k, figure), Double.NaN);
        }
        return figures;
    }

    private static String name(int epoch, String what) {
        return String.format(Locale.ROOT, "epoch_%02d_%s", epoch, what);
    }

    /** What it looks like, in one sentence. */
    public String sentence() {
        if (diverged) {
            return "diverged: the loss exploded or was no number any more, and the round was cut off in epoch "
                    + Math.max(1, train.size()) + "; a lower train.learning_rate may help";
        }
        if (train.size() < 3) {
            return "unknown: a curve needs three epochs or more";
        }
        int last = train.size() - 1;
        int best = 0;
        for (int k = 0; k <= last; k++) {
            best = validation.get(k) < validation.get(best) ? k : best;
        }
        double end = validation.get(last);
        if (end > validation.get(best) * (1 + CHANGE) && train.get(last) < train.get(best)) {
            return String.format(
                    Locale.ROOT,
                    "overfit: the validation loss was least after epoch %d and has risen by %.0f %% since, while the training loss"
                            + " fell; fewer train.batches or more windows may help",
                    best + 1,
                    100 * (end / validation.get(best) - 1));
        }
        if (end >= base) {
            return "underfit: the validation loss has not come below the base forecast's; more train.batches or a higher"
                    + " train.learning_rate may help";
        }
        if (end < validation.get(last - 2) * (1 - CHANGE)) {
            return "underfit: the validation loss was still falling at the end; more train.batches may help";
        }
        return "good: the validation loss came down and has settled";
    }

    /** Rows of text: training loss as o, validation loss as +, both as #. */
    public List<String> draw() {
        List<String> rows = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (List<Double> losses : List.of(train, validation)) {
            for (double loss : losses) {
                low = Double.isFinite(loss) ? Math.min(low, loss) : low;
                high = Double.isFinite(loss) ? Math.max(high, loss) : high;
            }
        }
        if (low > high) {
            return rows;
        }
        for (int row = 0; row < ROWS; row++) {
            StringBuilder text = new StringBuilder();
            text.append(String.format(Locale.ROOT, "%9.4f |", high - (high - low) * row / (ROWS - 1)));
            for (int k = 0; k < train.size(); k++) {
                boolean o = row == row(train.get(k), low, high);
                boolean plus = row == row(validation.get(k), low, high);
                text.append(" ".repeat(WIDTH - 1)).append(o && plus ? '#' : o ? 'o' : plus ? '+' : ' ');
            }
            rows.add(text.toString().stripTrailing());
        }
        StringBuilder axis = new StringBuilder("    epoch |");
        for (int k = 1; k <= train.size(); k++) {
            axis.append(String.format(Locale.ROOT, "%" + WIDTH + "d", k));
        }
        rows.add(axis.toString());
        return rows;
    }

    private static int row(double loss, double low, double high) {
        if (!Double.isFinite(loss)) {
            return -1;
        }
        return high == low ? 0 : (int) Math.round((high - loss) / (high - low) * (ROWS - 1));
    }
}
