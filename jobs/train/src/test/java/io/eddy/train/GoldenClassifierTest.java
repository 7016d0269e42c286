package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Weights;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * The probabilities of DL4J's own LSTM layers with a sigmoid output, kept as a file that a test of {@code model} reads: weights with a classifier
 * (length, bytes), steps, inputs [steps][inputs], probabilities [steps]. Written anew by {@code mvn test -Dtest=GoldenClassifierTest
 * -Dgolden.write=true} in this module, as those of {@link GoldenLstmTest}.
 */
class GoldenClassifierTest {
    private static final Path FILE = Path.of("../../model/src/test/resources/golden/classifier-2x16.bin");
    private static final Architecture SHAPE = new Architecture(8, 16, 2, 6, 5);
    private static final int STEPS = 200;

    @Test
    void dl4jStillGivesTheProbabilities() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            write();
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(FILE))) {
            Weights weights = Weights.fromBytes(in.readNBytes(in.readInt()));
            assertThat(weights.architecture()).isEqualTo(SHAPE);
            assertThat(in.readInt()).isEqualTo(STEPS);
            float[] inputs = new float[STEPS * SHAPE.inputs()];
            for (int k = 0; k < inputs.length; k++) {
                inputs[k] = in.readFloat();
            }
            for (double probability : probabilities(weights, inputs)) {
                assertThat(probability).isCloseTo(in.readDouble(), within(1e-5));
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static double[] probabilities(Weights weights, float[] inputs) {
        Classifier classifier = Objects.requireNonNull(weights.classifier());
        TrainingWindow window = new TrainingWindow("golden", 0, STEPS, inputs, new float[STEPS]);
        INDArray states = Nd4j.create(Network.plain(weights).states(window), new long[] {1, STEPS, SHAPE.hidden()}, 'c')
                .permute(0, 2, 1);
        MultiLayerNetwork output = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new RnnOutputLayer.Builder(new LossBinaryXENT())
                        .nIn(SHAPE.hidden())
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
        output.init();
        output.getLayer(0)
                .getParam(DefaultParamInitializer.WEIGHT_KEY)
                .assign(Nd4j.create(classifier.weights(), new long[] {SHAPE.hidden(), 1}, 'c'));
        output.getLayer(0).getParam(DefaultParamInitializer.BIAS_KEY).assign(classifier.bias());
        return output.output(states).dup('c').data().asDouble();
    }

    private static void write() throws IOException {
        Random random = new Random(5);
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < SHAPE.layers(); layer++) {
            kernels.add(rows(SHAPE.inputsOf(layer), 4 * SHAPE.hidden(), random));
            recurrents.add(rows(SHAPE.hidden(), 4 * SHAPE.hidden(), random));
            biases.add(rows(1, 4 * SHAPE.hidden(), random)[0]);
        }
        float[][] head = rows(SHAPE.hidden(), SHAPE.outputs(), random);
        Weights weights = Weights.of(SHAPE, kernels, recurrents, biases, head, rows(1, SHAPE.outputs(), random)[0])
                .withClassifier(new Classifier(rows(1, SHAPE.hidden(), random)[0], -1, 1_700_000_000_000L));
        float[] inputs = rows(1, STEPS * SHAPE.inputs(), random)[0];
        byte[] bytes = weights.toBytes();
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(FILE))) {
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeInt(STEPS);
            for (float x : inputs) {
                out.writeFloat(x);
            }
            for (double probability : probabilities(weights, inputs)) {
                out.writeDouble(probability);
            }
        }
    }

    /** Uniform in [-2, 2): all gates work in their curved range. */
    private static float[][] rows(int count, int width, Random random) {
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = 4 * random.nextFloat() - 2;
            }
        }
        return rows;
    }
}
