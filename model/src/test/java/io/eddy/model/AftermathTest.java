package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AftermathTest {
    private static final long STEP = 60_000;
    private final Random random = new Random(5);
    private final Forecaster forecaster = new Forecaster(TestingOptions.of(1, 0, STEP, 1e-4, 48, 6));
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, 1, 0.05));
    private final Answer answer = new Answer(1);
    private Memory memory = new Memory();
    private long steps;

    /** Values around a level. */
    private void live(int count, double level) {
        for (int k = 0; k < count; k++) {
            forecaster.step(memory, weights, STEP * steps++, level + random.nextGaussian(), answer);
        }
    }

    private void restart() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        memory = Memory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void theRestOfAnIncidentIsKnownByItsScoreAndRaisesNoAlarm() throws IOException {
        live(1000, 100);
        live(1, 130);
        assertThat(answer.isAnomaly).isTrue();
        live(40, 130);
        restart();
        live(1, 130);
        assertThat(answer.isAnomaly).isFalse();
        assertThat(answer.anomalyScore).isBetween(Aftermath.SCORE - 1e-9, 1.0);
        live(20, 100);
        live(1, 100);
        assertThat(answer.anomalyScore).isLessThan(Aftermath.SCORE);
        live(40, 100);
        assertThat(memory.aftermath).isNull();
    }

    @Test
    void itIsOverAfterALongGap() {
        live(1000, 100);
        live(1, 130);
        assertThat(answer.isAnomaly).isTrue();
        live(40, 130);
        steps += 500;
        live(1, 130);
        assertThat(memory.aftermath).isNull();
    }

    @Test
    void theWayBackIsHardlyNews() {
        live(1000, 100);
        live(1, 112);
        assertThat(answer.isAnomaly).isTrue();
        live(6, 112);
        live(1, 100);
        assertThat(answer.isAnomaly).as("back").isFalse();
        assertThat(answer.pValue).as("odd beside what was expected").isLessThan(0.01);
        live(1, 70);
        assertThat(answer.isAnomaly).as("on the other side").isTrue();
    }

    @Test
    void whatWasBackIsNotTheRestUntilItIsOddAgain() {
        live(1000, 100);
        live(40, 130);
        assertThat(answer.anomalyScore).isGreaterThanOrEqualTo(Aftermath.SCORE);
        live(3, 100);
        live(1, 110);
        assertThat(answer.anomalyScore).isNotEqualTo(Aftermath.SCORE);
    }

    @Test
    void littleBesideTheRangeIsNotAway() {
        live(500, 100);
        live(1, 1000);
        live(500, 100);
        live(1, 115);
        assertThat(answer.isAnomaly).isTrue();
        live(20, 115);
        assertThat(answer.anomalyScore).isNotEqualTo(Aftermath.SCORE);
        assertThat(memory.aftermath).isNull();
    }

    @Test
    void anIncidentThatGoesToTheOtherSideGoesOnThere() {
        live(1000, 100);
        live(4, 130);
        live(40, 70);
        assertThat(answer.anomalyScore).isGreaterThanOrEqualTo(Aftermath.SCORE);
    }

    @Test
    void whatStaysIsHowTheSeriesIs() {
        live(1000, 100);
        live(40, 130);
        assertThat(memory.aftermath).isNotNull();
        live(1000, 130);
        assertThat(memory.aftermath).isNull();
    }

    @Test
    void itIsOverWhenAPersonSaysThatThisIsNormal() {
        live(1000, 100);
        long from = STEP * steps;
        live(40, 130);
        memory.hear(Verdict.ANOMALY_NEW_TREND, from, STEP * steps, 1e-4);
        assertThat(memory.aftermath).isNull();
    }
}
