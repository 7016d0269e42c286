package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a value beside its score, and what is learnt of it. */
class JudgeTest {
    private static final int WARM_UP = 48;
    private static final double LEVEL = 100;
    /** As far from the level as no usual value. */
    private static final double FAR = 40;

    private final Forecaster forecaster = new Forecaster(TestingOptions.of(4, 0, 1000, 1e-4, WARM_UP, 6));
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, 4, 0));
    private final Random random = new Random(3);
    private final Memory memory = new Memory();
    private final Answer answer = new Answer(4);
    private long step;

    private void take(double y, @Nullable AlarmRule rule) {
        forecaster.step(memory, weights, 1000 * step++, y, 1, true, rule, answer);
    }

    private void live(int steps) {
        for (int t = 0; t < steps; t++) {
            take(LEVEL + random.nextGaussian(), null);
        }
    }

    private double median() {
        return answer.quantile(1, Quantiles.MEDIAN);
    }

    @Test
    void onlyWhatIsOddHasADirection() {
        live(200);
        for (int t = 0; t < 200; t++) {
            live(1);
            assertThat(answer.direction)
                    .isEqualTo(answer.anomalyScore < 1 ? 0 : (int) Math.signum(answer.y - answer.yhat));
        }
        take(LEVEL, null);
        assertThat(answer.anomalyScore).isLessThan(1);
        assertThat(answer.direction).isZero();
        take(LEVEL - FAR, null);
        assertThat(answer.direction).isEqualTo(-1);
        live(100);
        take(LEVEL + FAR, null);
        assertThat(answer.direction).isEqualTo(1);
    }

    @Test
    void theRangeIsThatOfTheRateOfTheRule() {
        live(300);
        take(Double.NaN, null);
        double usual = answer.yhatUpper - answer.yhatLower;
        take(Double.NaN, new AlarmRule(false, 0, 0, 0, 1, 1, 1e-8));
        double strict = answer.yhatUpper - answer.yhatLower;
        take(Double.NaN, new AlarmRule(false, 0, 0, 0, 1, 1, 1e-2));
        double loose = answer.yhatUpper - answer.yhatLower;
        assertThat(strict).isGreaterThan(1.2 * usual);
        assertThat(loose).isLessThan(usual / 1.2);
    }

    @Test
    void whatASeriesIsLikeIsLearntFromEveryValueUntilItIsWarm() {
        live(WARM_UP / 2);
        take(LEVEL + FAR, null);
        take(LEVEL + FAR, null);
        assertThat(median()).isCloseTo(LEVEL + FAR, within(FAR / 2));
    }

    @Test
    void anOddValueIsNotLearntFromOnceItIsWarm() {
        live(10 * WARM_UP);
        double before = median();
        take(LEVEL + FAR, null);
        take(LEVEL + FAR, null);
        assertThat(median()).isCloseTo(before, within(FAR / 10));
    }

    @Test
    void untilItIsWarmItIsSaidHowFarItIsAndNothingIsAnAlarm() {
        int judged = 0;
        while (answer.warmingUp != null || step == 0) {
            take(step % 9 == 8 ? LEVEL + FAR : LEVEL + random.nextGaussian(), null);
            if (answer.warmingUp != null) {
                assertThat(answer.warmingUp).isEqualTo(judged + " of " + WARM_UP + " steps judged");
                assertThat(answer.isAnomaly).isFalse();
                assertThat(answer.change).isEqualTo(Incident.Change.NONE);
            }
            judged += answer.scored ? 1 : 0;
        }
        assertThat(judged).isEqualTo(WARM_UP + 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {FAR, -FAR})
    void aNewLevelIsLearntWhicheverWayItLies(double distance) {
        live(10 * WARM_UP);
        int closed = 0;
        for (int t = 0; t < 5; t++) {
            take(LEVEL + distance + random.nextGaussian(), null);
            closed += answer.change == Incident.Change.ACCEPT ? 1 : 0;
        }
        assertThat(closed).isEqualTo(1);
        assertThat(median()).isCloseTo(LEVEL + distance, within(FAR / 10));
    }

    /** As of a machine that runs rougher from now on. */
    @Test
    void theRangeFollowsSoonerWhereAPersonCallsItANewTrend() {
        assertThat(rangeOfRougherLife(true)).isGreaterThan(1.2 * rangeOfRougherLife(false));
    }

    private double rangeOfRougherLife(boolean said) {
        Memory rougher = new Memory();
        Random values = new Random(4);
        for (int t = 0; t < 526; t++) {
            double size = t < 500 ? 1 : 5;
            forecaster.step(rougher, weights, 1000L * t, LEVEL + size * values.nextGaussian(), answer);
            if (said && t == 505) {
                rougher.hear(Verdict.ANOMALY_NEW_TREND, 500_000, 505_000, 1e-4);
            }
        }
        return answer.yhatUpper - answer.yhatLower;
    }
}
