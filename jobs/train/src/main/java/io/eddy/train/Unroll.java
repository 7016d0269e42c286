package io.eddy.train;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stands before a decoder: makes of the encoder's hidden state after chosen steps, the origins, one sequence each over the horizon, the state in
 * every step of it, below what else is fed. The batch grows from windows to origins x windows, the window fastest.
 */
final class Unroll implements InputPreProcessor {
    private static final long serialVersionUID = 1L;

    private final int width;
    private final int horizon;
    private int[] origins = {};
    /** [origins * windows, width, horizon], the first dimension fastest. */
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
        float[] encoded = new float[windows * hidden * steps];
        Floats.of(input).get(encoded);
        int batch = windows * origins.length;
        int fed = width - hidden;
        float[] all = new float[batch * width * horizon];
        for (int step = 0; step < horizon; step++) {
            int first = step * width * batch;
            System.arraycopy(feed, step * fed * batch, all, first, fed * batch);
            for (int k = 0; k < hidden; k++) {
                for (int o = 0; o < origins.length; o++) {
                    int to = first + (fed + k) * batch + o * windows;
                    System.arraycopy(encoded, (origins[o] * hidden + k) * windows, all, to, windows);
                }
            }
        }
        INDArray output = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {batch, width, horizon}, 'f');
        Floats.written(output).put(all);
        return output;
    }

    /** The state's gradient is the sum over the steps that it entered. */
    @Override
    public INDArray backprop(INDArray output, int miniBatch, LayerWorkspaceMgr workspaces) {
        int batch = (int) output.size(0);
        int windows = batch / origins.length;
        int fed = feed.length / batch / horizon;
        int hidden = width - fed;
        float[] all = new float[batch * width * horizon];
        Floats.of(output).get(all);
        float[] encoded = new float[windows * hidden * steps];
        for (int step = 0; step < horizon; step++) {
            for (int k = 0; k < hidden; k++) {
                for (int o = 0; o < origins.length; o++) {
                    add(
                            all,
                            (step * width + fed + k) * batch + o * windows,
                            encoded,
                            (origins[o] * hidden + k) * windows,
                            windows);
                }
            }
        }
        INDArray below = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {windows, hidden, steps}, 'f');
        Floats.written(below).put(encoded);
        return below;
    }

    private static void add(float[] from, int at, float[] to, int place, int count) {
        for (int k = 0; k < count; k++) {
            to[place + k] += from[at + k];
        }
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
