package io.eddy.train;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that learns: DL4J's {@link Layers}, fitted with Adam (Kingma and Ba 2015) to the {@link PinballLoss}.
 *
 * <p>Everything runs on one thread, so that the same seed and the same windows give the same weights, bit for bit. Not safe for
 * several threads.
 */
public final class Network {
    private static final double GRADIENT_NORM = 1;

    static {
        // Else ND4J keeps the context class loader of the first job that uses it, which closes with that job.
        ND4JClassLoading.setNd4jClassloaderFromClass(Nd4j.class);
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
    }

    private final Architecture architecture;
    private final boolean plain;
    private final GradientNorms norms = new GradientNorms(GRADIENT_NORM);
    private final MultiLayerNetwork network;
    private final Tensors tensors;
    private int batches;

    private Network(Architecture architecture, boolean plain, double dropout, double learningRate, long seed) {
        if (architecture.quantiles() != Quantiles.COUNT) {
            throw new IllegalArgumentException(
                    "quantiles: expected " + Quantiles.COUNT + ", found " + architecture.quantiles());
        }
        this.architecture = architecture;
        this.plain = plain;
        network = new MultiLayerNetwork(Layers.of(architecture, plain, dropout, learningRate, GRADIENT_NORM, seed));
        network.init();
        network.setListeners(norms);
        tensors = new Tensors(network, architecture);
    }

    /** A network with random layers and a head of zeros: until it has learnt it forecasts no deviation from the base. */
    public static Network random(Architecture architecture, double learningRate, long seed) {
        return random(architecture, 0, learningRate, seed);
    }

    /** The same with a share of the values between stacked layers left out at each step of training. */
    public static Network random(Architecture architecture, double dropout, double learningRate, long seed) {
        return new Network(architecture, false, dropout, learningRate, seed);
    }

    /** The same with DL4J's own layers, to compare with; of stacked LSTM layers. */
    public static Network plain(Architecture architecture, double learningRate, long seed) {
        return new Network(architecture, true, 0, learningRate, seed);
    }

    /** A network that goes on from the given weights. */
    public static Network of(Weights parent, double learningRate) {
        return of(parent, 0, learningRate, 0);
    }

    /** The given weights in DL4J's own layers, to compare with. */
    static Network plain(Weights weights) {
        Network result = plain(weights.architecture(), 0.001, 0);
        result.tensors.write(weights.tensors());
        return result;
    }

    /** The same with dropout, see {@link #random(Architecture, double, double, long)}; the seed is that of what is left out. */
    static Network of(Weights parent, double dropout, double learningRate, long seed) {
        Network result = new Network(parent.architecture(), false, dropout, learningRate, seed);
        result.tensors.write(parent.tensors());
        return result;
    }

    /**
     * Starts the head at the quantiles of the targets. From zeros the first gradients all say that the outer quantiles are too near, and the
     * quickest way out of that is to saturate the gates, which then learn no more.
     */
    void startAt(List<TrainingWindow> windows) {
        List<float[][]> all = tensors.read();
        all.set(all.size() - 1, new float[][] {TargetQuantiles.of(architecture, windows)});
        tensors.write(all);
    }

    /** Starts ND4J, which takes a second or two, before the first round needs it. */
    static void startLibrary() {
        Nd4j.zeros(1).close();
    }

    /** Sets the step size of the batches to come. */
    void learningRate(double rate) {
        Layers.learningRate(network.getLayerWiseConfigurations().getConf(0).getLayer(), rate);
        network.setLearningRate(rate);
    }

    /**
     * One gradient step on one batch.
     *
     * @param windows at least one, all with the same number of steps
     * @return the mean pinball loss per known target and level before the step
     */
    public double fit(List<TrainingWindow> windows) {
        Batch batch = new Batch(architecture, windows, origins(windows.get(0).steps()));
        feed(batch);
        network.fit(batch.inputs(plain), batch.labels(plain));
        return network.score();
    }

    /** Every so many steps, others for each batch; whole spans where there are any. */
    private int[] origins(int steps) {
        int stride = architecture.stride();
        int from = Math.min(steps - 1, wholeSpan()) + batches++ % stride;
        return IntStream.range(0, steps)
                .filter(t -> t >= Math.min(from, steps - 1) && (t - from) % stride == 0)
                .toArray();
    }

    private int wholeSpan() {
        return switch (architecture.kind()) {
            case BIDIRECTIONAL, MLP -> architecture.span() - 1;
            default -> 0;
        };
    }

    private void feed(Batch batch) {
        if (network.getLayerWiseConfigurations().getInputPreProcess(architecture.layers()) instanceof Unroll unroll) {
            unroll.next(batch.origins(), batch.feed());
        }
    }

    /** The L2 norm of the newest batch's gradient over all weights. */
    double gradientNorm() {
        return norms.before();
    }

    /** The same after every layer's was clipped. */
    double clippedNorm() {
        return norms.after();
    }

    /**
     * The head's outputs of every step, from a zero state: [steps * horizon * levels], level fastest. Those of a generative network are the
     * quantiles of each target given the targets before it.
     */
    float[] outputs(TrainingWindow window) {
        int steps = window.steps();
        Batch batch = new Batch(
                architecture, List.of(window), IntStream.range(0, steps).toArray());
        feed(batch);
        INDArray out = network.output(batch.inputs(plain));
        // [1, outputs, steps], or [steps, levels, horizon], or [steps, outputs].
        INDArray rows = out.rank() == 3 ? out.permute(0, 2, 1) : out;
        return rows.dup('c').data().asFloat();
    }

    /** The top LSTM layer's hidden states of every step, from a zero state, to compare with: [steps * hidden], of stacked layers. */
    float[] states(TrainingWindow window) {
        Batch batch = new Batch(architecture, List.of(window), new int[] {0});
        INDArray states = network.feedForward(batch.inputs(plain)).get(architecture.layers());
        return states.permute(0, 2, 1).dup('c').data().asFloat();
    }

    /** False once a weight is no longer a finite number, or one that {@link Weights} do not take. */
    public boolean isFinite() {
        INDArray params = network.params();
        return Double.isFinite(params.sumNumber().doubleValue())
                && params.amaxNumber().doubleValue() <= Weights.LARGEST;
    }

    /** A copy of the weights, to be used without DL4J. */
    public Weights weights() {
        return Weights.of(architecture, tensors.read());
    }
}
