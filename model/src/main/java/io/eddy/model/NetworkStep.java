package io.eddy.model;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;

/** The network's part in the step of one series. Holds scratch arrays, sized for the weights that were met last. */
final class NetworkStep {
    private final Forecaster.Options options;
    /** [state rows][hidden]. */
    private float[][] h = {};

    private float[][] c = {};
    /** [4 * hidden]. */
    private float[] z = {};
    /** [inputs]: those with a value that the network is not given. */
    private float[] raw = {};
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
                    memory.history, 0, version.weights(), memory.lastMillis(), spacing, options.inputs(), x, h, c, z);
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

    /**
     * Says how likely a step is called anomalous whose value the network is not given as it came: the network goes on with what was expected, the
     * classifier has to see what came. One step with that, whose state is thrown away.
     *
     * @param x [inputs] of the step, with what the network goes on with
     * @param distance of the value from that
     */
    void aside(Memory memory, Weights weights, float[] x, double distance, Answer answer) {
        if (weights.classifier() == null) {
            return;
        }
        if (raw.length != x.length) {
            raw = new float[x.length];
        }
        System.arraycopy(x, 0, raw, 0, x.length);
        memory.history.raise(raw, distance);
        memory.network.load(h, c);
        weights.step(raw, h, c, z);
        classify(weights, h, answer);
    }

    /** Says the same of a step that has just been taken by {@link #forecast}. */
    void classify(Weights weights, Answer answer) {
        classify(weights, h, answer);
    }

    /**
     * The same for any state, unless it has been said.
     *
     * @param h [state rows][hidden], as the step has left it
     */
    static void classify(Weights weights, float[][] h, Answer answer) {
        Classifier classifier = weights.classifier();
        boolean open = answer.warmingUp == null && !Double.isNaN(answer.y) && Double.isNaN(answer.anomalyProbability);
        if (classifier != null && open) {
            answer.anomalyProbability = classifier.probability(h);
        }
    }
}
