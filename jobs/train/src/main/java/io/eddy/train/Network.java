package io.eddy.train;

import io.eddy.model.Architecture;
import io.eddy.model.Quantiles;
import io.eddy.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network that learns: DL4J's LSTM layers and a dense head, fitted with Adam (Kingma and Ba 2015) to the {@link PinballLoss}.
 *
 * <p>Everything runs on one thread, so that the same seed and the same windows give the same weights, bit for bit. Not safe for
 * several threads.
 */
public final class Network {
    private static final double GRADIENT_NORM = 1;
    private static final String W = LSTMParamInitializer.INPUT_WEIGHT_KEY;
    private static final String RW = LSTMParamInitializer.RECURRENT_WEIGHT_KEY;
    private static final String B = LSTMParamInitializer.BIAS_KEY;

    static {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
    }

    private final Architecture architecture;
    private final MultiLayerNetwork network;

    private Network(Architecture architecture, double learningRate, long seed) {
        if (architecture.quantiles() != Quantiles.COUNT) {
            throw new IllegalArgumentException(
                    "quantiles: expected " + Quantiles.COUNT + ", found " + architecture.quantiles());
        }
        this.architecture = architecture;
        this.network = build(architecture, learningRate, seed);
    }

    /** A network with random layers and a head of zeros: until it has learnt it forecasts no deviation from the base. */
    public static Network random(Architecture architecture, double learningRate, long seed) {
        return new Network(architecture, learningRate, seed);
    }

    /** A network that goes on from the given weights. */
    public static Network of(Weights parent, double learningRate) {
        Network result = new Network(parent.architecture(), learningRate, 0);
        result.load(parent);
        return result;
    }

    private static MultiLayerNetwork build(Architecture a, double learningRate, long seed) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .miniBatch(false) // the loss is a mean already
                .updater(new Adam(learningRate))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(GRADIENT_NORM)
                .list();
        for (int layer = 0; layer < a.layers(); layer++) {
            layers.layer(new LSTM.Builder()
                    .nIn(a.inputsOf(layer))
                    .nOut(a.hidden())
                    .activation(Activation.TANH)
                    .gateActivationFunction(Activation.SIGMOID)
                    .forgetGateBiasInit(1)
                    .weightInit(WeightInit.XAVIER)
                    .build());
        }
        layers.layer(new RnnOutputLayer.Builder(new PinballLoss(Quantiles.levels()))
                .nIn(a.hidden())
                .nOut(a.outputs())
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.ZERO)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    /** Starts ND4J, which takes a second or two, before the first round needs it. */
    static void startLibrary() {
        Nd4j.zeros(1).close();
    }

    /** Sets the step size of the batches to come. */
    void learningRate(double rate) {
        network.setLearningRate(rate);
    }

    /**
     * One gradient step on one batch.
     *
     * @param batch at least one window, all with the same number of steps
     * @return the mean pinball loss per known target and level before the step
     */
    public double fit(List<TrainingWindow> batch) {
        network.fit(inputs(batch), labels(batch));
        return network.score();
    }

    /** The head's outputs of every step, [steps * horizon * quantiles], quantile fastest, from a zero state. */
    float[] outputs(TrainingWindow window) {
        INDArray out = network.output(inputs(List.of(window))); // [1, outputs, steps]
        return out.slice(0).transpose().dup('c').data().asFloat();
    }

    /** [windows, inputs, steps]. */
    private INDArray inputs(List<TrainingWindow> batch) {
        int steps = batch.get(0).steps();
        int width = architecture.inputs();
        float[] data = new float[batch.size() * width * steps];
        for (int w = 0; w < batch.size(); w++) {
            TrainingWindow window = batch.get(w);
            check("steps", steps, window.steps());
            check("inputs", width, window.inputsPerStep());
            for (int i = 0; i < width; i++) {
                for (int t = 0; t < steps; t++) {
                    data[(w * width + i) * steps + t] = window.inputs()[t * width + i];
                }
            }
        }
        return Nd4j.create(data, new long[] {batch.size(), width, steps}, 'c');
    }

    /** [windows, horizon * quantiles, steps]: a target repeated for every quantile. */
    private INDArray labels(List<TrainingWindow> batch) {
        int steps = batch.get(0).steps();
        int width = architecture.outputs();
        float[] data = new float[batch.size() * width * steps];
        for (int w = 0; w < batch.size(); w++) {
            TrainingWindow window = batch.get(w);
            check("horizon", architecture.horizon(), window.horizon());
            for (int o = 0; o < width; o++) {
                for (int t = 0; t < steps; t++) {
                    data[(w * width + o) * steps + t] =
                            window.targets()[t * architecture.horizon() + o / architecture.quantiles()];
                }
            }
        }
        return Nd4j.create(data, new long[] {batch.size(), width, steps}, 'c');
    }

    private static void check(String name, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
        }
    }

    /** False once a weight is no longer a finite number. */
    public boolean isFinite() {
        return Double.isFinite(network.params().sumNumber().doubleValue());
    }

    /** A copy of the weights, to be used without DL4J. */
    public Weights weights() {
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            kernels.add(GateOrder.fromDl4j(matrix(layer, W)));
            recurrents.add(GateOrder.fromDl4j(matrix(layer, RW)));
            biases.add(GateOrder.fromDl4j(matrix(layer, B))[0]);
        }
        int head = architecture.layers();
        return Weights.of(architecture, kernels, recurrents, biases, matrix(head, W), matrix(head, B)[0]);
    }

    private float[][] matrix(int layer, String key) {
        INDArray param = network.getLayer(layer).getParam(key); // a bias has one dimension
        return param.reshape(-1, param.size(param.rank() - 1)).toFloatMatrix();
    }

    private void load(Weights weights) {
        for (int layer = 0; layer < architecture.layers(); layer++) {
            assign(layer, W, GateOrder.toDl4j(weights.kernel(layer)));
            assign(layer, RW, GateOrder.toDl4j(weights.recurrent(layer)));
            assign(layer, B, GateOrder.toDl4j(new float[][] {weights.bias(layer)}));
        }
        assign(architecture.layers(), W, weights.head());
        assign(architecture.layers(), B, new float[][] {weights.headBias()});
    }

    private void assign(int layer, String key, float[][] rows) {
        INDArray param = network.getLayer(layer).getParam(key);
        param.assign(Nd4j.create(rows).reshape(param.shape()));
    }
}
