package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Architecture.Kind;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every kind of network runs step by step as DL4J runs it over the whole sequence, and learns. */
class ArchitecturesTest {
    private static final int STEPS = 200;
    private static final int HORIZON = 6;
    private static final int GRID = 9;

    @ParameterizedTest
    @CsvSource({
        "LSTM, 1, 1",
        "LSTM, 4, 1",
        "CNN_LSTM, 1, 4",
        "CNN_LSTM, 2, 9",
        "ENCODER_DECODER, 1, 1",
        "ENCODER_DECODER, 2, 1",
        "BIDIRECTIONAL, 1, 24",
        "MLP, 1, 24"
    })
    void stepByStepEqualsDl4j(Kind kind, int layers, int span) {
        Weights weights = random(new Architecture(7, 16, layers, HORIZON, Quantiles.COUNT, kind, span), 1);
        TrainingWindow window = window(new Random(2), 7, STEPS);
        float[] expected = Network.plain(weights).outputs(window);
        float[] found = outputs(weights, window);
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).as("number %s", k).isCloseTo(expected[k], within(1e-5f));
        }
        assertThat(outputs(Weights.fromBytes(weights.toBytes()), window)).isEqualTo(found);
    }

    /** Where the head is sure of one value all paths are one, and what is fed back can be followed with DL4J. */
    @Test
    void theFedBackPathEqualsDl4j() {
        Weights drawn = random(new Architecture(7, 16, 2, HORIZON, Quantiles.COUNT, Kind.GENERATIVE, 20), 1);
        List<float[][]> tensors = drawn.tensors();
        for (float[][] rows : tensors.subList(tensors.size() - 2, tensors.size())) {
            for (float[] row : rows) {
                Arrays.fill(row, row[0]);
            }
        }
        Weights weights = Weights.of(drawn.architecture(), tensors);
        float[] path = new float[STEPS * HORIZON];
        TrainingWindow window = new TrainingWindow(
                "s", 0, STEPS, window(new Random(2), 7, STEPS).inputs(), path);
        Network dl4j = Network.plain(weights);
        for (int step = 0; step < HORIZON; step++) {
            float[] given = dl4j.outputs(window);
            for (int t = 0; t < STEPS; t++) {
                path[t * HORIZON + step] = given[(t * HORIZON + step) * GRID];
            }
        }
        float[] found = outputs(weights, window);
        for (int k = 0; k < found.length; k++) {
            assertThat(found[k]).as("number %s", k).isCloseTo(path[k / Quantiles.COUNT], within(1e-5f));
        }
    }

    /** The best possible forecast has 57 % of the base's error on average over three steps ahead. The same seed gives the same weights. */
    @ParameterizedTest
    @CsvSource({
        "CNN_LSTM, 1, 4",
        "ENCODER_DECODER, 1, 1",
        "BIDIRECTIONAL, 1, 8",
        "MLP, 1, 8",
        "GENERATIVE, 1, 64",
        "LSTM, 2, 1"
    })
    void learnsWhatTheBaseDoesNotKnow(Kind kind, int layers, int span) {
        Architecture a = new Architecture(Windows.INPUTS, 16, layers, Windows.HORIZON, Quantiles.COUNT, kind, span);
        Trainer trainer = new Trainer(a, new Trainer.Options(100, 16, 0.02, 7, kind == Kind.LSTM ? 0.2 : 0));
        List<TrainingWindow> windows = Windows.autoregressive(240, 11);
        Reservoir.Split split = new Reservoir.Split(windows.subList(0, 180), windows.subList(180, 240));
        Round round = new Rounds(trainer, new Acceptance(a, 0.002)).run(null, null, 1, split);
        assertThat(round.published()).as(round.reason()).isTrue();
        Judgement candidate = Objects.requireNonNull(round.candidate());
        assertThat(candidate.medianLoss()).isLessThan(0.75 * round.base().medianLoss());
        assertThat(candidate.coverage()).isBetween(0.85, 0.99);
        Weights again = Objects.requireNonNull(trainer.fit(null, 1, split, 1).weights());
        assertThat(again.toBytes())
                .isEqualTo(Objects.requireNonNull(round.weights()).toBytes());
    }

    /** What is unrolled is linear, so its gradient is its transpose. */
    @Test
    void theGradientOfUnrollingIsItsTranspose() {
        Unroll unroll = new Unroll(7, 4);
        int[] origins = {1, 4};
        float[] feed = new float[2 * 3 * 2 * 4];
        unroll.next(origins, feed);
        INDArray x = Nd4j.rand(DataType.FLOAT, 3L, 5L, 6L);
        INDArray y = unroll.preProcess(x, 3, LayerWorkspaceMgr.noWorkspaces());
        assertThat(y.shape()).containsExactly(6, 7, 4);
        INDArray g = Nd4j.rand(DataType.FLOAT, 6L, 7L, 4L);
        INDArray back = unroll.backprop(g, 3, LayerWorkspaceMgr.noWorkspaces());
        assertThat(back.shape()).isEqualTo(x.shape());
        double forwards = g.mul(y).sumNumber().doubleValue(); // what is fed is 0 here
        assertThat(back.mul(x).sumNumber().doubleValue()).isCloseTo(forwards, within(1e-3));
    }

    @Test
    void soIsThatOfTheEnds() {
        Ends ends = new Ends(5, 6);
        INDArray x = Nd4j.rand(DataType.FLOAT, 3L, 10L, 6L);
        INDArray y = ends.preProcess(x, 3, LayerWorkspaceMgr.noWorkspaces());
        assertThat(y.getFloat(1, 2)).isEqualTo(x.getFloat(1, 2, 5));
        assertThat(y.getFloat(1, 7)).isEqualTo(x.getFloat(1, 7, 0));
        INDArray g = Nd4j.rand(DataType.FLOAT, 3L, 10L);
        INDArray back = ends.backprop(g, 3, LayerWorkspaceMgr.noWorkspaces());
        double forwards = g.mul(y).sumNumber().doubleValue();
        assertThat(back.mul(x).sumNumber().doubleValue()).isCloseTo(forwards, within(1e-3));
    }

    private static float[] outputs(Weights weights, TrainingWindow window) {
        Architecture a = weights.architecture();
        float[] x = new float[a.inputs()];
        float[][] h = new float[a.stateRows()][a.hidden()];
        float[][] c = new float[a.stateRows()][a.hidden()];
        float[] z = new float[4 * a.hidden()];
        float[] out = new float[a.outputs()];
        float[] all = new float[window.steps() * out.length];
        for (int t = 0; t < window.steps(); t++) {
            System.arraycopy(window.inputs(), t * x.length, x, 0, x.length);
            weights.step(x, h, c, z);
            weights.head(h, c, out);
            System.arraycopy(out, 0, all, t * out.length, out.length);
        }
        return all;
    }

    private static TrainingWindow window(Random random, int inputs, int steps) {
        return new TrainingWindow("s", 0, steps, row(steps * inputs, 2, random), row(steps * HORIZON, 1, random));
    }

    /** Large enough that all gates work in their curved range. */
    private static Weights random(Architecture a, long seed) {
        Random random = new Random(seed);
        List<float[][]> tensors = new ArrayList<>();
        for (float[][] zeros : Network.random(a, 0.001, seed).weights().tensors()) {
            float bound = zeros.length == 1 ? 1 : (float) (2 / Math.sqrt(zeros.length));
            tensors.add(Arrays.stream(zeros)
                    .map(row -> row(row.length, bound, random))
                    .toArray(float[][]::new));
        }
        return Weights.of(a, tensors);
    }

    /** Uniform in [-bound, bound). */
    private static float[] row(int width, float bound, Random random) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
            row[j] = bound * (2 * random.nextFloat() - 1);
        }
        return row;
    }
}
