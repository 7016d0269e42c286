package io.eddy.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Windows of a first-order autoregressive deviation, y(t) = 0.9 y(t-1) + noise: inputs are y(t) and pure noise. */
final class Windows {
    static final int STEPS = 24;
    static final int HORIZON = 3;
    static final int INPUTS = 2;

    private Windows() {}

    /** Consecutive windows in the order of time, four series by turns. */
    static List<TrainingWindow> autoregressive(int count, long seed) {
        Random random = new Random(seed);
        List<TrainingWindow> windows = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            windows.add(autoregressive("series " + k % 4, 60_000L * k, random));
        }
        return windows;
    }

    private static TrainingWindow autoregressive(String series, long end, Random random) {
        float[] y = new float[STEPS + HORIZON];
        y[0] = (float) (random.nextGaussian() / Math.sqrt(1 - 0.9 * 0.9));
        for (int t = 1; t < y.length; t++) {
            y[t] = 0.9f * y[t - 1] + (float) random.nextGaussian();
        }
        float[] inputs = new float[STEPS * INPUTS];
        float[] targets = new float[STEPS * HORIZON];
        for (int t = 0; t < STEPS; t++) {
            inputs[t * INPUTS] = y[t];
            inputs[t * INPUTS + 1] = (float) random.nextGaussian();
            System.arraycopy(y, t + 1, targets, t * HORIZON, HORIZON);
        }
        return new TrainingWindow(series, end, STEPS, inputs, targets);
    }

    /** The same windows with other targets: factor * target + shift. */
    static List<TrainingWindow> poisoned(List<TrainingWindow> windows, float factor, float shift) {
        return windows.stream().map(window -> poisoned(window, factor, shift)).toList();
    }

    private static TrainingWindow poisoned(TrainingWindow window, float factor, float shift) {
        float[] targets = window.targets().clone();
        for (int k = 0; k < targets.length; k++) {
            targets[k] = factor * targets[k] + shift;
        }
        return new TrainingWindow(window.series(), window.endMillis(), window.steps(), window.inputs(), targets);
    }

    /** The same windows, each with its targets in another order. */
    static List<TrainingWindow> shuffled(List<TrainingWindow> windows, long seed) {
        Random random = new Random(seed);
        return windows.stream().map(window -> shuffled(window, random)).toList();
    }

    private static TrainingWindow shuffled(TrainingWindow window, Random random) {
        float[] targets = window.targets().clone();
        for (int k = targets.length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            float kept = targets[k];
            targets[k] = targets[other];
            targets[other] = kept;
        }
        return new TrainingWindow(window.series(), window.endMillis(), window.steps(), window.inputs(), targets);
    }

    /** A window of one step, for what only counts windows. */
    static TrainingWindow small(String series, long end) {
        return new TrainingWindow(series, end, 1, new float[] {end}, new float[] {end});
    }
}
