package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final Architecture SMALL = new Architecture(Windows.INPUTS, 16, 2, Windows.HORIZON, Quantiles.COUNT);
    private final List<TrainingWindow> windows = Windows.autoregressive(16, 5);

    @Test
    void forecastsTheBaseUntilItHasLearnt() {
        assertThat(Network.random(SMALL, 0.01, 1).outputs(windows.get(0))).containsOnly(0f);
    }

    @Test
    void weightsGoInAndComeOutUnchanged() {
        Weights weights = fitted(3).weights();
        assertThat(Network.of(weights, 0.01).weights().toBytes()).isEqualTo(weights.toBytes());
    }

    @Test
    void lossIsTheMeanOverTargetsAndLevels() {
        // A network that forecasts 0 has the base's loss, whatever the size of the batch.
        Network network = Network.random(SMALL, 1e-6, 1);
        assertThat(network.fit(windows)).isEqualTo(meanOfZeroForecast(windows), within(1e-4));
        assertThat(network.fit(windows.subList(0, 3)))
                .isEqualTo(meanOfZeroForecast(windows.subList(0, 3)), within(1e-4));
    }

    private static double meanOfZeroForecast(List<TrainingWindow> windows) {
        double sum = 0;
        long count = 0;
        for (TrainingWindow window : windows) {
            for (float y : window.targets()) {
                for (double level : Quantiles.levels()) {
                    sum += PinballLoss.of(level, y, 0);
                    count++;
                }
            }
        }
        return sum / count;
    }

    /** The head, its loss and the updater with ours; 16 windows fit vectors, 5 do not. */
    @ParameterizedTest
    @ValueSource(ints = {5, 16})
    void learnsAsWithDl4jsOwnLayers(int count) {
        List<TrainingWindow> batch = windows.subList(0, count);
        Network dl4j = Network.plain(SMALL, 0.01, 3);
        Network eddy = Network.random(SMALL, 0.01, 3);
        for (int k = 0; k < 10; k++) {
            assertThat(eddy.fit(batch)).isEqualTo(dl4j.fit(batch), within(1e-5));
        }
        float[] expected = dl4j.outputs(batch.get(0));
        float[] found = eddy.outputs(batch.get(0));
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).isEqualTo(expected[k], within(1e-3f));
        }
    }

    @Test
    void sameSeedAndWindowsGiveTheSameBytes() {
        assertThat(fitted(3).weights().toBytes()).isEqualTo(fitted(3).weights().toBytes());
        assertThat(fitted(3).weights().toBytes())
                .isNotEqualTo(fitted(4).weights().toBytes());
    }

    private Network fitted(long seed) {
        Network network = Network.random(SMALL, 0.01, seed);
        for (int batch = 0; batch < 5; batch++) {
            network.fit(windows);
        }
        return network;
    }

    @Test
    void refusesWindowsOfAnotherShape() {
        Network network = Network.random(new Architecture(3, 8, 1, Windows.HORIZON, Quantiles.COUNT), 0.01, 1);
        assertThatThrownBy(() -> network.fit(windows)).hasMessage("inputs: expected 3, found 2");
        assertThatThrownBy(() -> Network.random(new Architecture(3, 8, 1, 1, 3), 0.01, 1))
                .hasMessage("quantiles: expected 5, found 3");
    }
}
