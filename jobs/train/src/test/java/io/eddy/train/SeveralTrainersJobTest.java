package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.Forecaster;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Trainers as subtasks of a small Flink cluster, and what becomes of a round when one of them is lost. */
class SeveralTrainersJobTest {
    private static final int STEPS = 8;
    private static final int HORIZON = 2;
    private static final int ROUND_WINDOWS = 40;
    private static final int TRAINING_WINDOWS = 32;
    private static final int PATIENCE_SECONDS = 60;

    private static final Options OPTIONS = Options.of(Map.of(
            "model.hidden", "4",
            "forecast.horizon", String.valueOf(HORIZON),
            "train.window_steps", String.valueOf(STEPS),
            "train.round_windows", String.valueOf(ROUND_WINDOWS),
            "train.batches", "60",
            "train.batch_size", "16",
            "train.learning_rate", "0.02",
            "train.trainers", "2",
            "flink.parallelism.default", "1"));

    private static final Options IMPATIENT = OPTIONS.with(TrainOptions.TRAINER_TIMEOUT, "10s");

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    /** The tasks run in this process. */
    private static final BlockingQueue<Weights> RECEIVED = new LinkedBlockingQueue<>();

    private static final BlockingQueue<Integer> STARTED = new LinkedBlockingQueue<>();
    private static CountDownLatch open = new CountDownLatch(1);

    private @Nullable JobID job;

    @BeforeEach
    void forget() {
        RECEIVED.clear();
        STARTED.clear();
        open = new CountDownLatch(1);
    }

    @AfterEach
    void cancel(@InjectMiniCluster MiniCluster cluster) throws Exception {
        if (job != null) {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get();
        }
    }

