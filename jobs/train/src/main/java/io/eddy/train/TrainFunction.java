package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import io.eddy.model.WeightsVersion;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the rounds in a thread of its own, so that windows and checkpoints go on, and publishes what came of them.
 *
 * <p>The topic weights is the truth: a round whose parent is no longer the newest version is thrown away. The reservoir is not part
 * of a checkpoint; after a restart it fills again from the stream.
 */
public final class TrainFunction extends CoProcessFunction<TrainingWindow, Weights, Weights>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainFunction.class);

    private final Options options;
    private transient Training training;
    private transient ExecutorService thread;
    private transient Counter published;
    private transient Counter rejected;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient ListState<Weights> champions;

    private transient @Nullable Weights champion;
    private transient @Nullable CompletableFuture<Training.Outcome> running;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState and open before anything else
    public TrainFunction(Options options) {
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        champions = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("champion", new AvroTypeInfo<>(Weights.class)));
        for (Weights weights : champions.get()) {
            champion = weights;
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        champions.clear();
        if (champion != null) {
            champions.add(champion);
        }
    }

    @Override
    public void open(OpenContext context) {
        training = new Training(options);
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "eddy-train");
            daemon.setDaemon(true);
            daemon.setPriority(Thread.MIN_PRIORITY);
            return daemon;
        });
        thread.execute(Network::startLibrary);
        published = getRuntimeContext().getMetricGroup().counter("rounds_published");
        rejected = getRuntimeContext().getMetricGroup().counter("rounds_rejected");
        getRuntimeContext()
                .getMetricGroup()
                .gauge("weights_version", () -> champion == null ? 0L : champion.getVersion());
    }

    @Override
    public void processElement1(TrainingWindow window, Context context, Collector<Weights> out) {
        training.add(window);
        collectOutcome(out);
        if (running == null && training.isDue()) {
            running = CompletableFuture.supplyAsync(training.nextRound(decode(champion)), thread);
        }
    }

    @Override
    public void processElement2(Weights weights, Context context, Collector<Weights> out) {
        boolean ours = weights.getModelId().equals(options.get(EddyOptions.MODEL_ID))
                && weights.getStatus() == WeightsStatus.champion;
        if (ours && weights.getVersion() > version() && isReadable(weights)) {
            champion = weights;
        }
        collectOutcome(out);
    }

    /** Anyone may write to the topic: what cannot be read must not end the job at the next round. */
    private static boolean isReadable(Weights weights) {
        try {
            decode(weights);
            return true;
        } catch (IllegalArgumentException e) {
            LOG.error("weights {} passed over: {}", weights.getVersion(), e.getMessage());
            return false;
        }
    }

    private long version() {
        return champion == null ? 0 : champion.getVersion();
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
            rejected.inc();
            LOG.error("round failed, weights {} stay", version(), e);
            return;
        }
        training.ended(outcome);
        Round round = outcome.round();
        if (outcome.parentVersion() != version()) {
            rejected.inc();
            LOG.info("round dropped: parent expected {} (the newest), found {}", version(), outcome.parentVersion());
        } else if (!round.published() || round.weights() == null) {
            rejected.inc();
            LOG.info("round rejected, weights {} stay: {}", version(), round.reason());
        } else {
            published.inc();
            champion = training.record(outcome, round.weights(), Instant.now());
            LOG.info("weights {} published: {}", version(), round.reason());
            out.collect(champion);
        }
    }

    private static @Nullable WeightsVersion decode(@Nullable Weights weights) {
        return weights == null
                ? null
                : new WeightsVersion(weights.getVersion(), io.eddy.model.Weights.fromBytes(weights.getTensors()));
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
