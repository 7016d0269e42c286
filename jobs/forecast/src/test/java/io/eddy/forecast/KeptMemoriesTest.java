package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Score;
import io.eddy.connectors.Control;
import io.eddy.connectors.EmitOn;
import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Memories on the heap are changed where they are, those of RocksDB are copies: both answer alike, and a checkpoint has nothing of what comes after it. */
class KeptMemoriesTest {
    private static final long MINUTE = 60_000;
    private static final int LARGEST_CHECKPOINT = 1 << 20;
    private static final int SILENCE = 4;

    /** More series than are taken together. */
    private static final List<String> SERIES =
            IntStream.range(0, 20).mapToObj(i -> "s" + i).toList();

    private static final class Job implements AutoCloseable {
        private final ForecastOperator operator;
        private final KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> harness;

        Job(StateBackend backend, @Nullable OperatorSubtaskState state) throws Exception {
            operator = new ForecastOperator(
                    new ForecastSetup(
                            TestingWeights.MODEL,
                            Fields.ONE,
                            TestingOptions.of(TestingWeights.HORIZON, SILENCE),
                            new Emission(EmitOn.STEP, 1),
                            null,
                            0,
                            0,
                            0,
                            "feedback",
                            List.of()),
                    new GoneSeries(0, 0),
                    null);
            harness = new KeyedBroadcastOperatorTestHarness<>(operator, Fields.ONE::key, Types.STRING, 2, 1, 0);
            harness.setStateBackend(backend);
            harness.setup();
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
            if (state == null) {
                harness.processBroadcastElement(Control.of(TestingWeights.champion(1)), 0);
            }
        }

        /** One reading of each series; the later ones of a minute find its step open. */
        void readings(int minute, double more) throws Exception {
            for (String series : SERIES) {
                Observation observation = new Observation();
                observation.series = series;
                observation.timeMillis = minute * MINUTE;
                observation.value = TestingSignal.at(series, minute) + more;
                harness.processElement(observation, observation.timeMillis);
            }
        }

        /** So many things were anomalies, so that a series is told to be silent earlier. */
        void feedback(String series, int things) throws Exception {
            for (int from = 0; from < things; from++) {
                Feedback said = new Feedback(
                        series,
                        Instant.ofEpochMilli(from * MINUTE),
                        Instant.ofEpochMilli(things * MINUTE),
                        FeedbackType.ANOMALY,
                        null,
                        null,
                        Instant.EPOCH,
                        null);
                harness.processBroadcastElement(Control.of(said), 0);
            }
        }

        void endOf(int minute) throws Exception {
            harness.watermark((minute + 1) * MINUTE - 1);
        }

        void run(int from, int to) throws Exception {
            for (int minute = from; minute < to; minute++) {
                readings(minute, 0);
                endOf(minute);
            }
        }

        /** A checkpoint begins; it is written when {@link #written} asks for it. */
        OperatorSnapshotFutures begin() throws Exception {
            operator.prepareSnapshotPreBarrier(1);
            return operator.snapshotState(
                    1,
                    1,
                    CheckpointOptions.forCheckpointWithDefaultLocation(),
                    new MemCheckpointStreamFactory(LARGEST_CHECKPOINT));
        }

        static OperatorSubtaskState written(OperatorSnapshotFutures checkpoint) throws Exception {
            return OperatorSnapshotFinalizer.create(checkpoint).getJobManagerOwnedState();
        }

        /** The scores from one on as texts, in which NaN is NaN; the clock is taken out. */
        List<String> scores(int from) {
            return harness.extractOutputValues().stream()
                    .skip(from)
                    .map(score -> Score.newBuilder(score)
                            .setProcessingTime(Instant.EPOCH)
                            .build()
                            .toString())
                    .toList();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    @Test
    void everyBackendAnswersAlike() throws Exception {
        try (Job heap = new Job(new HashMapStateBackend(), null);
                Job rocksDb = new Job(new EmbeddedRocksDBStateBackend(), null)) {
            for (Job job : List.of(heap, rocksDb)) {
                job.run(0, 28);
                job.feedback("s3", 27);
                job.run(28, 30);
                job.readings(30, 0);
                job.readings(30, TestingSignal.SPIKE);
                job.endOf(40); // silent meanwhile
                job.run(41, 45);
            }
            assertThat(heap.scores(0)).hasSizeGreaterThan(35 * SERIES.size()).isEqualTo(rocksDb.scores(0));
        }
    }

    @Test
    void aCheckpointHasNothingOfWhatComesAfterIt() throws Exception {
        try (Job job = new Job(new HashMapStateBackend(), null)) {
            job.run(0, 30);
            job.readings(30, 0);
            OperatorSnapshotFutures checkpoint = job.begin();
            job.readings(30, TestingSignal.SPIKE);
            job.endOf(30);
            job.run(31, 33);
            OperatorSubtaskState state = Job.written(checkpoint);
            int before = 30 * SERIES.size();
            try (Job restored = new Job(new HashMapStateBackend(), state)) {
                restored.readings(30, TestingSignal.SPIKE);
                restored.endOf(30);
                restored.run(31, 33);
                assertThat(restored.scores(0))
                        .hasSize(3 * SERIES.size())
                        .containsExactlyInAnyOrderElementsOf(job.scores(before));
            }
        }
    }

    @Test
    void whatEndsRightAfterACheckpointHasBegunDoesNotChangeIt() throws Exception {
        try (Job job = new Job(new HashMapStateBackend(), null)) {
            job.run(0, 30);
            job.readings(30, 0);
            OperatorSnapshotFutures checkpoint = job.begin();
            job.endOf(30); // by what was met before the checkpoint began
            OperatorSubtaskState state = Job.written(checkpoint);
            try (Job restored = new Job(new HashMapStateBackend(), state)) {
                restored.endOf(30);
                assertThat(restored.scores(0))
                        .hasSize(SERIES.size())
                        .containsExactlyInAnyOrderElementsOf(job.scores(30 * SERIES.size()));
            }
        }
    }
}
