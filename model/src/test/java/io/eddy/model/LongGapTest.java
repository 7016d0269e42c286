package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that never came: an outage of hours or weeks, after which the series goes on as if it had been there. */
class LongGapTest {
    private static final int HORIZON = 24;
    private static final int LONG_AGO = 21;
    private static final double HEIGHT = 30;
    private static final long HOUR = 3_600_000;

    private final Answer answer = new Answer(HORIZON);
    private final Random random = new Random(1);
    /** A network that adds nothing. */
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, HORIZON, 0));

    private static double wave(long step, int day) {
        return 100 + HEIGHT * Math.sin(2 * Math.PI * step / day);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 0, 10",
        "60, 0, 49",
        "60, 0, 59",
        "60, 0, 129",
        "60, 0, 499",
        "60, 24, 59",
        "60, 24, 499",
        "5, 0, 60",
        "5, 0, 130",
        "5, 0, 1000000000"
    })
    void nothingIsExpectedOfTheStepAfterItAndThenTheSeasonGoesOnWhereItIs(int minutes, int season, int missing) {
        int day = 24 * 60 / minutes;
        long stepMillis = 60_000L * minutes;
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, season, stepMillis, 1e-4, 48, 6));
        Memory memory = new Memory();
        long step = 0;
        for (; step < LONG_AGO * Math.min(day, 100); step++) {
            forecaster.step(memory, weights, step * stepMillis, wave(step, day) + random.nextGaussian(), answer);
        }
        step += missing;
        for (int k = 0; k < HORIZON; k++, step++) {
            forecaster.step(memory, weights, step * stepMillis, wave(step, day) + random.nextGaussian(), answer);
            assertThat(answer.scored).as("judged").isEqualTo(k > 0);
            if (k > 0) {
                assertThat(answer.y).as("step %s after it", k).isBetween(answer.yhatLower, answer.yhatUpper);
            }
            double error = 0;
            for (int h = 1; h <= HORIZON; h++) {
                error += Math.abs(answer.quantile(h, Quantiles.MEDIAN) - wave(step + h, day)) / HORIZON;
            }
            assertThat(error).as("step %s after it", k).isLessThan(HEIGHT / 10);
        }
    }

    @ParameterizedTest
    @CsvSource({"12, false", "30, false", "100, false", "30, true"})
    void aSmoothSeriesThatGoesOnHasNotJumped(int missing, boolean told) {
        int day = 288;
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 0, 300_000, 1e-4, 48, 6));
        for (int series = 0; series < 12; series++) {
            Memory memory = new Memory();
            long step = series * day / 12;
            long gap = step + 3 * day;
            for (; step < gap; step++) {
                forecaster.step(memory, weights, step * 300_000, wave(step, day) + random.nextGaussian(), answer);
            }
            for (; step < gap + missing; step++) {
                if (told) {
                    forecaster.step(memory, weights, step * 300_000, Double.NaN, answer);
                }
            }
            for (int k = 0; k < 12; k++, step++) {
                forecaster.step(memory, weights, step * 300_000, wave(step, day) + random.nextGaussian(), answer);
                assertThat(answer.isAnomaly)
                        .as("series %s, step %s after it", series, k)
                        .isFalse();
            }
        }
    }

    /** Its weekends are unlike its other days: after a gap of some days it must not take the one for the other. */
    @ParameterizedTest
    @ValueSource(ints = {71, 72, 96, 120, 200})
    void aWeekGoesOnWhereItIsThoughOnlyTheDayWasGiven(int missing) {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 24, HOUR, 1e-4, 48, 6));
        Memory memory = new Memory();
        int gap = 31 * 24;
        int days = 8 * 24;
        double error = 0;
        for (int k = 0; k < gap + days; k++) {
            int step = k < gap ? k : k + missing;
            forecaster.step(memory, weights, step * HOUR, week(step, 24) + random.nextGaussian(), answer);
            for (int h = 1; k >= gap && h <= HORIZON; h++) {
                error += Math.abs(answer.quantile(h, Quantiles.MEDIAN) - week(step + h, 24)) / HORIZON / days;
            }
        }
        assertThat(error).isLessThan(HEIGHT / 5);
    }

    private static double week(long step, int day) {
        return wave(step, day) - (step / day % 7 >= 5 ? 2 * HEIGHT : 0);
    }

    @Test
    void aShadowOfTheSameWeightsErrsAsTheNetworkInUse() {
        WeightsVersion both = new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, HORIZON, 0.05));
        Forecaster.Options options = TestingOptions.of(HORIZON, 0, HOUR, 1e-4, 48, 6);
        Shadow shadow = new Shadow(options, both, 1, 0);
        StepBatch batch = new StepBatch(new Forecaster(options), HORIZON);
        Memory memory = new Memory();
        memory.follow(shadow);
        int gap = 21 * 24;
        for (int k = 0; k < gap + 48; k++) {
            double level = k < gap ? 0 : 120;
            long step = k < gap ? k : k + 7 * 24 + 3;
            batch.add(memory, step * HOUR, level + wave(step, 24) + random.nextGaussian(), true);
            batch.run(both, shadow);
        }
        assertThat(Objects.requireNonNull(memory.shadow).errors.networkLoss())
                .isCloseTo(memory.networkTrust.networkLoss(), Percentage.withPercentage(0.3));
    }
}
