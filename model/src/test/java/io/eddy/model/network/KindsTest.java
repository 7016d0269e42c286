package io.eddy.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The kinds of network; {@code ArchitecturesTest} compares their arithmetic with DL4J's. */
class KindsTest {
    private static final int HORIZON = 6;

    @Test
    void aStepOfTheHorizonIsTheSameHoweverManyAreWanted() {
        for (Kind kind : List.of(Kind.ENCODER_DECODER, Kind.GENERATIVE)) {
            Weights weights = TestingWeights.random(shape(kind, 1, kind == Kind.GENERATIVE ? 30 : 1));
            float[][] h = {TestingWeights.row(new SplittableRandom(4), 8)};
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
        TestingWeights.sameGrid(shape(Kind.GENERATIVE, 1, 1000)).head(new float[1][8], new float[1][8], out);
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

    @Test
    void onlyAGenerativeNetworkHasPathsAndTheyAreThoseOfItsForecast() {
        assertThat(TestingWeights.random(shape(Kind.LSTM, 1, 1)).paths(new float[1][8], 2))
                .isNull();
        Weights weights = TestingWeights.random(shape(Kind.GENERATIVE, 1, 21));
        float[][] h = {TestingWeights.row(new SplittableRandom(4), 8)};
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
        byte[] bytes = TestingWeights.random(shape(Kind.MLP, 1, 4)).toBytes();
        bytes[7] = 99;
        assertThatThrownBy(() -> Weights.fromBytes(bytes))
                .hasMessage("weights: expected a kind of network from 0 to 5, found 99");
    }

    @Test
    void fewerStepsAheadAreTheFirstOnes() {
        for (Kind kind : List.of(Kind.LSTM, Kind.ENCODER_DECODER)) {
            Weights weights = TestingWeights.random(shape(kind, 1, 1));
            float[][] h = {TestingWeights.row(new SplittableRandom(4), 8)};
            float[] all = new float[HORIZON * Quantiles.COUNT];
            float[] some = new float[2 * Quantiles.COUNT];
            weights.head(h, new float[1][8], all);
            weights.withHorizon(2).head(h, new float[1][8], some);
            assertThat(some).isEqualTo(Arrays.copyOf(all, some.length));
        }
    }

    private static Architecture shape(Kind kind, int layers, int span) {
        return new Architecture(
                10, kind == Kind.BIDIRECTIONAL || kind == Kind.MLP ? 32 : 8, layers, HORIZON, 5, kind, span);
    }
}
