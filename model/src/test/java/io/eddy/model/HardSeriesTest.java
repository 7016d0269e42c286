package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values at the edge of what a reading may hold: whatever they are, what is said of them keeps its rules. */
class HardSeriesTest {
    private static final int HORIZON = 13;
    private static final int STEPS = 300;
    private static final double LARGEST = 1e30;

    private enum Kind {
        JUMPS,
        HUGE,
        DENORMAL,
        GROWING,
        ANY_SIZE,
        MOSTLY_MISSING;

        double next(SplittableRandom random, double last) {
            return switch (this) {
                case JUMPS -> last + (random.nextInt(12) == 0 ? 1e12 : 0);
                case HUGE -> random.nextBoolean() ? LARGEST : -LARGEST;
                case DENORMAL -> random.nextInt(5) * Double.MIN_VALUE;
                case GROWING -> Math.min(LARGEST, 1.5 * last + 1e-3);
                case ANY_SIZE -> Math.pow(10, random.nextDouble(-30, 30)) * (random.nextBoolean() ? 1 : -1);
                case MOSTLY_MISSING -> random.nextInt(4) > 0 ? Double.NaN : random.nextDouble();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSaidKeepsItsRules(Kind kind) {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 0, 60_000, 1e-3, 20, 3));
        WeightsVersion weights = new WeightsVersion(1, TestingWeights.random(1, Forecaster.inputs(), 8, HORIZON));
        Answer answer = new Answer(HORIZON);
        for (int seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Memory memory = new Memory();
            double last = 0;
            for (int k = 0; k < STEPS; k++) {
                double y = kind.next(random, last);
                last = Double.isNaN(y) ? last : y;
                forecaster.step(memory, weights, 60_000L * k, y, answer);
                check(answer);
            }
        }
    }

    private static void check(Answer answer) {
        assertThat(answer.pValue).isGreaterThan(0).isLessThanOrEqualTo(1);
        assertThat(answer.anomalyScore).isNotNegative().isFinite();
        if (answer.scored) {
            assertThat(answer.yhat).isFinite().isBetween(answer.yhatLower, answer.yhatUpper);
        }
        for (int h = 1; answer.samplesSeen > 0 && h <= answer.horizon(); h++) {
            assertThat(answer.quantiles(h))
                    .isSorted()
                    .doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
    }
}
