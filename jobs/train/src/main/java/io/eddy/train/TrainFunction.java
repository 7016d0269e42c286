package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the rounds in a thread of its own, so that windows and checkpoints go on, and publishes what came of them.
 *
 * <p>The topic weights is the truth: a round whose parent is no longer the newest champion is thrown away. Every other round comes out,
 * a better one as the new champion, any other as rejected, with its metrics. The reservoir is not part of a checkpoint; after a restart
 * it fills again from the stream. The windows that people have spoken of are.
 */
public final class TrainFunction extends CoProcessFunction<TrainingWindow, Control, Weights>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainFunction.class);
    /** Shorter than the three minutes after which Flink ends a TaskManager whose task does not heed a cancellation. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Options options;
    private final SerializableSupplier<ExecutorService> threads;
    private transient Training training;
    private transient ExecutorService thread;
    private transient RoundMetrics metrics;

    private transient RoundEnd end;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient TrainState state;

    private transient @Nullable CompletableFuture<Training.Outcome> running;

    public TrainFunction(Options options) {
        this(options, TrainFunction::newThread);
    }

    /**
     * Creates the function.
     *
     * @param threads makes what the rounds run in, one after the other, on the machine that trains
     */
    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    public TrainFunction(Options options, SerializableSupplier<ExecutorService> threads) {
        this.options = options;
        this.threads = threads;
    }

    private static ExecutorService newThread() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "eddy-train");
            daemon.setDaemon(true);
            daemon.setPriority(Thread.MIN_PRIORITY);
            return daemon;
        });
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = TrainState.of(context.getOperatorStateStore(), options);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.save();
    }

    @Override
    public void open(OpenContext context) {
        training = new Training(options, state.labelled());
        thread = threads.get();
        thread.execute(Network::startLibrary);
        metrics = new RoundMetrics(getRuntimeContext().getMetricGroup());
        RoundMetrics.ofWindows(getRuntimeContext().getMetricGroup(), training, state.versions()::version);
        end = new RoundEnd(options, metrics);
        training.published(state.versions().newest());
    }

    @Override
    public void processElement1(TrainingWindow window, Context context, Collector<Weights> out) {
        state.add(window, training);
        collectOutcome(out);
        if (running == null && training.isDue()) {
            running = CompletableFuture.supplyAsync(
                    training.nextRound(
                            state.versions().champion(), state.versions().trainedToMillis()),
                    thread);
        }
    }

    @Override
    public void processElement2(Control control, Context context, Collector<Weights> out) {
        Weights weights = control.weights;
        state.hear(control, training);
        if (weights != null && weights.getModelId().equals(options.get(ModelOptions.MODEL_ID))) {
            training.published(weights.getVersion());
            state.versions().take(weights);
        }
        collectOutcome(out);
    }

    private void collectOutcome(Collector<Weights> out) {
        if (running == null || !running.isDone()) {
            return;
        }
        CompletableFuture<Training.Outcome> done = running;
        running = null;
        Training.Outcome outcome;
        try {
            outcome = done.join();
        } catch (CompletionException e) {
            metrics.rejected();
            LOG.error("round failed, weights {} stay", state.versions().version(), e);
            return;
        }
        training.ended(outcome);
        Weights record = end.of(outcome, state.versions().version());
        if (record == null) {
            return;
        }
        if (record.getStatus() == WeightsStatus.champion) {
            state.versions().use(record);
        } else {
            state.versions().rejected(record);
        }
        out.collect(record);
    }

    /** Waits for the batch that runs: native code must not go on where the job that started it is gone. */
    @Override
    public void close() throws InterruptedException {
        if (thread == null) {
            return;
        }
        thread.shutdownNow();
        if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("round: expected to end within {} s of the job, found it running", PATIENCE.toSeconds());
        }
    }
}
