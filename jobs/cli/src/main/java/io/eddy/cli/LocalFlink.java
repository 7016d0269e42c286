package io.eddy.cli;

import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** A whole Flink in this process. */
public final class LocalFlink implements AutoCloseable {
    /** Of an end in good order; who has asked for it by Ctrl-C waits for less, see {@link Shutdown}. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MiniCluster cluster;
    private final Configuration configuration;

    private LocalFlink(MiniCluster cluster, Configuration configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    /**
     * Starts it.
     *
     * @param folder for checkpoints and whatever Flink writes on the way
     * @param webPort of Flink's web page on loopback; null: any free one
     */
    public static LocalFlink start(Options options, Path folder, @Nullable Integer webPort, int slots)
            throws Exception {
        Configuration flink = JobArguments.flinkConfiguration(options);
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_PORT, webPort == null ? "0" : String.valueOf(webPort));
        flink.set(CoreOptions.TMP_DIRS, folder.resolve("flink").toString());
        flink.set(WebOptions.TMP_DIR, folder.toString());
        if (!flink.contains(CheckpointingOptions.CHECKPOINTS_DIRECTORY)) {
            flink.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    folder.resolve("checkpoints").toUri().toString());
        }
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
                throw new IllegalArgumentException(
                        "--port: expected the next one to be free for Flink's page, found " + webPort
                                + " in use; choose another with --port or use --no-page",
                        e);
            }
            throw e;
        }
        return new LocalFlink(cluster, flink);
    }

    /** Address of Flink's web page. */
    String webAddress() throws ExecutionException, InterruptedException {
        return cluster.getRestAddress().get().toString();
    }

    /** Submits a job as it is defined on an environment; it runs on its own. */
    public JobID submit(
            String name, int parallelism, BiConsumer<StreamExecutionEnvironment, Options> job, Options options)
            throws Exception {
        return submit(name, parallelism, job, options, configuration);
    }

    /** Submits a job that goes on from its newest checkpoint, and whose checkpoints are kept when it ends. */
    JobID resume(
            String name,
            int parallelism,
            BiConsumer<StreamExecutionEnvironment, Options> job,
            Options options,
            KeptCheckpoints kept)
            throws Exception {
        return submit(name, parallelism, job, options, kept.configuration(configuration));
    }

    private JobID submit(
            String name,
            int parallelism,
            BiConsumer<StreamExecutionEnvironment, Options> job,
            Options options,
            Configuration flink)
            throws Exception {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        job.accept(env, options);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        return cluster.submitJob(graph).get().getJobID();
    }

    public JobStatus status(JobID job) throws ExecutionException, InterruptedException {
        return cluster.getJobStatus(job).get();
    }

    /**
     * Waits until the job runs on all its slots.
     *
     * @throws IllegalStateException if it fails, or does not within the time
     */
    public void awaitRunning(JobID job, Duration atMost) throws Exception {
        awaitRunning(job, atMost, () -> false);
    }

    /** The same, but that it returns at once when somebody no longer waits for it. */
    void awaitRunning(JobID job, Duration atMost, BooleanSupplier givenUp) throws Exception {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!givenUp.getAsBoolean() && !isRunning(job)) {
            if (status(job).isGloballyTerminalState() || System.nanoTime() > deadline) {
                throw new IllegalStateException("job: expected it to run within " + atMost.toSeconds() + " s, found "
                        + status(job) + cause(job));
            }
            Thread.sleep(100);
        }
    }

    /** Before a job is initialised it has no subtasks that are known, and one that failed then never has. */
    private boolean isRunning(JobID job) throws ExecutionException, InterruptedException {
        boolean any = false;
        for (var vertex : cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            any = true;
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return any;
    }

    /** What is known of the job's checkpoints; null if it has none. */
    public @Nullable CheckpointStatsSnapshot checkpoints(JobID job) throws ExecutionException, InterruptedException {
        return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
    }

    /** Why the job failed last, though it may have started again since; null where it has not. */
    @Nullable
    ErrorInfo failure(JobID job) throws ExecutionException, InterruptedException {
        return cluster.getExecutionGraph(job).get().getFailureInfo();
    }

    private String cause(JobID job) throws Exception {
        ErrorInfo failure = failure(job);
        return failure == null ? "" : " because of " + JobWatch.reason(failure.getException());
    }

    /**
     * Stops the job with a savepoint.
     *
     * @param drain whether the job ends for good: every open window closes and is answered
     * @return where the savepoint is
     */
    String stop(JobID job, Path folder, boolean drain) throws Exception {
        return cluster.stopWithSavepoint(
                        job, folder.resolve("savepoints").toUri().toString(), drain, SavepointFormatType.NATIVE)
                .get(2, TimeUnit.MINUTES);
    }

    /** Waits until the job has ended; null if it has not within the time. */
    @Nullable
    JobResult awaitEnd(JobID job, Duration atMost) throws Exception {
        try {
            return cluster.requestJobResult(job).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    /** Cancels what still runs, then ends Flink. */
    @Override
    public void close() throws Exception {
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (!job.getJobState().isGloballyTerminalState()) {
                cluster.cancelJob(job.getJobId()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                awaitEnd(job.getJobId(), PATIENCE);
            }
        }
        cluster.closeAsync().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
