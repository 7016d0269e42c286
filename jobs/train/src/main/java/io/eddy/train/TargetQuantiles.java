package io.eddy.train;

import io.eddy.model.network.Architecture;
import java.util.Arrays;
import java.util.List;

/** The quantiles of the targets themselves, whatever the inputs: where a network's head starts. */
final class TargetQuantiles {
    /** Neighbouring steps of a window have nearly the same targets. */
    private static final int EVERY = 4;

    private TargetQuantiles() {}

    /** One for each column of the architecture's head: of each step ahead, or of all together where the horizon is unrolled; 0 without targets. */
    static float[] of(Architecture a, List<TrainingWindow> windows) {
        double[] levels = a.levels();
        float[] columns = new float[a.headWidth()];
        boolean together = a.isUnrolled();
        for (int step = 0; step < columns.length / levels.length; step++) {
            float[] known = known(windows, together ? 0 : step, together ? a.horizon() : 1);
            Arrays.sort(known);
            for (int q = 0; q < levels.length && known.length > 0; q++) {
                columns[step * levels.length + q] = known[(int) (levels[q] * (known.length - 1) + 0.5)];
            }
        }
        return columns;
    }

    private static float[] known(List<TrainingWindow> windows, int from, int count) {
        float[] known =
                new float[windows.stream().mapToInt(w -> w.steps() / EVERY + 1).sum() * count];
        int size = 0;
        for (TrainingWindow window : windows) {
            for (int t = 0; t < window.steps(); t += EVERY) {
                for (int step = from; step < from + count; step++) {
                    float target = window.targets()[t * window.horizon() + step];
                    if (!Float.isNaN(target)) {
                        known[size++] = target;
                    }
                }
            }
        }
        return Arrays.copyOf(known, size);
    }
}
