package io.eddy.train;

import io.eddy.WeightsStatus;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of a round, as the record that goes to the topic weights: the champion's, or a rejected candidate's. */
final class RoundRecord {
    /** Metric: event time of the newest window that was trained on, epoch milliseconds. */
    static final String TRAINED_TO = "trained_to_ms";

    private RoundRecord() {}

    /**
     * The record of a round.
     *
     * @param architecture that of the weights
     * @param published whether the candidate becomes the champion
     */
    static io.eddy.Weights of(
            String modelId, Architecture architecture, Training.Outcome outcome, boolean published, Instant now) {
        Round round = outcome.round();
        Weights weights = round.weights();
        return io.eddy.Weights.newBuilder()
                .setModelId(modelId)
                .setVersion(outcome.version())
                .setParentVersion(outcome.parentVersion())
                .setCreatedAt(now)
                .setStatus(published ? WeightsStatus.champion : WeightsStatus.rejected)
                .setArchitecture(architecture.text())
                .setTensors(ByteBuffer.wrap(weights == null ? new byte[0] : weights.toBytes()))
                .setMetrics(metrics(outcome))
                .setDataFrom(Instant.ofEpochMilli(outcome.fromMillis()))
                .setDataTo(Instant.ofEpochMilli(outcome.toMillis()))
                .setTrainer("eddy train job, round by "
                        + outcome.trigger().name().toLowerCase(Locale.ROOT) + ": " + round.reason())
                .build();
    }

    private static Map<String, Double> metrics(Training.Outcome outcome) {
        Round round = outcome.round();
        Map<String, Double> metrics = new TreeMap<>();
        put(metrics, "train_pinball", round.trainLoss());
        put(metrics, "base_pinball", round.base().pinball());
        put(metrics, "base_median_loss", round.base().medianLoss());
        judged(metrics, "", round.candidate());
        if (round.candidate() != null) {
            put(metrics, "median_loss", round.candidate().medianLoss());
            put(metrics, "coverage_95", round.candidate().coverage());
            put(metrics, "saturated_gates", round.candidate().saturatedGates());
        }
        judged(metrics, "parent_", round.parent());
        if (round.parent() != null) {
            put(metrics, "gain_standard_errors", round.gain());
        }
        for (Forgetting known : round.forgetting()) {
            judged(metrics, known.what() + "_", known.candidate());
            judged(metrics, known.what() + "_parent_", known.parent());
            put(metrics, known.what() + "_ratio", known.ratio());
            put(metrics, known.what() + "_gain_standard_errors", known.gain());
        }
        put(metrics, "training_windows", round.trainingWindows());
        put(metrics, "held_out_windows", round.heldOutWindows());
        put(metrics, "left_out_anomalous", outcome.leftOutAnomalous());
        put(metrics, "left_out_missing", outcome.leftOutMissing());
        put(metrics, "trainers", round.trainers());
        put(metrics, "trainers_lost", round.trainersLost());
        put(metrics, "round_seconds", outcome.seconds());
        put(metrics, "diverged", round.diverged() ? 1 : 0);
        if (outcome.trainedToMillis() != Long.MIN_VALUE) {
            put(metrics, TRAINED_TO, outcome.trainedToMillis());
        }
        if (round.classification() != null) {
            round.classification().metrics().forEach((name, value) -> put(metrics, name, value));
        }
        epochs(metrics, round.epochs());
        return metrics;
    }

    private static void judged(Map<String, Double> metrics, String prefix, @Nullable Judgement judgement) {
        if (judgement != null) {
            put(metrics, prefix + "pinball", judgement.pinball());
            judgement
                    .families()
                    .forEach((family, loss) -> put(metrics, "family/" + family + "/" + prefix + "pinball", loss));
        }
    }

    private static void epochs(Map<String, Double> metrics, List<Epoch> epochs) {
        for (int k = 0; k < epochs.size(); k++) {
            Epoch epoch = epochs.get(k);
            String name = String.format(Locale.ROOT, "epoch_%02d_", k + 1);
            put(metrics, name + "train_loss", epoch.trainLoss());
            put(metrics, name + "validation_loss", epoch.validationLoss());
            put(metrics, name + "gradient_norm", epoch.gradientNorm());
            put(metrics, name + "clipped_norm", epoch.clippedNorm());
            put(metrics, name + "saturated_gates", epoch.saturatedGates());
            put(metrics, name + "learning_rate", epoch.learningRate());
        }
    }

    /** What is no number is left out. */
    private static void put(Map<String, Double> metrics, String name, double value) {
        if (Double.isFinite(value)) {
            metrics.put(name, value);
        }
    }
}
