package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that Keras wrote ({@code make.py} beside them says how), and what Keras forecasts with them. */
class KerasModelTest {
    private static final Path FOLDER = Path.of("src/test/resources/keras");

    @ParameterizedTest
    @CsvSource({"lstm, 1", "stacked, 2"})
    void forecastsAsKerasAndAsDl4jDo(String name, int layers) throws IOException {
        KerasModel model = KerasModel.read(FOLDER.resolve(name + ".h5"));
        assertThat(model.weights().architecture()).isEqualTo(new Architecture(10, 8, layers, 3, 5));
        assertThat(model.largestDifference()).isLessThan(KerasModel.TOLERANCE);
        float[] found = outputsOfSines(model.weights());
        List<String> expected = Files.readAllLines(FOLDER.resolve(name + ".txt"));
        assertThat(expected).hasSameSizeAs(found);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).as("output %s", k).isCloseTo(Float.parseFloat(expected.get(k)), within(1e-5f));
        }
    }

    private static float[] outputsOfSines(Weights weights) {
        Architecture a = weights.architecture();
        float[] x = new float[a.inputs()];
        float[][] h = new float[a.stateRows()][a.hidden()];
        float[][] c = new float[a.stateRows()][a.hidden()];
        for (int t = 0; t < 200; t++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.sin((t + 1) * (i + 1) / 10.0);
            }
            weights.step(x, h, c, new float[4 * a.hidden()]);
        }
        float[] out = new float[a.outputs()];
        weights.head(h, c, out);
        return out;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hard-sigmoid | recurrent_activation: expected sigmoid, found hardsigmoid",
                "gru | GRU",
                "units | Dense units: expected horizon x 5",
                "lstm-keras3 | Keras major version"
            })
    void refusesWhatItDoesNotExecute(String name, String why) {
        assertThatThrownBy(() -> KerasModel.read(FOLDER.resolve(name + ".h5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(why);
    }

    @Test
    void refusesFilesThatAreNoModels(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.h5");
        assertThatThrownBy(() -> KerasModel.read(missing)).hasMessageContaining("expected a readable file");
        Path zip = Files.writeString(folder.resolve("model.keras"), "PK..");
        assertThatThrownBy(() -> KerasModel.read(zip)).hasMessageContaining("found a zip file");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 5000, 15000})
    void refusesAFileThatIsCutShort(int bytes, @TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(FOLDER.resolve("lstm.h5"));
        Path part = Files.write(folder.resolve("part.h5"), java.util.Arrays.copyOf(whole, bytes));
        assertThatThrownBy(() -> KerasModel.read(part)).isInstanceOf(IllegalArgumentException.class);
    }
}