    @Test
    void bothTrainersTakePart(@InjectMiniCluster MiniCluster cluster) throws Exception {
        submit(cluster, OPTIONS, SeveralTrainersJobTest::fit);
        Weights weights = received();
        assertThat(weights.getStatus()).as(weights.getTrainer()).isEqualTo(WeightsStatus.champion);
        assertThat(weights.getMetrics())
                .containsEntry("trainers", 2.0)
                .containsEntry("trainers_lost", 0.0)
                .containsEntry("training_windows", (double) TRAINING_WINDOWS)
                .containsEntry("held_out_windows", (double) (ROUND_WINDOWS - TRAINING_WINDOWS));
        assertThat(STARTED).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aTrainerThatFailsDoesNotStopTheRound(@InjectMiniCluster MiniCluster cluster) throws Exception {
        submit(cluster, OPTIONS, share -> {
            if (share.share() == 0) {
                throw new IllegalStateException("out of order");
            }
            return fit(share);
        });
        assertOneLost(received());
    }

    @Test
    void aTrainerThatNeverAnswersDoesNotStopTheRound(@InjectMiniCluster MiniCluster cluster) throws Exception {
        submit(cluster, IMPATIENT, share -> {
            if (share.share() == 1) {
                awaitOpen();
            }
            return fit(share);
        });
        assertOneLost(received());
    }

    private static void assertOneLost(Weights weights) {
        assertThat(weights.getStatus()).as(weights.getTrainer()).isEqualTo(WeightsStatus.champion);
        assertThat(weights.getMetrics())
                .containsEntry("trainers", 2.0)
                .containsEntry("trainers_lost", 1.0)
                .containsEntry("training_windows", TRAINING_WINDOWS / 2.0)
                .containsEntry("held_out_windows", (double) (ROUND_WINDOWS - TRAINING_WINDOWS));
    }

    /** The windows of the round are not read again: they come from the checkpoint. */
    @Test
    void aRoundOutlivesTheTaskManagersThatRanIt(@InjectMiniCluster MiniCluster cluster) throws Exception {
        JobID running = submit(cluster, OPTIONS, share -> {
            STARTED.add(share.share());
            awaitOpen();
            return fit(share);
        });
        assertThat(List.of(started(), started())).containsExactlyInAnyOrder(0, 1);
        cluster.triggerCheckpoint(running, CheckpointType.FULL).get();
        STARTED.clear();
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        cluster.terminateTaskManager(1).get();
        cluster.startTaskManager();

        // The loss of the first may have been mended, and a share begun, before the second was lost.
        Set<Integer> begun = new HashSet<>();
        while (begun.size() < 2) {
            begun.add(started());
        }
        assertThat(begun).containsExactlyInAnyOrder(0, 1);
        open.countDown();
        Weights weights = received();
        assertThat(weights.getVersion()).isEqualTo(1);
        assertThat(weights.getDataTo().toEpochMilli()).isEqualTo(60_000L * (ROUND_WINDOWS - 1));
        assertThat(weights.getMetrics()).containsEntry("trainers_lost", 0.0).containsEntry("training_windows", (double)
                TRAINING_WINDOWS);
    }

    @Test
    void theJobTakesAsManySlotsAsTrainersAndRefusesSharesThatAreTooLarge(@InjectMiniCluster MiniCluster cluster) {
        assertThat(TrainJob.slots(OPTIONS, 1)).isEqualTo(2);
        assertThat(TrainJob.slots(OPTIONS, 3)).isEqualTo(3);
        Options large = OPTIONS.with(TrainOptions.RESERVOIR, "1000000")
                .with(TrainOptions.WINDOW_STEPS, "1024")
                .with(ForecastOptions.HORIZON, "240");
        assertThatThrownBy(() -> submit(cluster, large, SeveralTrainersJobTest::fit))
                .hasMessageStartingWith("train.reservoir: expected at most ")
                .hasMessageEndingWith(" with several trainers (1 GiB of windows), found 1000000");
    }

    private static Fitted fit(RoundPlan share) {
        STARTED.add(share.share());
        return Trainer.of(OPTIONS).fit(share);
    }

    private static void awaitOpen() {
        try {
            open.await();
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
    }

    private static Integer started() throws InterruptedException {
        Integer share = STARTED.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(share).as("a share that a trainer has begun").isNotNull();
        return share;
    }

    private static Weights received() throws InterruptedException {
        Weights weights = RECEIVED.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(weights).as("the record of a round").isNotNull();
        return weights;
    }

    private JobID submit(MiniCluster cluster, Options options, SerializableFunction<RoundPlan, Fitted> fit)
            throws Exception {
        StreamExecutionEnvironment env = JobArguments.environment(options);
        env.enableCheckpointing(TimeUnit.HOURS.toMillis(1));
        DataStream<TrainingWindow> windows = env.fromSequence(0, Long.MAX_VALUE - 1)
                .map(SeveralTrainersJobTest::window)
                .returns(TypeInformation.of(TrainingWindow.class));
        DataStream<Weights> none = env.fromSequence(0, Long.MAX_VALUE - 1)
                .<Weights>flatMap((k, out) -> Thread.sleep(5))
                .returns(new AvroTypeInfo<>(Weights.class));
        DataStream<Control> silent = none.map(Control::of).returns(TypeInformation.of(Control.class));
        TrainJob.severalTrainers(windows, silent, none, options, fit)
                .map(weights -> {
                    RECEIVED.add(weights);
                    return weights;
                })
                .returns(new AvroTypeInfo<>(Weights.class))
                .sinkTo(new DiscardingSink<>());
        JobID submitted = cluster.submitJob(env.getStreamGraph()).get().getJobID();
        job = submitted;
        return submitted;
    }

    /** The targets are what the first input says, and a little noise. */
    private static TrainingWindow window(long k) throws InterruptedException {
        Thread.sleep(5);
        Random random = new Random(k);
        float[] inputs = new float[STEPS * Forecaster.inputs()];
        float[] targets = new float[STEPS * HORIZON];
        for (int t = 0; t < STEPS; t++) {
            float x = (float) random.nextGaussian();
            inputs[t * Forecaster.inputs()] = x;
            IntStream.range(t * HORIZON, (t + 1) * HORIZON)
                    .forEach(h -> targets[h] = x + 0.1f * (float) random.nextGaussian());
        }
        return new TrainingWindow("series " + k % 4, 60_000L * k, STEPS, inputs, targets);
    }
}
