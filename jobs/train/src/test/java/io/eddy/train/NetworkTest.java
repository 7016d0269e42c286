package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.Architecture;
import io.eddy.model.Quantiles;
import io.eddy.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Architecture SMALL = new Architecture(Windows.INPUTS, 8, 2, Windows.HORIZON, Quantiles.COUNT);
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
