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
 * Stands behind a bidirectional layer, whose outputs are [batch, 2 * hidden, span] in the order of the inputs: of the forward half it takes those at
 * the last step, of the backward half those at the first, each after having read everything. DL4J's own layer for that has no gradient here.
 */
final class Ends implements InputPreProcessor {
    private static final long serialVersionUID = 1L;

    private final int hidden;
    private final int span;

    Ends(int hidden, int span) {
        this.hidden = hidden;
        this.span = span;
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatch, LayerWorkspaceMgr workspaces) {
        int batch = (int) input.size(0);
        float[] all = new float[batch * 2 * hidden * span];
        Floats.of(input).get(all);
        INDArray output = workspaces.createUninitialized(
                ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {batch, 2L * hidden}, 'f');
        Floats.written(output)
                .put(all, forwards(batch), batch * hidden)
                .getPointer((long) batch * hidden)
                .put(all, batch * hidden, batch * hidden);
        return output;
    }

    /** Where the last step's forward half begins. */
    private int forwards(int batch) {
        return (span - 1) * 2 * hidden * batch;
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatch, LayerWorkspaceMgr workspaces) {
        int batch = (int) output.size(0);
        float[] given = new float[batch * 2 * hidden];
        Floats.of(output).get(given);
        float[] all = new float[batch * 2 * hidden * span];
        System.arraycopy(given, 0, all, forwards(batch), batch * hidden);
        System.arraycopy(given, batch * hidden, all, batch * hidden, batch * hidden);
        INDArray below = workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {batch, 2L * hidden, span}, 'f');
        Floats.written(below).put(all);
        return below;
    }

    @Override
    public InputPreProcessor clone() {
        return new Ends(hidden, span);
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        return InputType.feedForward(2L * hidden);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(@Nullable INDArray mask, MaskState state, int miniBatch) {
        throw new UnsupportedOperationException("Ends: expected no mask, found one");
    }
}
