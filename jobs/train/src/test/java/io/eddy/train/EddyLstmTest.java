package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Our passes under DL4J beside DL4J's own, and beside finite differences: of a size that fits vectors, and of one that does not. */
class EddyLstmTest {
    private static final int INPUTS = 3;
    private static final int BATCH = 8;
    private static final int OUTPUTS = 2;
    private static final int STEPS = 7;

    private final Random random = new Random(4);
    private final INDArray x = gaussians(BATCH, INPUTS, STEPS);
    private final INDArray y = gaussians(BATCH, OUTPUTS, STEPS);

    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void gradientsAreThoseOfDl4j(int hidden) {
        MultiLayerNetwork dl4j = network(hidden, false);
        MultiLayerNetwork eddy = network(hidden, true);
        eddy.setParams(dl4j.params());
        Map<String, INDArray> expected = gradients(dl4j);
        Map<String, INDArray> found = gradients(eddy);

        assertThat(eddy.score()).isEqualTo(dl4j.score(), within(1e-6));
        assertThat(found).hasSameSizeAs(expected).hasSize(8);
        expected.forEach((name, gradient) -> {
            assertThat(gradient.norm2Number().doubleValue()).as(name).isGreaterThan(1e-3);
            assertThat(gradient.sub(found.get(name)).amaxNumber().doubleValue())
                    .as(name)
                    .isLessThan(2e-6 * Math.max(1, gradient.amaxNumber().doubleValue()));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void gradientsAreFiniteDifferencesOfTheLoss(int hidden) {
        MultiLayerNetwork eddy = network(hidden, true);
        gradients(eddy);
        INDArray gradient = eddy.getFlattenedGradients().dup();
        INDArray params = eddy.params().dup();
        float delta = 0.01f;
        for (int k = 0; k < params.length(); k += 7) {
            double slope = (score(eddy, params, k, delta) - score(eddy, params, k, -delta)) / (2 * delta);
            // The score is a mean over the batch; DL4J divides the gradients later, in the updater.
            assertThat(gradient.getDouble(k) / BATCH).as("weight %d", k).isEqualTo(slope, within(4e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void outputsAreThoseOfDl4jStepByStepToo(int hidden) {
        MultiLayerNetwork dl4j = network(hidden, false);
        MultiLayerNetwork eddy = network(hidden, true);
        eddy.setParams(dl4j.params());
        assertThat(eddy.output(x).sub(dl4j.output(x)).amaxNumber().doubleValue())
                .isLessThan(2e-6);
        for (int half = 0; half < 2; half++) {
            INDArray part = x.get(all(), all(), org.nd4j.linalg.indexing.NDArrayIndex.interval(3 * half, 3 * half + 3));
            assertThat(eddy.rnnTimeStep(part)
                            .sub(dl4j.rnnTimeStep(part))
                            .amaxNumber()
                            .doubleValue())
                    .isLessThan(2e-6);
        }
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex all() {
        return org.nd4j.linalg.indexing.NDArrayIndex.all();
    }

    private double score(MultiLayerNetwork network, INDArray params, int index, float delta) {
        INDArray moved = params.dup();
        moved.putScalar(index, params.getFloat(index) + delta);
        network.setParams(moved);
        gradients(network);
        return network.score();
    }

    private Map<String, INDArray> gradients(MultiLayerNetwork network) {
        network.setInput(x);
        network.setLabels(y);
        network.computeGradientAndScore();
        return network.gradient().gradientForVariable();
    }

    private static MultiLayerNetwork network(int hidden, boolean ours) {
        var layers = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.FLOAT)
                .updater(new Sgd(0.1))
                .list();
        for (int inputs : new int[] {INPUTS, hidden}) {
            layers.layer(
                    ours
                            ? new EddyLstm(inputs, hidden, inputs == INPUTS)
                            : new LSTM.Builder()
                                    .nIn(inputs)
                                    .nOut(hidden)
                                    .activation(Activation.TANH)
                                    .build());
        }
        layers.layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                .nIn(hidden)
                .nOut(OUTPUTS)
                .activation(Activation.IDENTITY)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private INDArray gaussians(int... shape) {
        float[] values = new float[shape[0] * shape[1] * shape[2]];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return Nd4j.create(values, shape, 'c');
    }
}
