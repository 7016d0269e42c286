package io.eddy.train;

import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate still forecasts what its parent knew. Windows differ in what can be known of them by orders of magnitude, so the ratios of
 * their losses are compared, not their sums, which a few wild series would decide.
 *
 * @param what kind of windows: {@link #OLD} or {@link #GENERATED}
 * @param ratio geometric mean of the candidate's losses beside the parent's; NaN without targets
 * @param gain of the candidate over its parent in standard errors of the logarithms; negative: it is worse
 */
public record Forgetting(String what, Judgement parent, Judgement candidate, double ratio, double gain) {
    static final String OLD = "old";
    static final String GENERATED = "generated";
    /** A perfect forecast has no logarithm. */
    private static final double LEAST = 1e-3;

    static Forgetting of(String what, List<TrainingWindow> windows, Weights parent, Weights candidate) {
        Judgement known = Judge.judge(parent, windows);
        Judgement now = Judge.judge(candidate, windows);
        List<Double> before = logs(known);
        List<Double> after = logs(now);
        double sum = 0;
        int count = 0;
        for (int k = 0; k < before.size(); k++) {
            double change = after.get(k) - before.get(k);
            if (!Double.isNaN(change)) {
                sum += change;
                count++;
            }
        }
        return new Forgetting(what, known, now, Math.exp(sum / count), Noise.gain(names(windows), before, after));
    }

    private static List<String> names(List<TrainingWindow> windows) {
        return windows.stream().map(TrainingWindow::series).toList();
    }

    private static List<Double> logs(Judgement judgement) {
        List<Double> logs = new ArrayList<>();
        judgement.windows().forEach(loss -> logs.add(Math.log(loss + LEAST)));
        return logs;
    }

    /**
     * Why the candidate must not be published; null if it may.
     *
     * @param most the ratio that is no loss yet
     * @param noise standard errors within which a loss is no worse
     */
    @Nullable
    String fault(double most, double noise) {
        return !(ratio > most) || gain > -noise
                ? null
                : String.format(
                        Locale.ROOT,
                        "forgets: expected losses of at most %.3g x the parent's on %s windows, found %.3f x",
                        most,
                        what,
                        ratio);
    }
}
