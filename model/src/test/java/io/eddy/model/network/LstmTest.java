package io.eddy.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with DL4J's outputs over 200 steps; {@code GoldenLstmTest} of the train job wrote the files and describes them. */
class LstmTest {

    @ParameterizedTest
    @ValueSource(strings = {"lstm-2x16.bin", "lstm-1x64.bin"})
    void equalsDl4j(String file) throws IOException {
        try (DataInputStream in = new DataInputStream(open(file))) {
            Weights weights = Weights.fromBytes(in.readNBytes(in.readInt()));
            Architecture a = weights.architecture();
            int steps = in.readInt();
            int every = in.readInt();
            assertThat(steps).isEqualTo(200);
            float[] inputs = read(in, steps * a.inputs());

            float[] x = new float[a.inputs()];
            float[][] h = new float[a.layers()][a.hidden()];
            float[][] c = new float[a.layers()][a.hidden()];
            float[] z = new float[4 * a.hidden()];
            float[] out = new float[a.outputs()];
            for (int step = 0; step < steps; step++) {
                System.arraycopy(inputs, step * x.length, x, 0, x.length);
                weights.step(x, h, c, z);
                weights.head(h, c, out);
                if ((step + 1) % every == 0) {
                    assertThat(out).as("step %d", step).containsExactly(read(in, out.length), within(1e-5f));
                }
            }
            assertThat(in.read()).as("end of file").isEqualTo(-1);
        }
    }

    /** {@code GoldenClassifierTest} of the train job wrote the file. */
    @Test
    void theClassifierEqualsDl4jsOutputLayer() throws IOException {
        try (DataInputStream in = new DataInputStream(open("classifier-2x16.bin"))) {
            byte[] bytes = in.readNBytes(in.readInt());
            Weights weights = Weights.fromBytes(bytes);
            assertThat(weights.toBytes()).isEqualTo(bytes);
            Classifier classifier = Objects.requireNonNull(weights.classifier());
            assertThat(classifier.fittedToMillis()).isEqualTo(1_700_000_000_000L);
            Architecture a = weights.architecture();
            int steps = in.readInt();
            assertThat(steps).isEqualTo(200);
            float[] inputs = read(in, steps * a.inputs());
            float[] x = new float[a.inputs()];
            float[][] h = new float[a.layers()][a.hidden()];
            float[][] c = new float[a.layers()][a.hidden()];
            float[] z = new float[4 * a.hidden()];
            for (int step = 0; step < steps; step++) {
                System.arraycopy(inputs, step * x.length, x, 0, x.length);
                weights.step(x, h, c, z);
                assertThat(classifier.probability(h)).as("step %d", step).isCloseTo(in.readDouble(), within(1e-5));
            }
            assertThat(in.read()).as("end of file").isEqualTo(-1);
        }
    }

    /** State passes from step to step through h and c alone: nothing stays behind in the weights. */
    @Test
    void sameInputsGiveTheSameBits() throws IOException {
        try (DataInputStream in = new DataInputStream(open("lstm-2x16.bin"))) {
            Weights weights = Weights.fromBytes(in.readNBytes(in.readInt()));
            assertThat(lastState(weights)).isEqualTo(lastState(weights));
        }
    }

    private static float[] lastState(Weights weights) {
        Architecture a = weights.architecture();
        float[] x = new float[a.inputs()];
        float[][] h = new float[a.layers()][a.hidden()];
        float[][] c = new float[a.layers()][a.hidden()];
        for (int step = 0; step < 10; step++) {
            x[step % x.length] = step;
            weights.step(x, h, c, new float[4 * a.hidden()]);
        }
        return h[a.layers() - 1];
    }

    static InputStream open(String file) {
        return Objects.requireNonNull(LstmTest.class.getResourceAsStream("/golden/" + file), file);
    }

    private static float[] read(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = in.readFloat();
        }
        return values;
    }
}
