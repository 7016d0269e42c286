package io.eddy.model;

/** The network's part in the step of one series. Holds scratch arrays, sized for the weights that were met last. */
final class NetworkStep {
    private final Forecaster.Options options;
    /** [state rows][hidden]. */
    private float[][] h = {};

    private float[][] c = {};
    /** [4 * hidden]. */
    private float[] z = {};
    /** [horizon * quantiles]: the outputs of the head. */
    private float[] all = {};
    /** [quantiles]: those of the next step only. */
    private final float[] next = new float[Quantiles.COUNT];

    NetworkStep(Forecaster.Options options) {
        this.options = options;
    }

    /**
     * Makes the state of a series one for these weights.
     *
     * @param x [inputs], scratch
     */
    void fit(Memory memory, WeightsVersion version, float[] x) {
        Architecture a = version.weights().architecture();
        if (h.length != a.stateRows() || z.length != 4 * a.hidden() || all.length != a.outputs()) {
            h = new float[a.stateRows()][a.hidden()];
            c = new float[a.stateRows()][a.hidden()];
            z = new float[4 * a.hidden()];
            all = new float[a.outputs()];
        }
        if (memory.network.fit(version, options.onNewWeights())) {
            long spacing = options.stepMillis() > 0 ? options.stepMillis() : memory.history.seasons.spacingMillis();
            Rewarming.replay(
                    memory.history, version.weights(), memory.lastMillis, spacing, options.inputs(), x, h, c, z);
            memory.network.store(h, c);
        }
    }

    /** Takes the inputs of a step, [inputs], into the state of a series that {@link #fit}s. */
    void take(Memory memory, Weights weights, float[] x) {
        memory.network.load(h, c);
        weights.step(x, h, c, z);
        memory.network.store(h, c);
    }

    /**
     * The same, and forecasts from the state before it is rounded.
     *
     * @param whole whether more than the next step is wanted
     * @return deviations, [horizon * quantiles], or [quantiles] of the next step; valid until the next call
     */
    float[] forecast(Memory memory, Weights weights, float[] x, boolean whole) {
        float[] deviations = whole ? all : next;
        memory.network.load(h, c);
        weights.step(x, h, c, z);
        weights.head(h, c, deviations);
        memory.network.store(h, c);
        return deviations;
    }
}
