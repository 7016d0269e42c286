package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewWeightsTest {
    private static final long HOUR = 3_600_000L;
    private static final int STEPS = 300;
    private static final WeightsVersion FIRST =
            new WeightsVersion(1, TestingWeights.random(1, Forecaster.inputs(), 8, 1));
    private static final WeightsVersion SECOND =
            new WeightsVersion(2, TestingWeights.random(2, Forecaster.inputs(), 8, 1));

    @Test
    void aCarriedStateKeepsTheVersionThatStartedIt() {
        Memory memory = follow(NewWeights.CARRY, FIRST);
        String before = memory.network.toString();
        assertThat(memory.network.fit(SECOND, NewWeights.CARRY)).isFalse();
        assertThat(memory.network.toString()).isEqualTo(before);
        assertThat(memory.network.startedByVersion()).isEqualTo(1);
    }

    @Test
    void aDecayedStateIsHalvedOnce() {
        Memory memory = follow(NewWeights.DECAY, FIRST);
        float before = hidden(memory)[0];
        memory.network.fit(SECOND, NewWeights.DECAY);
        memory.network.fit(SECOND, NewWeights.DECAY);
        assertThat(hidden(memory)[0]).isEqualTo(before / 2);
        assertThat(memory.network.startedByVersion()).isEqualTo(2);
    }

    @Test
    void aRewarmedStateIsAlmostTheOneThatTheNewWeightsWouldHaveMade() {
        Memory always = follow(NewWeights.REWARM, SECOND);
        Memory rewarmed = follow(NewWeights.REWARM, FIRST);
        step(rewarmed, NewWeights.REWARM, SECOND, STEPS);
        step(always, NewWeights.REWARM, SECOND, STEPS);
        assertThat(rewarmed.network.startedByVersion()).isEqualTo(2);
        for (int j = 0; j < 8; j++) {
            assertThat(Math.abs(hidden(rewarmed)[j] - hidden(always)[j])).isLessThan(0.02f);
        }
    }

    private static float[] hidden(Memory memory) {
        float[][] h = new float[1][8];
        memory.network.load(h, new float[1][8]);
        return h[0];
    }

    private static Memory follow(NewWeights rule, WeightsVersion version) {
        Memory memory = new Memory();
        for (int t = 0; t < STEPS; t++) {
            step(memory, rule, version, t);
        }
        return memory;
    }

    private static void step(Memory memory, NewWeights rule, WeightsVersion version, int t) {
        Forecaster forecaster = new Forecaster(
                new Forecaster.Options(1, 24, HOUR, 1e-4, 48, 6, 3, 0, rule, "lean", Inputs.USUAL, Scoring.USUAL));
        double noise = new Random(t).nextGaussian();
        double y = 50 + 10 * Math.sin(2 * Math.PI * t / 24) + noise;
        forecaster.step(memory, version, t * HOUR, y, new Answer(1));
    }
}
