package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class NetworkTrustTest {
    private static final int HORIZON = 48;
    private final double[] shares = new double[Buckets.LEADS.length];

    /** What is forecast at a step, so many ahead; of the network how far it is from the base, in the unit of the values. */
    private interface Said {
        double at(int t, int h);
    }

    /** The shares after a walk whose base forecasts the last value, and whose network is off by so many scales. */
    private double[] shares(double offset, double knowledge) {
        Random random = new Random(1);
        double[] y = new double[1000];
        for (int t = 1; t < y.length; t++) {
            y[t] = y[t - 1] + random.nextGaussian();
        }
        return shares(t -> y[t], y.length - HORIZON, (t, h) -> y[t], (t, h) -> knowledge * (y[t + h] - y[t]), offset);
    }

    private double[] shares(IntToDoubleFunction y, int steps, Said said, Said knows, double offset) {
        History history = new History();
        NetworkTrust trust = new NetworkTrust();
        double[] base = new double[HORIZON];
        float[] deviations = new float[HORIZON * Quantiles.COUNT];
        for (int t = 0; t < steps; t++) {
            history.observe(y.applyAsDouble(t), t * 60_000L);
            trust.judge(history);
            for (int h = 1; h <= HORIZON; h++) {
                base[h - 1] = said.at(t, h);
                double deviation = knows.at(t, h) / history.scale() + offset;
                deviations[(h - 1) * Quantiles.COUNT + Quantiles.MEDIAN] = (float) deviation;
            }
            trust.remember(history, HORIZON, base, deviations);
        }
        trust.shares(history, shares);
        return shares;
    }

    @Test
    void aNetworkHasAShareInEveryBucketWhereItKnowsMoreAndNoneElsewhere() {
        assertThat(shares(0, 0.8)).matches(all -> Arrays.stream(all).allMatch(share -> share > 0.9));
        assertThat(shares(20, 0)).containsOnly(0);
        assertThat(shares(0, 0)).containsOnly(0);
        assertThat(shares(0.3, 0)).containsOnly(0);
    }

    @Test
    void aNetworkThatKnowsMoreHasAShareWhateverBecomesOfTheScale() {
        assertThat(shares(LeadsTest::wave, 2000, (t, h) -> LeadsTest.wave(t + h) + 1, (t, h) -> -1, 0))
                .matches(all -> Arrays.stream(all).allMatch(share -> share > 0.9));
    }

    @Test
    void aNetworkThatWasNotJudgedOrIsLuckyOnceHasNoShare() {
        History history = new History();
        NetworkTrust trust = new NetworkTrust();
        double[] base = new double[HORIZON];
        float[] deviations = new float[HORIZON * Quantiles.COUNT];
        for (int t = 0; t < 500; t++) {
            history.observe(t % 7, t * 60_000L);
            trust.judge(history);
            trust.shares(history, shares);
            assertThat(shares).containsOnly(0);
        }
        // Weights come late, and their first forecast is right where the base is far off.
        Arrays.fill(base, 500 % 7 + 5 * history.scale());
        deviations[Quantiles.MEDIAN] = (float) ((500 % 7 - base[0]) / history.scale());
        trust.remember(history, HORIZON, base, deviations);
        history.observe(500 % 7, 500 * 60_000L);
        trust.judge(history);
        trust.shares(history, shares);
        assertThat(shares).containsOnly(0);
    }

    @Test
    void aShorterForecastIsJudgedWhereItReaches() {
        History history = new History();
        NetworkTrust trust = new NetworkTrust();
        double[] base = new double[6];
        float[] deviations = new float[6 * Quantiles.COUNT];
        Arrays.fill(deviations, 30);
        for (int t = 0; t < 200; t++) {
            history.observe(t % 7, t * 60_000L);
            trust.judge(history);
            Arrays.fill(base, t % 7);
            trust.remember(history, 6, base, deviations);
        }
        trust.shares(history, shares);
        assertThat(shares).containsOnly(0);
    }

    /** On a ramp the last value is always one step behind, which the network knows. */
    @Test
    void anEarnedShareMovesTheForecastAndIsTold() {
        Architecture shape = new Architecture(Forecaster.inputs(), 4, 1, 2, Quantiles.COUNT);
        List<float[][]> tensors = TestingWeights.zeros(shape);
        Arrays.fill(tensors.get(tensors.size() - 1)[0], 1);
        WeightsVersion ahead = new WeightsVersion(1, Weights.of(shape, tensors));
        Forecaster forecaster = new Forecaster(TestingOptions.of(2, 0, 1000, 1e-4, 20, 3, "last"));
        Memory memory = new Memory();
        Answer answer = new Answer(2);
        for (int t = 0; t < 300; t++) {
            forecaster.step(memory, ahead, 1000L * t, t, answer);
        }
        assertThat(answer.mixed).containsExactly("last", "network");
        assertThat(answer.weights[1]).isGreaterThan(0.9);
        assertThat(answer.weights[0] + answer.weights[1]).isCloseTo(1, within(1e-9));
        assertThat(answer.quantile(1, Quantiles.MEDIAN)).isCloseTo(300, within(0.3));
    }
}
