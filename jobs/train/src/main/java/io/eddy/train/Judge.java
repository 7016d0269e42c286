package io.eddy.train;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.LstmCell;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges weights on windows with the arithmetic that the forecast job uses, not with DL4J.
 *
 * <p>Every window starts from a zero state. Its first {@code horizon} steps only warm the state up: their targets may be targets of
 * the training window before it, the later ones never are.
 */
final class Judge {
    private double pinball;
    private double median;
    private long covered;
    private long targets;
    private long gates;
    private long saturated;

    private Judge() {}

    /**
     * Judges weights.
     *
     * @param weights null: the base forecast itself, whose every quantile is a deviation of 0. Its coverage says little, and with
     *     levels that are symmetric about the median its pinball loss equals its median loss.
     */
    static Judgement judge(@Nullable Weights weights, List<TrainingWindow> windows) {
        return judge(
                weights, windows, weights == null ? 1 : weights.architecture().stride());
    }

    /** The same for the last of every {@code stride} steps of each window, which must be that of the weights where there are any. */
    static Judgement judge(@Nullable Weights weights, List<TrainingWindow> windows, int stride) {
        Judge judge = new Judge();
        List<Double> losses = new ArrayList<>();
        for (TrainingWindow window : windows) {
            double before = judge.pinball;
            long targets = judge.targets;
            if (weights == null) {
                judge.base(window, stride);
            } else {
                judge.network(weights, window);
            }
            losses.add((judge.pinball - before) / (judge.targets - targets) / Quantiles.COUNT);
        }
        return judge.judgement(losses, Families.means(windows, losses));
    }

    /** The pinball loss of one window; NaN without targets. */
    static double loss(Weights weights, TrainingWindow window) {
        return judge(weights, List.of(window)).pinball();
    }

    private void base(TrainingWindow window, int stride) {
        float[] zeros = new float[window.horizon() * Quantiles.COUNT];
        for (int t = window.horizon(); t < window.steps(); t++) {
            if ((window.steps() - 1 - t) % stride == 0) {
                count(window, t, zeros);
            }
        }
    }

    private void network(Weights weights, TrainingWindow window) {
        Architecture a = weights.architecture();
        check("inputs", a.inputs(), window.inputsPerStep());
        check("horizon", a.horizon(), window.horizon());
        check("quantiles", Quantiles.COUNT, a.quantiles());
        float[] x = new float[a.inputs()];
        float[][] h = new float[a.stateRows()][a.hidden()];
        float[][] c = new float[a.stateRows()][a.hidden()];
        float[] z = new float[4 * a.hidden()];
        float[] out = new float[a.outputs()];
        for (int t = 0; t < window.steps(); t++) {
            System.arraycopy(window.inputs(), t * x.length, x, 0, x.length);
            weights.step(x, h, c, z);
            if (t >= a.horizon() && (window.steps() - 1 - t) % a.stride() == 0) {
                weights.head(h, c, out);
                count(window, t, out);
                if (!a.hasRecurrentState()) {
                    continue;
                }
                // After the step z holds the top layer's gates, in the order input, forget, cell, output.
                saturated += LstmCell.saturated(z, 0, 2 * a.hidden())
                        + LstmCell.saturated(z, 3 * a.hidden(), 4 * a.hidden());
                gates += 3L * a.hidden();
            }
        }
    }

    private static void check(String name, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
        }
    }

    /** @param out [horizon * quantiles], quantile fastest */
    private void count(TrainingWindow window, int t, float[] out) {
        double[] levels = Quantiles.levels();
        for (int step = 0; step < window.horizon(); step++) {
            float y = window.targets()[t * window.horizon() + step];
            if (Float.isNaN(y)) {
                continue;
            }
            int first = step * levels.length;
            for (int q = 0; q < levels.length; q++) {
                pinball += PinballLoss.of(levels[q], y, out[first + q]);
            }
            median += PinballLoss.of(levels[Quantiles.MEDIAN], y, out[first + Quantiles.MEDIAN]);
            if (y >= out[first] && y <= out[first + levels.length - 1]) {
                covered++;
            }
            targets++;
        }
    }

    private Judgement judgement(List<Double> losses, Map<String, Double> families) {
        return new Judgement(
                pinball / targets / Quantiles.COUNT,
                median / targets,
                (double) covered / targets,
                targets,
                (double) saturated / Math.max(1, gates),
                losses,
                families);
    }
}
