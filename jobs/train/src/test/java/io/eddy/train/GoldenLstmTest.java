package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * DL4J's outputs for random weights and inputs, kept as files that the tests of {@code model} read: weights (length, bytes), steps,
 * every (the stride of the outputs that are kept), inputs [steps][inputs], outputs [steps / every][horizon * quantiles].
 *
 * <p>{@code mvn test -Dtest=GoldenLstmTest -Dgolden.write=true} in this module writes them anew. That is needed only when DL4J changes:
 * the files are the proof that later builds read the weights of earlier ones.
 */
class GoldenLstmTest {
    private static final Path FOLDER = Path.of("../../model/src/test/resources/golden");
    private static final int STEPS = 200;
    private static final int EVERY = 10;

    @Test
    void dl4jStillGivesTheOutputsOfTwoLayers() throws IOException {
        check("lstm-2x16.bin", new Architecture(8, 16, 2, 6, 5));
    }

    @Test
    void dl4jStillGivesTheOutputsOfOneWideLayer() throws IOException {
        check("lstm-1x64.bin", new Architecture(8, 64, 1, 6, 5));
    }

    private static void check(String name, Architecture architecture) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            write(file, architecture);
        }
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            Weights weights = Weights.fromBytes(in.readNBytes(in.readInt()));
            assertThat(weights.architecture()).isEqualTo(architecture);
            int steps = in.readInt();
            int every = in.readInt();
            float[] inputs = new float[steps * architecture.inputs()];
            for (int k = 0; k < inputs.length; k++) {
                inputs[k] = in.readFloat();
            }
            float[] outputs = outputs(weights, steps, inputs);
            for (int step = every - 1; step < steps; step += every) {
                for (int o = 0; o < architecture.outputs(); o++) {
                    assertThat(outputs[step * architecture.outputs() + o])
                            .as("step %d output %d", step, o)
                            .isCloseTo(in.readFloat(), within(1e-5f));
                }
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static float[] outputs(Weights weights, int steps, float[] inputs) {
        TrainingWindow window = new TrainingWindow("golden", 0, steps, inputs, new float[steps]);
        return Network.of(weights, 0.001).outputs(window);
    }

    private static void write(Path file, Architecture a) throws IOException {
        Random random = new Random(a.hidden());
        Weights weights = randomWeights(a, random);
        float[] inputs = randomRow(STEPS * a.inputs(), 2, random);
        float[] outputs = outputs(weights, STEPS, inputs);
        Files.createDirectories(FOLDER);
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            byte[] bytes = weights.toBytes();
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeInt(STEPS);
            out.writeInt(EVERY);
            for (float x : inputs) {
                out.writeFloat(x);
            }
            for (int step = EVERY - 1; step < STEPS; step += EVERY) {
                for (int o = 0; o < a.outputs(); o++) {
                    out.writeFloat(outputs[step * a.outputs() + o]);
                }
            }
        }
    }

    /** Large enough that all gates work in their curved range. */
    private static Weights randomWeights(Architecture a, Random random) {
        float bound = (float) (2 / Math.sqrt(a.hidden()));
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < a.layers(); layer++) {
            kernels.add(randomRows(a.inputsOf(layer), 4 * a.hidden(), 1, random));
            recurrents.add(randomRows(a.hidden(), 4 * a.hidden(), bound, random));
            biases.add(randomRow(4 * a.hidden(), 1, random));
        }
        float[][] head = randomRows(a.hidden(), a.outputs(), 1, random);
        return Weights.of(a, kernels, recurrents, biases, head, randomRow(a.outputs(), 1, random));
    }

    private static float[][] randomRows(int count, int width, float bound, Random random) {
        float[][] rows = new float[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = randomRow(width, bound, random);
        }
        return rows;
    }

    /** Uniform in [-bound, bound). */
    private static float[] randomRow(int width, float bound, Random random) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
            row[j] = bound * (2 * random.nextFloat() - 1);
        }
        return row;
    }
}
