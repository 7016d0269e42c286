package io.eddy.train;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import io.eddy.model.WeightsVersion;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
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
 * <p>The topic weights is the truth: a round whose parent is no longer the newest champion is thrown away. Every other round comes out,
 * a better one as the new champion, any other as rejected, with its metrics. The reservoir is not part of a checkpoint; after a restart
 * it fills again from the stream.
 */
public final class TrainFunction extends CoProcessFunction<TrainingWindow, Weights, Weights>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainFunction.class);

    private final Options options;
    private transient Training training;
    private transient ExecutorService thread;
    private transient RoundMetrics metrics;

    @SuppressWarnings("NullAway.Init") // set by initializeState
    private transient ListState<Weights> champions;

    private transient @Nullable Weights champion;
    /** The champion's weights, decoded once. */
    private transient @Nullable WeightsVersion decoded;
    /** The newest rejected version, without its tensors: its number must not be given again. */
    private transient @Nullable Weights newestRejected;

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
            if (weights.getStatus() == WeightsStatus.champion) {
                champion = weights;
            } else {
                newestRejected = weights;
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        champions.clear();
        if (champion != null) {
            champions.add(champion);
        }
        if (newestRejected != null) {
            champions.add(newestRejected);
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
        metrics = new RoundMetrics(getRuntimeContext().getMetricGroup(), training, this::version);
        if (champion != null) {
            training.published(champion.getVersion());
            decoded = decode(champion);
        }
        if (newestRejected != null) {
            training.published(newestRejected.getVersion());
        }
    }

    @Override
    public void processElement1(TrainingWindow window, Context context, Collector<Weights> out) {
        training.add(window, decoded);
        collectOutcome(out);
        if (running == null && training.isDue()) {
            running = CompletableFuture.supplyAsync(training.nextRound(decoded, trainedToMillis()), thread);
        }
    }

    private long trainedToMillis() {
        Double millis = champion == null ? null : champion.getMetrics().get(RoundRecord.TRAINED_TO);
        return millis == null ? Long.MIN_VALUE : millis.longValue();
    }

    @Override
    public void processElement2(Weights weights, Context context, Collector<Weights> out) {
        if (weights.getModelId().equals(options.get(EddyOptions.MODEL_ID))) {
            training.published(weights.getVersion());
            boolean newer = weights.getStatus() == WeightsStatus.champion && weights.getVersion() > version();
            if (newer && isReadable(weights)) {
                use(weights);
            }
        }
        collectOutcome(out);
    }

    private void use(Weights weights) {
        champion = weights;
        decoded = decode(weights);
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
            metrics.rejected();
            LOG.error("round failed, weights {} stay", version(), e);
            return;
        }
        training.ended(outcome);
        Round round = outcome.round();
        metrics.ended(outcome);
        if (outcome.parentVersion() != version()) {
            metrics.rejected();
            LOG.info("round dropped: parent expected {} (the newest), found {}", version(), outcome.parentVersion());
            return;
        }
        boolean better = round.published() && round.weights() != null;
        Weights record = RoundRecord.of(options.get(EddyOptions.MODEL_ID), training, outcome, better, Instant.now());
        if (better) {
            metrics.published();
            use(record);
            LOG.info("weights {} published: {}", version(), round.reason());
        } else {
            metrics.rejected();
            newestRejected = Weights.newBuilder(record)
                    .setTensors(ByteBuffer.allocate(0))
                    .build();
            LOG.info("round {} rejected, weights {} stay: {}", record.getVersion(), version(), round.reason());
        }
        out.collect(record);
    }

    private static WeightsVersion decode(Weights weights) {
        return new WeightsVersion(weights.getVersion(), io.eddy.model.Weights.fromBytes(weights.getTensors()));
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
