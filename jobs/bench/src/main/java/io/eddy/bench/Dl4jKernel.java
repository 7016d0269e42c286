package io.eddy.bench;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's {@code rnnTimeStep}, one series at a time: its state is put into the network before a step and taken out after it. */
final class Dl4jKernel implements Kernel {
    /** Our gates in DL4J's order: cell, forget, output, input. */
    private static final int[] GATES = {2, 1, 3, 0};

    static {
        singleThread();
    }

    private final MultiLayerNetwork network;
    /** [series], each [1, inputs]. */
    private final List<INDArray> x;
    /** Per series; empty before its first step. */
    private final List<Map<String, INDArray>> states;

    /** @param weights of one layer; the head is not used */
    Dl4jKernel(Weights weights, float[][] x) {
        this.network = network(weights);
        this.x = Arrays.stream(x).map(row -> Nd4j.create(new float[][] {row})).toList();
        this.states = Stream.generate(() -> (Map<String, INDArray>) new HashMap<String, INDArray>())
                .limit(x.length)
                .toList();
    }

    /** The measuring thread does all the work itself. */
    static void singleThread() {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
    }

    private static MultiLayerNetwork network(Weights weights) {
        Architecture a = weights.architecture();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .list()
                .layer(new LSTM.Builder()
                        .nIn(a.inputs())
                        .nOut(a.hidden())
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build())
                .build());
        network.init();
        assign(network, LSTMParamInitializer.INPUT_WEIGHT_KEY, weights.kernel(0));
        assign(network, LSTMParamInitializer.RECURRENT_WEIGHT_KEY, weights.recurrent(0));
        assign(network, LSTMParamInitializer.BIAS_KEY, new float[][] {weights.bias(0)});
        return network;
    }

    private static void assign(MultiLayerNetwork network, String key, float[][] rows) {
        INDArray param = network.getLayer(0).getParam(key);
        param.assign(Nd4j.create(Kernel.reorder(rows, GATES)).reshape(param.shape()));
    }

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public void step(int first) {
        Map<String, INDArray> state = states.get(first);
        if (state.isEmpty()) {
            network.rnnClearPreviousState();
        } else {
            network.rnnSetPreviousState(0, state);
        }
        network.rnnTimeStep(x.get(first));
        state.putAll(network.rnnGetPreviousState(0));
    }

    @Override
    public float[] hidden(int series) {
        INDArray h = states.get(series).get(org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_ACTIVATION);
        if (h == null) {
            throw new IllegalStateException("series " + series + ": expected a state, found none");
        }
        return h.dup('c').data().asFloat();
    }
}
