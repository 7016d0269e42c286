package io.eddy.model;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step each of several series, taken together, each part of the step for all of them: so the weights, and the code of a part, are read once. Every
 * answer is that of {@link Forecaster#step} alone, to the last bit, whatever else is in the batch.
 *
 * <p>Series are added, each at most once, then {@link #run} answers. Not safe for several threads.
 */
public final class StepBatch {
    private static final int SIZE = 16;

    private final Forecaster forecaster;
    private final Answer[] answers;
    private final Memory[] memories;
    /** [size][state rows][hidden]. */
    private float[][][] h = {};

    private float[][][] c = {};
    private final Draft[] drafts;
    /** [size][inputs]: those of the drafts. */
    private final float[][] x;
    /** [size][{@link Weights#width}], scratch of the layers, then the outputs of the head. */
    private float[][] z;

    /** What the arrays are sized for. */
    private @Nullable WeightsVersion sizedFor;

    private int size;

    /** @param horizon of the answers, steps ahead */
    public StepBatch(Forecaster forecaster, int horizon) {
        this.forecaster = forecaster;
        int limit = Weights.stepsTogether() ? SIZE : 1;
        answers = new Answer[limit];
        drafts = new Draft[limit];
        x = new float[limit][];
        for (int i = 0; i < limit; i++) {
            answers[i] = new Answer(horizon);
            drafts[i] = forecaster.newDraft();
            x[i] = drafts[i].x;
        }
        memories = new Memory[limit];
        z = new float[limit][0];
    }

    public boolean isFull() {
        return size == answers.length;
    }

    /** The same as below, of one reading and without a rule. */
    public void add(Memory memory, long timeMillis, double y, boolean whole) {
        add(memory, timeMillis, y, 1, whole, null);
    }

    /** Adds a step of a series; see {@link Forecaster#step(Memory, WeightsVersion, long, double, int, boolean, AlarmRule, Answer)}. */
    public void add(Memory memory, long timeMillis, double y, int readings, boolean whole, @Nullable AlarmRule rule) {
        drafts[size].take(timeMillis, y, readings, whole, rule);
        memories[size] = memory;
        size++;
    }

    private void size(WeightsVersion version) {
        if (version != sizedFor) {
            sizedFor = version;
            Architecture a = version.weights().architecture();
            h = new float[answers.length][a.stateRows()][a.hidden()];
            c = new float[answers.length][a.stateRows()][a.hidden()];
            z = new float[answers.length][version.weights().width()];
        }
    }

    /** {@link #run(WeightsVersion, Shadow)} without a shadow. */
    public List<Memory> run(@Nullable WeightsVersion version) {
        return run(version, null);
    }

    /**
     * Steps the network of all series that were added and forecasts; {@link #answer} holds what came of it until the next is added.
     *
     * @param shadow steps after the network on the series that follow it; null: there is none
     * @return the series, in the order in which they were added; a view, of this run only
     */
    public List<Memory> run(@Nullable WeightsVersion version, @Nullable Shadow shadow) {
        // Part by part through all series, which is faster: see DECISIONS.md.
        for (int i = 0; i < size; i++) {
            forecaster.judge(memories[i], version, drafts[i], answers[i]);
        }
        for (int i = 0; i < size; i++) {
            forecaster.observe(memories[i], version, drafts[i], answers[i]);
        }
        for (int i = 0; i < size; i++) {
            forecaster.expect(memories[i], drafts[i], answers[i]);
        }
        if (version != null) {
            size(version);
            step(version.weights());
        }
        for (int i = 0; i < size; i++) {
            forecaster.forecast(memories[i], version, drafts[i], z[i], answers[i]);
            ShadowMemory followed = memories[i].shadow;
            if (shadow != null && followed != null && version != null) {
                int known = Math.min(
                        answers[i].steps, version.weights().architecture().horizon());
                shadow.step(memories[i], followed, drafts[i], z[i], known);
            }
        }
        List<Memory> stepped = Arrays.asList(memories).subList(0, size);
        size = 0;
        return stepped;
    }

    /** The network's part. */
    private void step(Weights weights) {
        for (int i = 0; i < size; i++) {
            memories[i].network.load(h[i], c[i]);
        }
        weights.step(x, h, c, z, size);
        weights.head(h, c, z, size);
        for (int i = 0; i < size; i++) {
            NetworkStep.classify(weights, h[i], answers[i]);
            memories[i].network.store(h[i], c[i]);
        }
    }

    /** The answer to the series that was added as the i-th, from 0. */
    public Answer answer(int i) {
        return answers[i];
    }

    /**
     * The sampled futures of the series that was added as the i-th, as far as its answer reaches; valid until the next is added.
     *
     * @param version that {@link #run} had
     * @return deviations in scales, [steps][paths]; null where the network samples none
     */
    public float @Nullable [][] paths(int i, @Nullable WeightsVersion version) {
        return version == null ? null : version.weights().paths(h[i], answers[i].steps);
    }
}
