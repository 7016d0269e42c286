package io.eddy.train;

/**
 * Consecutive steps of one series to learn from.
 *
 * @param series the series' name, not blank, or its key with a target behind it, see {@code Fields}
 * @param startMillis event time of the first step, epoch milliseconds; nearly, where every value is a step and some are missing
 * @param endMillis event time of the last step that is a target, epoch milliseconds
 * @param steps at least 1
 * @param inputs [steps * inputs], input fastest, finite
 * @param targets [steps * horizon], horizon fastest: scaled deviations from the base forecast; NaN = unknown, no loss
 */
public record TrainingWindow(
        String series, long startMillis, long endMillis, int steps, float[] inputs, float[] targets) {

    public TrainingWindow {
        if (series.isBlank()) {
            throw new IllegalArgumentException("series: expected a name, found \"" + series + "\"");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps: expected at least 1, found " + steps);
        }
        checkLength("inputs", inputs, steps);
        checkLength("targets", targets, steps);
        for (float x : inputs) {
            if (!Float.isFinite(x)) {
                throw new IllegalArgumentException("inputs: expected finite numbers, found " + x);
            }
        }
        for (float y : targets) {
            if (Float.isInfinite(y)) {
                throw new IllegalArgumentException("targets: expected finite numbers or NaN, found " + y);
            }
        }
    }

    /** One of which only the end is known. */
    public TrainingWindow(String series, long endMillis, int steps, float[] inputs, float[] targets) {
        this(series, endMillis, endMillis, steps, inputs, targets);
    }

    private static void checkLength(String name, float[] values, int steps) {
        if (values.length == 0 || values.length % steps != 0) {
            throw new IllegalArgumentException(
                    name + ": expected a positive multiple of " + steps + " numbers, found " + values.length);
        }
    }

    /** Numbers per step that enter the network. */
    public int inputsPerStep() {
        return inputs.length / steps;
    }

    /** Steps ahead that have a target. */
    public int horizon() {
        return targets.length / steps;
    }
}
