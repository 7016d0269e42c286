package io.eddy.bench;

import io.eddy.Weights;
import io.eddy.cli.LocalFlink;
import io.eddy.cli.TemporaryFolder;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** A million series in one process: the real job between a generator and sinks that forget, with a checkpoint every ten seconds. */
final class ScaleBench implements Bench {
    private static final String NAME = "scale";
    private static final String SIDE = "eddy-h64-heap-1m";
    private static final int SERIES = 1_000_000;
    private static final int PARALLELISM = 2;
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 5000;

    private final int seconds;

    /** @param seconds measured after every series has been seen once */
    ScaleBench(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public String says() {
        return SERIES + " series for " + seconds + " s, state on the heap, a checkpoint to local disk every 10 s.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        Options options = Options.of(Map.of(
                InputOptions.STEP.key(),
                "0ms",
                "flink.execution.checkpointing.interval",
                "10s",
                "flink.web.checkpoints.history",
                "1000",
                "flink.restart-strategy.type",
                "none"));
        try (TemporaryFolder folder = TemporaryFolder.create("eddy-bench");
                LocalFlink flink = LocalFlink.start(options, folder.path(), null, PARALLELISM)) {
            JobID job = flink.submit(NAME, PARALLELISM, ScaleBench::define, options);
            flink.awaitRunning(job, STARTUP);
            long before = CountingSink.count();
            while (CountingSink.count() - before < SERIES) {
                look(flink, job, log);
            }
            long begun = System.currentTimeMillis();
            long count = CountingSink.count();
            Spent start = Spent.now();
            while (System.currentTimeMillis() - begun < 1000L * seconds) {
                look(flink, job, log);
            }
            return rows(
                    flink.checkpoints(job),
                    begun,
                    CountingSink.count() - count,
                    Spent.now().since(start),
                    log);
        }
    }

    private static void define(StreamExecutionEnvironment env, Options options) {
        ForecastJob.define(
                GeneratedReadings.of(env, SERIES),
                ForecastJob.control(env.fromData(new AvroTypeInfo<>(Weights.class), Champion.of(options))),
                new ForecastJob.Sinks(
                        new CountingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>()),
                options);
    }

    private static void look(LocalFlink flink, JobID job, Log log) throws Exception {
        Thread.sleep(LOOK_MILLIS);
        if (flink.status(job).isGloballyTerminalState()) {
            throw new IllegalStateException("job: expected it to run, found it " + flink.status(job));
        }
        CheckpointStatsSnapshot checkpoints = flink.checkpoints(job);
        log.line(String.format(
                Locale.ROOT,
                "%,d scores, %d checkpoints, heap %,d MB of %,d MB",
                CountingSink.count(),
                checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Runtime.getRuntime().maxMemory() >> 20));
    }

    private static List<Row> rows(
            @Nullable CheckpointStatsSnapshot checkpoints, long begun, long scored, Spent spent, Log log) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(NAME, SIDE, "readings_per_second", scored / (spent.wallNanos() / 1e9), "1/s"));
        rows.add(Row.of(NAME, SIDE, "cpu_per_reading", spent.cpuNanos() / 1000.0 / scored, "us"));
        rows.add(Row.of(NAME, SIDE, "collecting_garbage", spent.collectingMillis() * 1e6 / spent.wallNanos(), "1"));
        rows.add(Row.of(NAME, SIDE, "heap_after_collection", Heap.usedBytes(), "B"));
        if (checkpoints == null) {
            throw new IllegalStateException("job: expected checkpoints, found none");
        }
        List<CompletedCheckpointStats> completed = new ArrayList<>();
        int failed = 0;
        for (AbstractCheckpointStats each : checkpoints.getHistory().getCheckpoints()) {
            if (each instanceof CompletedCheckpointStats done && done.getLatestAckTimestamp() >= begun) {
                completed.add(done);
            } else if (each instanceof FailedCheckpointStats gone) {
                log.line("checkpoint " + gone.getCheckpointId() + " failed: " + gone.getFailureMessage());
                failed += gone.getTriggerTimestamp() >= begun ? 1 : 0;
            }
        }
        rows.add(Row.of(NAME, SIDE, "checkpoints_completed", completed.size(), "1"));
        rows.add(
                Row.of(NAME, SIDE, "checkpoints_failed", checkpoints.getCounts().getNumberOfFailedCheckpoints(), "1"));
        if (!completed.isEmpty()) {
            rows.add(Spread.of(completed.stream()
                            .mapToDouble(AbstractCheckpointStats::getEndToEndDuration)
                            .toArray())
                    .row(NAME, SIDE, "checkpoint_time", "ms"));
            rows.add(Spread.of(completed.stream()
                            .mapToDouble(AbstractCheckpointStats::getStateSize)
                            .toArray())
                    .row(NAME, SIDE, "checkpoint_size", "B"));
        }
        return rows;
    }
}
