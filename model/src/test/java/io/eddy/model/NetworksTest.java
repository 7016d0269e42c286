package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Architecture.Kind;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of network as a forecaster uses them. */
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
        WeightsVersion version = new WeightsVersion(1, TestingWeights.random(shape));
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

    /** Its steps do not depend on each other, so each adds its tenth of those that have not reached the level yet. */
    @Test
    void thePathsSayHowLikelyALevelIsReachedAtAnyStep() {
        float[][] paths =
                TestingWeights.sameGrid(shape(Kind.GENERATIVE, 1, 1000)).paths(new float[1][8], HORIZON);
        assertThat(paths).hasDimensions(HORIZON, 1000);
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        Arrays.setAll(forecast, place -> place % Quantiles.COUNT - 2);
        double likeliest = Threshold.of("above 1").probability(forecast, null);
        double any = Threshold.of("above 1").probability(forecast, paths);
        assertThat(likeliest).isCloseTo(0.1, within(1e-12));
        assertThat(any).isCloseTo(1 - Math.pow(0.9, HORIZON), within(0.03));
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
}
