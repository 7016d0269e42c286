package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A series that stands still for thousands of steps: a queue that is empty, a feature that is switched off; and what is said when it wakes. */
class StandstillTest {
    private static final long HOUR = 3_600_000L;
    private static final int NIGHT = 3000;
    /** Of an interval of 95 % for normally distributed values of deviation 1. */
    private static final double WIDTH = 3.92;

    private final Random random = new Random(5);
    /** A network that adds nothing. */
    private final WeightsVersion weights =
            new WeightsVersion(1, TestingWeights.random(7, Forecaster.inputs(), 4, 1, 0));

    private final Forecaster forecaster = new Forecaster(new Forecaster.Options(
            1, 0, HOUR, 1e-4, 48, 6, 12, 0, NewWeights.CARRY, ExpertNames.BY_DEFAULT, Inputs.USUAL, Scoring.USUAL));
    private final Memory memory = new Memory();
    private final Answer answer = new Answer(1);
    private long steps;
    private int events;
    private int anomalies;
    private int surprises;

    private void live(int count, IntToDoubleFunction value) {
        events = 0;
        anomalies = 0;
        for (int t = 0; t < count; t++) {
            forecaster.step(memory, weights, HOUR * steps++, value.applyAsDouble(t), answer);
            events += answer.change == Incident.Change.OPEN ? 1 : 0;
            anomalies += answer.isAnomaly ? 1 : 0;
            surprises += answer.pValue <= 0.01 ? 1 : 0;
        }
    }

    private double noise(int t) {
        return 20 + random.nextGaussian();
    }

    private double width() {
        return answer.quantile(1, Quantiles.UPPER_95) - answer.quantile(1, Quantiles.LOWER_95);
    }

    @Test
    void theFirstChangeOfAllIsToldAndThenTheNewLifeIsNormal() {
        live(NIGHT, t -> 0);
        live(1, this::noise);
        assertThat(events).isEqualTo(1);
        live(23, this::noise);
        live(300, this::noise);
        assertThat(events).isZero();
        assertThat(anomalies).isLessThan(3);
        assertThat(width()).isBetween(0.7 * WIDTH, 2 * WIDTH);
    }

    @Test
    void intervalsAreThoseOfTheNewLifeWithinSteps() {
        live(NIGHT, t -> 0);
        live(30, this::noise);
        assertThat(width()).isBetween(0.2 * WIDTH, 2 * WIDTH);
        live(30, this::noise);
        assertThat(width()).isBetween(0.5 * WIDTH, 2 * WIDTH);
    }

    @Test
    void whatSleptWakesAsItWas() {
        live(1000, this::noise);
        live(NIGHT, t -> 20);
        live(1, this::noise);
        assertThat(width()).isGreaterThan(0.1 * WIDTH);
        live(300, this::noise);
        assertThat(anomalies).isLessThan(3);
        assertThat(width()).isBetween(0.7 * WIDTH, 2 * WIDTH);
    }

    @Test
    void oneSpikeMakesNoNewLife() {
        live(NIGHT, t -> 5);
        double before = width();
        live(1, t -> 100);
        assertThat(events).isEqualTo(1);
        live(30, t -> 5);
        assertThat(events).isZero();
        assertThat(answer.anomalyScore).isLessThan(1);
        assertThat(width()).isLessThan(20 * before);
        live(1000, t -> 5);
        assertThat(anomalies).isZero();
        live(1, t -> 100);
        assertThat(answer.isAnomaly).isTrue();
    }

    @Test
    void aPValueSaysHowOftenAmongAllStepsThoseOfTheSleepToo() {
        live(1000, this::noise);
        for (int day = 0; day < 5; day++) {
            live(400, t -> 20);
            live(200, this::noise);
        }
        surprises = 0;
        for (int day = 0; day < 25; day++) {
            live(400, t -> 20);
            live(200, this::noise);
        }
        assertThat(surprises / (25 * 600.0)).isBetween(0.005, 0.02);
    }
}
