package io.eddy.train;

import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward and backward pass of an LSTM layer for DL4J: a step's matrices by {@link Products}, its cells by
 * {@link io.eddy.model.network.LstmCell}. See {@link LstmPass} for the arithmetic.
 *
 * <p>DL4J asks for the forward pass of a training batch twice, once for the layers above and once for the gradients. The first one's
 * steps are kept and the second is answered from them. One helper belongs to one layer and one thread.
 */
final class EddyLstmHelper implements LSTMHelper {
    private final LstmPass pass = new LstmPass();
    private final boolean lowest;
    /** The input whose steps the pass holds; null after its gradients were taken. */
    private @Nullable INDArray kept;

    /** @param lowest whether no layer below wants a gradient */
    EddyLstmHelper(boolean lowest) {
        this.lowest = lowest;
    }

    @Override
    public boolean checkSupported() {
        return true;
    }

    @Override
    public boolean checkSupported(IActivation gates, IActivation activation, boolean peepholes) {
        return gates instanceof ActivationSigmoid && activation instanceof ActivationTanH && !peepholes;
    }

    @Override
    public Map<String, Long> helperMemoryUse() {
        return Map.of();
    }

    @Override
    public FwdPassReturn activate(
            Layer layer,
            NeuralNetConfiguration conf,
            IActivation gates,
            INDArray input,
            INDArray recurrentWeights,
            INDArray inputWeights,
            INDArray biases,
            boolean training,
            @Nullable INDArray previousOutput,
            @Nullable INDArray previousCell,
            boolean forBackprop,
            boolean forwards,
            String inputWeightKey,
            @Nullable INDArray mask,
            boolean peepholes,
            LayerWorkspaceMgr workspaces) {
        require(forwards && mask == null && input.rank() == 3, "input", "[batch, inputs, steps] without a mask");
        if (!forBackprop || kept != input) {
            pass.size(input, recurrentWeights.size(0));
            pass.start(previousOutput, previousCell);
            pass.forward(Floats.steps(input), Floats.of(inputWeights), Floats.of(recurrentWeights), Floats.of(biases));
        }
        kept = training && !forBackprop ? input : null;
        FwdPassReturn result = new FwdPassReturn();
        if (!forBackprop) { // then nobody reads it
            result.fwdPassOutput = Floats.sequences(
                    workspaces, ArrayType.ACTIVATIONS, input.size(0), recurrentWeights.size(0), input.size(2));
            pass.output(Floats.steps(result.fwdPassOutput));
        }
        if (!training) { // for rnnTimeStep
            result.lastAct = pass.lastOutput();
            result.lastMemCell = pass.lastCell();
        }
        return result;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
            NeuralNetConfiguration conf,
            IActivation gates,
            INDArray input,
            INDArray recurrentWeights,
            INDArray inputWeights,
            INDArray epsilon,
            boolean truncated,
            int truncatedLength,
            FwdPassReturn forward,
            boolean forwards,
            String inputWeightKey,
            String recurrentWeightKey,
            String biasWeightKey,
            Map<String, INDArray> gradients,
            @Nullable INDArray mask,
            boolean peepholes,
            LayerWorkspaceMgr workspaces) {
        require(!truncated && forwards && mask == null, "gradient", "whole sequences without a mask");
        INDArray below = lowest
                ? null
                : Floats.sequences(workspaces, ArrayType.ACTIVATION_GRAD, input.size(0), input.size(1), input.size(2));
        INDArray w = Objects.requireNonNull(gradients.get(inputWeightKey));
        INDArray rw = Objects.requireNonNull(gradients.get(recurrentWeightKey));
        INDArray b = Objects.requireNonNull(gradients.get(biasWeightKey));
        pass.backward(
                Floats.steps(epsilon),
                Floats.written(w),
                Floats.written(rw),
                Floats.written(b),
                below == null ? null : Floats.steps(below));
        Gradient gradient = new DefaultGradient();
        gradient.gradientForVariable().put(inputWeightKey, w);
        gradient.gradientForVariable().put(recurrentWeightKey, rw);
        gradient.gradientForVariable().put(biasWeightKey, b);
        return new Pair<>(gradient, below);
    }

    private static void require(boolean good, String name, String rule) {
        if (!good) {
            throw new IllegalArgumentException(name + ": expected " + rule + ", found others");
        }
    }
}
