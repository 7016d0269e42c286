package io.eddy.train;

import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import io.eddy.model.Architecture;
import io.eddy.model.Forecaster;
import io.eddy.model.Quantiles;
import io.eddy.model.Weights;
import io.eddy.model.WeightsVersion;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Windows come in, rounds fall due by their count, and a round works on what was in the reservoir when it began. */
public final class Training {
    private static final double HELD_OUT_SHARE = 0.2;
    private static final double MIN_IMPROVEMENT = 0.002;

    /**
     * A round that has ended.
     *
     * @param parentVersion the version it went on from, 0: none
     * @param fromMillis event time of the oldest window
     * @param toMillis event time of the newest window
     */
    public record Outcome(Round round, long parentVersion, long fromMillis, long toMillis) {}

    private final String modelId;
    private final Architecture architecture;
    private final Trainer trainer;
    private final int roundWindows;
    private final int capacity;
    private final Reservoir reservoir;
    private long seen;
    private long seenAtLastRound;
    private long rounds;
    /** The newest candidate, rejected or not: without a champion its training is not lost. */
    private @Nullable Weights draft;

    public Training(Options options) {
        modelId = options.get(EddyOptions.MODEL_ID);
        architecture = new Architecture(
                Forecaster.inputs(),
                options.get(EddyOptions.HIDDEN),
                options.get(EddyOptions.LAYERS),
                options.get(EddyOptions.HORIZON),
                Quantiles.COUNT);
        trainer = new Trainer(
                architecture,
                new Trainer.Options(
                        options.get(EddyOptions.BATCHES),
                        options.get(EddyOptions.BATCH_SIZE),
                        options.get(EddyOptions.LEARNING_RATE),
                        MIN_IMPROVEMENT,
                        options.get(EddyOptions.SEED)));
        roundWindows = options.get(EddyOptions.ROUND_WINDOWS);
        capacity = options.get(EddyOptions.RESERVOIR);
        reservoir = new Reservoir(capacity);
    }

    public void add(TrainingWindow window) {
        reservoir.add(window);
        seen++;
    }

    /** Whether enough windows are new; rounds come less often as the stream grows, down to one per reservoir. */
    public boolean isDue() {
        long wanted = Math.max(roundWindows, Math.min(seen / 4, capacity));
        return seen - seenAtLastRound >= wanted;
    }

    /**
     * Prepares a round on the windows of this moment; the result may be called in another thread while windows are added here.
     *
     * @param parent weights to go on from; where there are none, or of another shape, the round goes on from the last candidate, the
     *     first one from random ones
     */
    public Supplier<Outcome> nextRound(@Nullable WeightsVersion parent) {
        seenAtLastRound = seen;
        Reservoir.Split split = reservoir.split(HELD_OUT_SHARE);
        List<TrainingWindow> all = reservoir.windows();
        long parentVersion = parent == null ? 0 : parent.version();
        Weights champion =
                parent != null && parent.weights().architecture().equals(architecture) ? parent.weights() : null;
        Weights start = champion == null ? draft : champion;
        rounds++;
        long number = rounds;
        return () -> new Outcome(
                trainer.train(champion, start, number, split),
                parentVersion,
                all.get(0).endMillis(),
                all.get(all.size() - 1).endMillis());
    }

    /** Takes note of a round that has ended. */
    public void ended(Outcome outcome) {
        draft = outcome.round().weights();
    }

    /** The record of a round that is published: the parent's version plus 1. */
    public io.eddy.Weights record(Outcome outcome, Weights weights, Instant now) {
        return io.eddy.Weights.newBuilder()
                .setModelId(modelId)
                .setVersion(outcome.parentVersion() + 1)
                .setParentVersion(outcome.parentVersion())
                .setCreatedAt(now)
                .setStatus(io.eddy.WeightsStatus.champion)
                .setArchitecture("lstm inputs=" + architecture.inputs() + " hidden=" + architecture.hidden()
                        + " layers=" + architecture.layers() + " horizon=" + architecture.horizon()
                        + " quantiles=" + architecture.quantiles())
                .setTensors(ByteBuffer.wrap(weights.toBytes()))
                .setMetrics(metrics(outcome.round()))
                .setDataFrom(Instant.ofEpochMilli(outcome.fromMillis()))
                .setDataTo(Instant.ofEpochMilli(outcome.toMillis()))
                .setTrainer("eddy train job")
                .build();
    }

    private static Map<String, Double> metrics(Round round) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train_pinball", round.trainLoss());
        metrics.put("base_median_loss", round.base().medianLoss());
        if (round.candidate() != null) {
            metrics.put("pinball", round.candidate().pinball());
            metrics.put("median_loss", round.candidate().medianLoss());
            metrics.put("coverage_95", round.candidate().coverage());
        }
        if (round.parent() != null) {
            metrics.put("parent_pinball", round.parent().pinball());
        }
        metrics.put("training_windows", (double) round.trainingWindows());
        metrics.put("held_out_windows", (double) round.heldOutWindows());
        return metrics;
    }
}
