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
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DealFunctionTest {
    private static final int STEPS = 8;
    private static final int HORIZON = 2;
    private static final Options OPTIONS = Options.of(Map.of(
            "model.hidden", "4",
            "forecast.horizon", String.valueOf(HORIZON),
            "train.window_steps", String.valueOf(STEPS),
            "train.round_windows", "40",
            "train.trainers", "2"));
    private static final io.eddy.model.network.Weights NETWORK =
            Network.random(NetworkShape.of(OPTIONS), 0.01, 1).weights();

    private int windows;

    @Test
    void theNextRoundWaitsForTheOutcomeOfTheOneBefore() throws Exception {
        try (var job = harness(null)) {
            assertThat(dealt(job)).extracting(RoundPlan::version).containsExactly(1L, 1L);
            assertThat(dealt(job)).isEmpty();
            job.processElement2(Control.of(version(1, WeightsStatus.rejected)), 0);

            List<RoundPlan> second = dealt(job);
            assertThat(second).extracting(RoundPlan::version).containsExactly(2L, 2L);
            assertThat(second.get(0).parent()).isNull();
            assertThat(second)
                    .allSatisfy(share -> assertThat(bytes(share.start())).isEqualTo(NETWORK.toBytes()));
            job.processElement2(Control.of(version(2, WeightsStatus.champion)), 0);

            List<RoundPlan> third = dealt(job);
            assertThat(third).extracting(RoundPlan::parentVersion).containsExactly(2L, 2L);
            assertThat(bytes(third.get(0).parent())).isEqualTo(NETWORK.toBytes());
        }
    }

    @Test
    void anotherChampionEndsTheWait() throws Exception {
        try (var job = harness(null)) {
            assertThat(dealt(job)).hasSize(2);
            job.processElement2(Control.of(version(5, WeightsStatus.champion)), 0);
            assertThat(dealt(job)).extracting(RoundPlan::version).containsExactly(6L, 6L);
        }
    }

    @Test
    void aRoundThatRunsIsWaitedForAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (var job = harness(null)) {
            assertThat(dealt(job)).hasSize(2);
            state = job.snapshot(1, 1);
        }
        try (var job = harness(state)) {
            assertThat(dealt(job)).isEmpty();
            job.processElement2(Control.of(version(1, WeightsStatus.rejected)), 0);
            assertThat(dealt(job)).extracting(RoundPlan::version).containsExactly(2L, 2L);
        }
    }

    @Test
    void aRoundThatDoesNotComeBackIsGivenUp() throws Exception {
        try (var job = harness(null)) {
            assertThat(dealt(job)).hasSize(2);
            job.setProcessingTime(Duration.ofMinutes(20).toMillis());
            assertThat(dealt(job)).isEmpty();
            job.setProcessingTime(Duration.ofMinutes(21).toMillis() + 1);
            assertThat(dealt(job)).extracting(RoundPlan::version).containsExactly(2L, 2L);
        }
    }

    private static TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> harness(
            @Nullable OperatorSubtaskState state) throws Exception {
        var job = TestingDeal.open(OPTIONS, state);
        job.setProcessingTime(Duration.ofMinutes(1).toMillis());
        return job;
    }

    /** What is dealt while enough windows for a round come. */
    private List<RoundPlan> dealt(TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job)
            throws Exception {
        for (int k = 0; k < 80; k++) {
            float[] targets = new float[STEPS * HORIZON];
            job.processElement1(
                    new TrainingWindow(
                            "series " + windows % 4,
                            60_000L * windows++,
                            STEPS,
                            new float[STEPS * Forecaster.inputs()],
                            targets),
                    0);
        }
        List<RoundPlan> dealt = List.copyOf(job.extractOutputValues());
        job.getOutput().clear();
        return dealt;
    }

    private static byte[] bytes(io.eddy.model.network.@Nullable Weights weights) {
        return weights == null ? new byte[0] : weights.toBytes();
    }

    private static Weights version(long version, WeightsStatus status) {
        return Weights.newBuilder()
                .setModelId("default")
                .setVersion(version)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(status)
                .setArchitecture("")
                .setTensors(ByteBuffer.wrap(NETWORK.toBytes()))
                .setMetrics(Map.of())
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("test")
                .build();
    }
}
