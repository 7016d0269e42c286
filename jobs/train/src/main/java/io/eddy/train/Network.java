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
    private final boolean plain;
    private final GradientNorms norms = new GradientNorms(GRADIENT_NORM);
    private final MultiLayerNetwork network;

    private Network(Architecture architecture, boolean plain, double learningRate, long seed) {
        if (architecture.quantiles() != Quantiles.COUNT) {
            throw new IllegalArgumentException(
                    "quantiles: expected " + Quantiles.COUNT + ", found " + architecture.quantiles());
        }
        this.architecture = architecture;
        this.plain = plain;
        this.network = build(architecture, plain, learningRate, seed);
        network.setListeners(norms);
    }

    /** A network with random layers and a head of zeros: until it has learnt it forecasts no deviation from the base. */
    public static Network random(Architecture architecture, double learningRate, long seed) {
        return new Network(architecture, false, learningRate, seed);
    }

    /** The same with DL4J's own layers, to compare with. */
    public static Network plain(Architecture architecture, double learningRate, long seed) {
        return new Network(architecture, true, learningRate, seed);
    }

    /** A network that goes on from the given weights. */
    public static Network of(Weights parent, double learningRate) {
        Network result = new Network(parent.architecture(), false, learningRate, 0);
        result.load(parent);
        return result;
    }

    private static MultiLayerNetwork build(Architecture a, boolean plain, double learningRate, long seed) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .miniBatch(false) // the loss is a mean already
                .updater(new Adam(learningRate))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(GRADIENT_NORM)
                .list();
        for (int layer = 0; layer < a.layers(); layer++) {
            layers.layer(plain ? plain(a.inputsOf(layer), a.hidden()) : new EddyLstm(a.inputsOf(layer), a.hidden()));
        }
        PinballLoss loss = new PinballLoss(Quantiles.levels());
        layers.layer(plain ? plainHead(a, loss) : new EddyHead(a.hidden(), a.outputs(), loss));
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static LSTM plain(int inputs, int hidden) {
        return new LSTM.Builder()
                .nIn(inputs)
                .nOut(hidden)
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .forgetGateBiasInit(1)
                .weightInit(WeightInit.XAVIER)
                .build();
    }

    private static RnnOutputLayer plainHead(Architecture a, PinballLoss loss) {
        return new RnnOutputLayer.Builder(loss)
                .nIn(a.hidden())
                .nOut(a.outputs())
                .activation(Activation.IDENTITY)
                .weightInit(WeightInit.ZERO)
                .build();
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

    /** The L2 norm of the newest batch's gradient over all weights. */
    double gradientNorm() {
        return norms.before();
    }

    /** The same after every layer's was clipped. */
    double clippedNorm() {
        return norms.after();
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
            for (int k = 0; k < steps * width; k++) {
                data[k * batch.size() + w] = window.inputs()[k];
            }
        }
        return Nd4j.create(data, new long[] {batch.size(), width, steps}, 'f');
    }

    /**
     * [windows, horizon, steps]; DL4J's own output layer wants each target once per quantile, [windows, horizon * quantiles, steps].
     * The rows that are made of it, step by step, need no copy.
     */
    private INDArray labels(List<TrainingWindow> batch) {
        int steps = batch.get(0).steps();
        int rows = batch.size() * steps;
        int horizon = architecture.horizon();
        int repeat = plain ? architecture.quantiles() : 1;
        float[] data = new float[rows * horizon * repeat];
        for (int w = 0; w < batch.size(); w++) {
            check("horizon", horizon, batch.get(w).horizon());
            float[] targets = batch.get(w).targets();
            for (int t = 0; t < steps; t++) {
                for (int h = 0; h < horizon; h++) {
                    data[h * repeat * rows + t * batch.size() + w] = targets[t * horizon + h];
                }
            }
        }
        for (int o = 0; o < horizon * repeat; o++) {
            System.arraycopy(data, (o - o % repeat) * rows, data, o * rows, rows);
        }
        return Nd4j.create(data, new long[] {batch.size(), steps, horizon * repeat}, 'f')
                .permute(0, 2, 1);
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
