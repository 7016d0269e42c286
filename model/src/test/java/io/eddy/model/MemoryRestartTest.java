package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A memory is written and read between any two steps of its series, so that must change nothing. */
class MemoryRestartTest {
    private static final int HORIZON = 24;
    private static final long STEP = 3_600_000;

    private final Forecaster.Options options = TestingOptions.of(HORIZON, 0, STEP, 1e-3, 20, 3);
    private final Forecaster forecaster = new Forecaster(options);
    private final StepBatch batch = new StepBatch(forecaster, HORIZON);
    private final WeightsVersion weights = weights(1, 64);
    private final Shadow shadow = new Shadow(options, weights(2, 16), 1, 7);
    private final SplittableRandom random = new SplittableRandom(4);

    private static WeightsVersion weights(int version, int hidden) {
        return new WeightsVersion(version, TestingWeights.random(version, Forecaster.inputs(), hidden, HORIZON));
    }

    /** New, young, in the middle of an odd level, and old. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 61, 400})
    void whatWasWrittenAndReadGoesOnAlike(int steps) throws IOException {
        Memory memory = new Memory();
        for (int k = 0; k < steps; k++) {
            step(memory, k);
        }
        byte[] before = bytes(memory);
        Memory read = Memory.read(new DataInputStream(new ByteArrayInputStream(before)));
        assertThat(bytes(read)).isEqualTo(before);

        SplittableRandom values = random.split();
        for (int k = steps; k < steps + 200; k++) {
            double y = value(values, k);
            step(memory, k, y, new double[] {k, -y});
            step(read, k, y, new double[] {k, -y});
        }
        assertThat(bytes(memory)).isEqualTo(bytes(read)).isNotEqualTo(before);
    }

    private static double value(SplittableRandom random, int k) {
        double wave = 10 * Math.sin(k * Math.PI / 12) + random.nextDouble();
        return random.nextInt(40) == 0 ? Double.NaN : k % 100 >= 60 && k % 100 < 66 ? wave + 100 : wave;
    }

    private void step(Memory memory, int k) {
        step(memory, k, value(random, k), new double[] {random.nextDouble(), k});
    }

    /** Everything that a memory may hold. */
    private void step(Memory memory, int k, double y, double[] others) {
        long time = STEP * k;
        memory.inbox().labels(Map.of("host", "a"));
        memory.follow(shadow);
        memory.inbox().open().add(time, time, y, others);
        memory.inbox().open().add(time + STEP, time + STEP, y, others);
        memory.inbox().open().add(time + 5 * STEP, time + 5 * STEP, y, others);
        if (k % 40 == 10) {
            memory.hear(Verdict.values()[k / 40 % Verdict.values().length], time - 5 * STEP, time, 1e-4);
        }
        double[] means = new double[others.length];
        memory.inbox().open().covariates(time, means);
        memory.covariates(List.of("a", "b"), means);
        double mean = memory.inbox().open().close(time);
        AlarmRule rule = new AlarmRule(false, 0, 0, 0, 2, 3, 0);
        batch.add(memory, time, mean, 1 + k % 7 / 6, true, rule);
        batch.run(weights, shadow);
        memory.closed().add(time, mean, 1, batch.answer(0), 4);
        forecaster.correct(memory, time - STEP, mean, null, new Answer(HORIZON));
    }

    private static byte[] bytes(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
