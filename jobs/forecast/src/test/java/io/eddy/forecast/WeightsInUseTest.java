package io.eddy.forecast;

import static io.eddy.forecast.TestingWeights.HORIZON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which weights a running job takes, and what becomes of the series when it does. */
class WeightsInUseTest {
    @Test
    void newWeightsAreUsedFromTheNextStepOn() throws Exception {
        try (ForecastHarness job = ForecastHarness.fresh()) {
            assertThat(job.run("a", 0, 1).get(0).getModelVersion()).isZero();
            job.weights(TestingWeights.champion(1));
            assertThat(job.run("a", 1, 2).get(0).getModelVersion()).isEqualTo(1);
            job.weights(TestingWeights.champion(7));
            assertThat(job.run("a", 2, 3).get(0).getModelVersion()).isEqualTo(7);
        }
    }

    static Stream<Weights> passedOver() {
        Weights foreign = TestingWeights.champion(9);
        foreign.setModelId("another");
        return Stream.of(
                TestingWeights.champion(4), // older
                TestingWeights.champion(5), // the same again
                TestingWeights.withStatus(9, WeightsStatus.rejected),
                TestingWeights.withStatus(9, WeightsStatus.rolled_back),
                foreign);
    }

    static Stream<Weights> misfits() {
        Architecture fit = TestingWeights.fitting();
        byte[] good = TestingWeights.network(9, fit).toBytes();
        byte[] notFinite = good.clone();
        Arrays.fill(notFinite, notFinite.length - Float.BYTES, notFinite.length, (byte) 0xff);
        return Stream.of(
                TestingWeights.withShape(9, new Architecture(fit.inputs() + 1, 8, 1, HORIZON, Quantiles.COUNT)),
                TestingWeights.withShape(9, new Architecture(fit.inputs(), 8, 1, HORIZON, Quantiles.COUNT - 1)),
                TestingWeights.withTensors(9, new byte[0]),
                TestingWeights.withTensors(9, "no weights at all, but a text".getBytes(UTF_8)),
                TestingWeights.withTensors(9, Arrays.copyOf(good, good.length - 1)),
                TestingWeights.withTensors(9, Arrays.copyOf(good, good.length + 1)),
                TestingWeights.withTensors(9, notFinite));
    }

    @ParameterizedTest
    @MethodSource({"passedOver", "misfits"})
    void otherWeightsChangeNothing(Weights weights) throws Exception {
        try (ForecastHarness undisturbed = ForecastHarness.fresh();
                ForecastHarness job = ForecastHarness.fresh()) {
            undisturbed.weights(TestingWeights.champion(5));
            job.weights(TestingWeights.champion(5));
            job.run("a", 0, 15);
            job.weights(weights);
            job.run("a", 15, 30);

            undisturbed.run("a", 0, 30);
            assertThat(job.step("a", 30, 100))
                    .returns(5L, Score::getModelVersion)
                    .isEqualTo(undisturbed.step("a", 30, 100));
        }
    }

    @Test
    void weightsOfAnotherHiddenSizeStartTheHiddenStateAnew() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 30);
            job.weights(TestingWeights.withShape(
                    2, new Architecture(Forecaster.inputs(), 16, 1, HORIZON + 2, Quantiles.COUNT)));

            assertThat(job.step("a", 30, 100))
                    .returns(2L, Score::getModelVersion)
                    .returns(2L, Score::getMemoryVersion)
                    .returns(31L, Score::getNSamplesSeen);
            assertThat(job.forecasts().get(30).getSteps()).hasSize(HORIZON);
        }
    }

    @Test
    void weightsInStateLeaveWhatIsBeyondTheirHorizonToTheExperts() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 10);

            try (ForecastHarness longer = ForecastHarness.restored(job.snapshot(), HORIZON + 1)) {
                assertThat(longer.step("a", 10, 100)).returns(1L, Score::getModelVersion);
                assertThat(longer.forecasts())
                        .singleElement()
                        .satisfies(f -> assertThat(f.getSteps()).hasSize(HORIZON + 1));
            }
        }
    }
}
