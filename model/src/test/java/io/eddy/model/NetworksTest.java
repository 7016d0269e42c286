package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.Architecture.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of network as a forecaster uses them; {@code ArchitecturesTest} compares their arithmetic with DL4J's. */
class NetworksTest {
    private static final int HORIZON = 6;
    private static final int STEPS = 40;

    @ParameterizedTest
    @CsvSource({
        "CNN_LSTM, 2, 5, 5",
        "ENCODER_DECODER, 1, 1, 1",
        "GENERATIVE, 1, 20, 1",
        "BIDIRECTIONAL, 1, 24, 4",
        "MLP, 1, 9, 2"
    })
    void aSeriesGoesOnAfterItsMemoryWasWritten(Kind kind, int layers, int span, int rows) throws IOException {
        Architecture shape = shape(kind, layers, span);
        assertThat(shape.stateRows()).isEqualTo(rows);
        WeightsVersion version = new WeightsVersion(1, random(shape));
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 0, 0, 1e-4, 20, 3));
        StepBatch batch = new StepBatch(new Forecaster(TestingOptions.of(HORIZON, 0, 0, 1e-4, 20, 3)), HORIZON);
        Memory memory = new Memory();
        Memory other = new Memory();
        Answer answer = new Answer(HORIZON);
        for (int k = 0; k < STEPS; k++) {
            double y = Math.sin(k * 0.7) + 0.01 * k;
            forecaster.step(memory, version, 1000L * k, y, 1, k % 3 > 0, null, answer);
            batch.add(other, 1000L * k, y, k % 3 > 0);
            batch.run(version);
            assertThat(batch.answer(0).quantiles(1)).isEqualTo(answer.quantiles(1));
            if (k % 3 > 0) {
                assertThat(batch.answer(0).forecast).isEqualTo(answer.forecast);
            }
            assertThat(bytes(other)).isEqualTo(bytes(memory));
            memory = Memory.read(new DataInputStream(new ByteArrayInputStream(bytes(memory))));
        }
        assertThat(Arrays.stream(answer.forecast)).allMatch(Double::isFinite);
    }

    @Test
    void aStepOfTheHorizonIsTheSameHoweverManyAreWanted() {
        for (Kind kind : List.of(Kind.ENCODER_DECODER, Kind.GENERATIVE)) {
            Weights weights = random(shape(kind, 1, kind == Kind.GENERATIVE ? 30 : 1));
            float[][] h = {row(new SplittableRandom(4), 8)};
            float[][] c = new float[1][8];
            float[] all = new float[HORIZON * Quantiles.COUNT];
            float[] first = new float[Quantiles.COUNT];
            weights.head(h, c, all);
            weights.head(h, c, first);
            assertThat(first).isEqualTo(Arrays.copyOf(all, Quantiles.COUNT));
        }
    }

    /** A head that always says the same grid: whatever was fed back, the quantiles over the paths are those of the grid. */
    @Test
    void thePathsAreDistributedAsTheHeadSays() {
        float[] out = new float[HORIZON * Quantiles.COUNT];
        alwaysTheSameGrid().head(new float[1][8], new float[1][8], out);
        for (int step = 0; step < HORIZON; step++) {
            int at = step * Quantiles.COUNT;
            assertThat(out[at + Quantiles.LOWER_95]).isCloseTo(-6.5f, within(0.2f)); // between -8 and -4
            assertThat(out[at + Quantiles.LOWER_80]).isCloseTo(-3, within(0.1f));
            assertThat(out[at + Quantiles.MEDIAN]).isCloseTo(0, within(0.05f));
            assertThat(out[at + Quantiles.UPPER_80]).isCloseTo(4, within(0.1f));
            assertThat(out[at + Quantiles.UPPER_95])
                    .isCloseTo(7.5f, within(0.2f)); // half of the way from 5 to 9, and a little
        }
    }

    private static Weights alwaysTheSameGrid() {
        Architecture shape = shape(Kind.GENERATIVE, 1, 1000);
        List<float[][]> tensors = new ArrayList<>(random(shape).tensors());
        tensors.set(tensors.size() - 2, new float[shape.hidden()][Feed.GRID.length]);
        tensors.set(tensors.size() - 1, new float[][] {{-8, -4, -3, -1, 0, 2, 4, 5, 9}});
        return Weights.of(shape, tensors);
    }

    /** Its steps do not depend on each other, so each adds its tenth of those that have not reached the level yet. */
    @Test
    void thePathsSayHowLikelyALevelIsReachedAtAnyStep() {
        float[][] paths = alwaysTheSameGrid().paths(new float[1][8], HORIZON);
        assertThat(paths).hasDimensions(HORIZON, 1000);
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        Arrays.setAll(forecast, place -> place % Quantiles.COUNT - 2);
        double likeliest = Threshold.of("above 1").probability(forecast, null);
        double any = Threshold.of("above 1").probability(forecast, paths);
        assertThat(likeliest).isCloseTo(0.1, within(1e-12));
        assertThat(any).isCloseTo(1 - Math.pow(0.9, HORIZON), within(0.03));
    }

    @Test
    void onlyAGenerativeNetworkHasPathsAndTheyAreThoseOfItsForecast() {
        assertThat(random(shape(Kind.LSTM, 1, 1)).paths(new float[1][8], 2)).isNull();
        Weights weights = random(shape(Kind.GENERATIVE, 1, 21));
        float[][] h = {row(new SplittableRandom(4), 8)};
        float[] out = new float[HORIZON * Quantiles.COUNT];
        weights.head(h, new float[1][8], out);
        float[][] paths = Objects.requireNonNull(weights.paths(h, HORIZON));
        for (int step = 0; step < HORIZON; step++) {
            float[] sorted = paths[step].clone();
            Arrays.sort(sorted);
            assertThat(out[step * Quantiles.COUNT + Quantiles.MEDIAN]).isEqualTo(sorted[10]);
        }
    }

    @Test
    void tailsFallExponentiallyAndStayWithinBounds() {
        float[] grid = {-8, -4, -3, -1, 0, 2, 4, 5, 9};
        assertThat(Generative.sample(grid, 0.01)).isEqualTo(-8);
        double perDecade = 4 / Math.log(5);
        assertThat(Generative.sample(grid, 0.002)).isCloseTo((float) (-8 - perDecade * Math.log(5)), within(1e-4f));
        assertThat(Generative.sample(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 40}, 0.9999))
                .isEqualTo(50);
        assertThat(Generative.sample(new float[] {9, 5, 4, 2, 0, -1, -3, -4, -8}, 0.5))
                .isZero(); // crossed
    }

    @Test
    void anArchitectureSaysWhatIsWrong() {
        assertThatThrownBy(() -> shape(Kind.BIDIRECTIONAL, 2, 24))
                .hasMessage("layers: expected a whole number from 1 to 1, found 2");
        assertThatThrownBy(() -> shape(Kind.CNN_LSTM, 1, 1))
                .hasMessage("span: expected a whole number from 2 to 64, found 1");
        byte[] bytes = random(shape(Kind.MLP, 1, 4)).toBytes();
        bytes[7] = 99;
        assertThatThrownBy(() -> Weights.fromBytes(bytes))
                .hasMessage("weights: expected a kind of network from 0 to 5, found 99");
    }

    @Test
    void fewerStepsAheadAreTheFirstOnes() {
        for (Kind kind : List.of(Kind.LSTM, Kind.ENCODER_DECODER)) {
            Weights weights = random(shape(kind, 1, 1));
            float[][] h = {row(new SplittableRandom(4), 8)};
            float[] all = new float[HORIZON * Quantiles.COUNT];
            float[] some = new float[2 * Quantiles.COUNT];
            weights.head(h, new float[1][8], all);
            weights.withHorizon(2).head(h, new float[1][8], some);
            assertThat(some).isEqualTo(Arrays.copyOf(all, some.length));
        }
    }

    private static Architecture shape(Kind kind, int layers, int span) {
        return new Architecture(
                Forecaster.inputs(),
                kind == Kind.BIDIRECTIONAL || kind == Kind.MLP ? 32 : 8,
                layers,
                HORIZON,
                5,
                kind,
                span);
    }

    private static byte[] bytes(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Weights random(Architecture shape) {
        SplittableRandom random = new SplittableRandom(1);
        List<float[][]> tensors = new ArrayList<>();
        for (Architecture.Shape one : shape.shapes()) {
            float[][] rows = new float[one.rows()][];
            Arrays.setAll(rows, k -> row(random, one.columns()));
            tensors.add(rows);
        }
        return Weights.of(shape, tensors);
    }

    private static float[] row(SplittableRandom random, int width) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
            row[j] = (float) (random.nextDouble() - 0.5);
        }
        return row;
    }
}
