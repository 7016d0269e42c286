package io.eddy.train;

import java.util.Arrays;

/**
 * Consecutive steps of one series and what people have said of each.
 *
 * @param series the series' name, or its key with a target behind it
 * @param lastMillis event time of the last step, epoch milliseconds
 * @param steps at least 1
 * @param inputs [steps * inputs], input fastest, finite
 * @param labels [steps]: {@link #UNSAID}, {@link #NORMAL} or {@link #ANOMALOUS}
 * @param stands how many windows of the recent stream it stands for, at least 0: what was spoken of is kept for longer
 */
public record LabelledWindow(String series, long lastMillis, int steps, float[] inputs, byte[] labels, int stands) {
    /** Nobody said a word: taken for normal, with less weight. */
    public static final byte UNSAID = 0;

    public static final byte NORMAL = 1;
    public static final byte ANOMALOUS = 2;

    /** One that stands for itself. */
    public LabelledWindow(String series, long lastMillis, int steps, float[] inputs, byte[] labels) {
        this(series, lastMillis, steps, inputs, labels, 1);
    }

    /**
     * A window as far as the spans that were told reach into it.
     *
     * @param window whose start is known; the times of its steps follow from their spacing, nearly where every value is a step and some are missing
     */
    static LabelledWindow of(TrainingWindow window, ToldAnomalies told, int stands) {
        long spacing = spacing(window);
        byte[] labels = new byte[window.steps()];
        if (spacing > 0 && told.speaksOf(window)) {
            for (int t = 0; t < labels.length; t++) {
                long start = window.startMillis() + t * spacing;
                labels[t] = told.label(window.series(), start, start + spacing - 1);
            }
        }
        long last = window.startMillis() + (window.steps() - 1) * spacing;
        return new LabelledWindow(window.series(), last, window.steps(), window.inputs(), labels, stands);
    }

    /** Milliseconds between two steps; 0 where it is not known. */
    static long spacing(TrainingWindow window) {
        return (window.endMillis() - window.startMillis()) / (window.steps() - 1 + window.horizon());
    }

    /** The window without its targets, for which nobody asks here: with one unknown target a step. */
    static TrainingWindow slim(TrainingWindow window) {
        float[] none = new float[window.steps()];
        Arrays.fill(none, Float.NaN);
        long end = window.startMillis() + window.steps() * spacing(window);
        return new TrainingWindow(window.series(), window.startMillis(), end, window.steps(), window.inputs(), none);
    }

    int inputsPerStep() {
        return inputs.length / steps;
    }
}
