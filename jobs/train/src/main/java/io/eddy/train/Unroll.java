package io.eddy.train;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stands before a decoder: makes of the encoder's hidden state after chosen steps, the origins, one sequence each over the horizon, the state in
 * every step of it, behind what else is fed. The batch grows from windows to windows x origins, the window fastest.
 */
final class Unroll implements InputPreProcessor {
    private static final long serialVersionUID = 1L;

    private final int width;
    private final int horizon;
    private int[] origins = {};
    /** [width, windows * origins, horizon]. */
    private float[] feed = {};
    /** Steps of the encoder's sequence. */
    private int steps;

    /**
     * @param width numbers of a step that enters the decoder, the state's among them
     * @param horizon steps of each sequence
     */
    Unroll(int width, int horizon) {
        this.width = width;
        this.horizon = horizon;
    }

    /** What the next batch is unrolled from. */
    void next(int[] origins, float[] feed) {
        this.origins = origins;
        this.feed = feed;
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatch, LayerWorkspaceMgr workspaces) {
        int windows = (int) input.size(0);
        int hidden = (int) input.size(1);
        steps = (int) input.size(2);
        float[] encoded = new float[hidden * windows * steps];
        Floats.steps(input).get(encoded);
        int batch = windows * origins.length;
        int fed = width - hidden;
        float[] all = new float[width * batch * horizon];
        for (int step = 0; step < horizon; step++) {
            for (int e = 0; e < batch; e++) {
                int to = (step * batch + e) * width;
                System.arraycopy(feed, (step * batch + e) * fed, all, to, fed);
                System.arraycopy(encoded, encoded(e, windows) * hidden, all, to + fed, hidden);
            }
        }
        INDArray output = Floats.sequences(workspaces, ArrayType.ACTIVATIONS, batch, width, horizon);
        Floats.steps(output).put(all);
        return output;
    }

    /** Which of the encoder's [windows, steps] states an example starts from. */
    private int encoded(int example, int windows) {
        return origins[example / windows] * windows + example % windows;
    }

    /** The state's gradient is the sum over the steps that it entered. */
    @Override
    public INDArray backprop(INDArray output, int miniBatch, LayerWorkspaceMgr workspaces) {
        int batch = (int) output.size(0);
        int windows = batch / origins.length;
        int fed = feed.length / batch / horizon;
        int hidden = width - fed;
        float[] all = new float[width * batch * horizon];
        Floats.steps(output).get(all);
        float[] encoded = new float[hidden * windows * steps];
        for (int step = 0; step < horizon; step++) {
            for (int e = 0; e < batch; e++) {
                int from = (step * batch + e) * width + fed;
                int to = encoded(e, windows) * hidden;
                for (int k = 0; k < hidden; k++) {
                    encoded[to + k] += all[from + k];
                }
            }
        }
        INDArray below = Floats.sequences(workspaces, ArrayType.ACTIVATION_GRAD, windows, hidden, steps);
        Floats.steps(below).put(encoded);
        return below;
    }

    @Override
    public InputPreProcessor clone() {
        return new Unroll(width, horizon);
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        return InputType.recurrent(width, horizon);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(@Nullable INDArray mask, MaskState state, int miniBatch) {
        throw new UnsupportedOperationException("Unroll: expected no mask, found one");
    }
}
