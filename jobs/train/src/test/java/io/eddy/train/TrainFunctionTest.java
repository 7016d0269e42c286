package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TrainFunctionTest {
    private static final int STEPS = 8;
    private static final int HORIZON = 2;
    private static final int ROUND_WINDOWS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Options OPTIONS = Options.of(Map.of(
            "model.hidden", "4",
            "forecast.horizon", String.valueOf(HORIZON),
            "train.window_steps", String.valueOf(STEPS),
            "train.round_windows", String.valueOf(ROUND_WINDOWS),
            "train.batches", "60",
            "train.batch_size", "16",
            "train.learning_rate", "0.02"));

    @Test
    void anUnreadableChampionIsPassedOver() throws Exception {
        try (var job = harness()) {
            job.processElement2(Control.of(unreadable(9)), 0);
            assertThat(firstPublished(job).getParentVersion()).isZero();
        }
    }

    @Test
    void goesOnFromTheNewestChampionOnTheTopic() throws Exception {
        try (var job = harness()) {
            Weights first = firstPublished(job);
            job.processElement2(
                    Control.of(Weights.newBuilder(first).setVersion(41).build()), 0);
            job.getOutput().clear();

            Weights next = firstPublished(job);
            assertThat(next.getParentVersion()).isEqualTo(41);
            assertThat(next.getVersion()).isGreaterThan(41);
        }
    }

    @Test
    void theBatchThatRunsEndsBeforeTheJobDoes() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (var job = new TwoInputStreamOperatorTestHarness<>(
                new CoProcessOperator<>(new TrainFunction(OPTIONS, () -> deaf(ended))))) {
            job.open();
        }
        assertThat(ended).isTrue();
    }

    /** A thread with a batch in it that hears of no interruption. */
    private static ExecutorService deaf(AtomicBoolean ended) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        thread.execute(() -> {
            begun.countDown();
            long end = System.nanoTime() + 500_000_000L;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            ended.set(true);
        });
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return thread;
    }

    private static TwoInputStreamOperatorTestHarness<TrainingWindow, Control, Weights> harness() throws Exception {
        var job = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(new TrainFunction(OPTIONS)));
        job.open();
        return job;
    }

    /** Gives windows until weights come out; a champion gets ever more to learn from, so that a better one is found. */
    private static Weights firstPublished(TwoInputStreamOperatorTestHarness<TrainingWindow, Control, Weights> job)
            throws Exception {
        Random random = new Random(3);
        long began = System.nanoTime();
        for (int k = 0; System.nanoTime() - began < PATIENCE.toNanos(); k++) {
            job.processElement1(window(k, random), 0);
            for (Weights weights : job.extractOutputValues()) {
                if (weights.getStatus() == WeightsStatus.champion) {
                    return weights;
                }
            }
            Thread.sleep(1);
        }
        throw new AssertionError("weights: expected some within " + PATIENCE.toSeconds() + " s, found none");
    }

    /** The targets are what the first input says, and a little noise. */
    private static TrainingWindow window(int k, Random random) {
        float[] inputs = new float[STEPS * Forecaster.inputs()];
        float[] targets = new float[STEPS * HORIZON];
        for (int t = 0; t < STEPS; t++) {
            float x = (float) random.nextGaussian();
            inputs[t * Forecaster.inputs()] = x;
            for (int h = 0; h < HORIZON; h++) {
                targets[t * HORIZON + h] = x + 0.1f * (float) random.nextGaussian();
            }
        }
        return new TrainingWindow("series " + k % 4, 60_000L * k, STEPS, inputs, targets);
    }

    private static Weights unreadable(long version) {
        return Weights.newBuilder()
                .setModelId("default")
                .setVersion(version)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(WeightsStatus.champion)
                .setArchitecture("")
                .setTensors(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .setMetrics(Map.of())
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("test")
                .build();
    }
}
