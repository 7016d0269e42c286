package io.eddy.train;

import io.eddy.model.network.Classifier;
import io.eddy.model.network.Weights;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/** Fits a logistic output to hidden states: DL4J's output layer with the binary cross-entropy, all steps at once, the same result every time. */
public final class ClassifierFit {
    private static final int ITERATIONS = 300;
    private static final double LEARNING_RATE = 0.1;
    /** Prior deviation of a weight: what one step is worth against it. */
    private static final double DECAY = 1;
    /** A number of the state that hardly moves is not blown up. */
    private static final double LEAST_DEVIATION = 0.01;

    private ClassifierFit() {}

    /**
     * A classifier for these windows, whose probabilities are those of the stream that they stand for.
     *
     * @param network whose states it reads
     * @param windows oldest first, with at least one anomalous step
     */
    public static Classifier fit(Weights network, List<LabelledWindow> windows) {
        LabelledSteps steps = LabelledSteps.of(network, windows);
        Classifier found = fit(steps, windows.get(windows.size() - 1).lastMillis());
        return found.shifted(StreamOdds.of(found, steps));
    }

    /**
     * A classifier for these steps, whose probabilities are those of their weights.
     *
     * @param steps at least one of each kind
     * @param fittedToMillis event time of the newest
     * @throws CancellationException if the thread is interrupted
     */
    static Classifier fit(LabelledSteps steps, long fittedToMillis) {
        Network.startLibrary();
        int n = steps.size();
        int hidden = steps.state(0).length;
        double[] mean = new double[hidden];
        double[] deviation = new double[hidden];
        standard(steps, mean, deviation);
        float[] x = new float[n * hidden];
        float[] y = new float[n];
        float[] weights = new float[n];
        double total = 0;
        for (int k = 0; k < n; k++) {
            float[] state = steps.state(k);
            for (int j = 0; j < hidden; j++) {
                x[k * hidden + j] = (float) ((state[j] - mean[j]) / deviation[j]);
            }
            y[k] = steps.isAnomalous(k) ? 1 : 0;
            weights[k] = steps.weight(k);
            total += weights[k];
        }
        for (int k = 0; k < n; k++) {
            // DL4J multiplies the gradient of a single output by the mask twice.
            weights[k] = (float) Math.sqrt(weights[k] * n / total);
        }
        MultiLayerNetwork network = network(hidden, DECAY / total, steps.rate());
        try (INDArray inputs = Nd4j.create(x, new long[] {n, hidden}, 'c');
                INDArray labels = Nd4j.create(y, new long[] {n, 1}, 'c');
                INDArray mask = Nd4j.create(weights, new long[] {n, 1}, 'c')) {
            for (int k = 0; k < ITERATIONS; k++) {
                if (Thread.interrupted()) {
                    throw new CancellationException("classifier: interrupted at iteration " + k);
                }
                network.setLearningRate(LEARNING_RATE * (ITERATIONS - k) / ITERATIONS);
                network.fit(new DataSet(inputs, labels, null, mask));
            }
        }
        return folded(network, mean, deviation, fittedToMillis);
    }

    private static void standard(LabelledSteps steps, double[] mean, double[] deviation) {
        int n = steps.size();
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += steps.state(k)[j] / n;
            }
        }
        for (int j = 0; j < mean.length; j++) {
            double squares = 0;
            for (int k = 0; k < n; k++) {
                double distance = steps.state(k)[j] - mean[j];
                squares += distance * distance;
            }
            deviation[j] = Math.max(LEAST_DEVIATION, Math.sqrt(squares / n));
        }
    }

    private static MultiLayerNetwork network(int hidden, double decay, double rate) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .updater(new Adam(LEARNING_RATE))
                .l2(decay)
                .list()
                .layer(new OutputLayer.Builder(new LossBinaryXENT())
                        .nIn(hidden)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .weightInit(WeightInit.ZERO)
                        .build())
                .build());
        network.init();
        network.getLayer(0).getParam(DefaultParamInitializer.BIAS_KEY).assign(Math.log(rate / (1 - rate)));
        return network;
    }

    /** The same output of states that are not standardised. */
    private static Classifier folded(MultiLayerNetwork network, double[] mean, double[] deviation, long fittedTo) {
        float[] found = network.getLayer(0)
                .getParam(DefaultParamInitializer.WEIGHT_KEY)
                .dup('c')
                .data()
                .asFloat();
        double bias =
                network.getLayer(0).getParam(DefaultParamInitializer.BIAS_KEY).getDouble(0);
        float[] weights = new float[found.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = (float) (found[j] / deviation[j]);
            bias -= weights[j] * mean[j];
        }
        return new Classifier(weights, (float) bias, fittedTo);
    }
}
