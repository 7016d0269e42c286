package io.eddy.train;

import io.eddy.Weights;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.model.network.Architecture;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what became of a round: in the log, in the metrics, and as the record for the topic weights. */
final class RoundEnd {
    private static final Logger LOG = LoggerFactory.getLogger(RoundEnd.class);

    private final String modelId;
    private final Architecture architecture;
    private final RoundMetrics metrics;

    RoundEnd(Options options, RoundMetrics metrics) {
        modelId = options.get(ModelOptions.MODEL_ID);
        architecture = NetworkShape.of(options);
        this.metrics = metrics;
    }

    /**
     * The record of a round.
     *
     * @param champion version of the newest champion now
     * @return null if the round's parent is no longer the newest champion: the topic is the truth
     */
    @Nullable
    Weights of(Training.Outcome outcome, long champion) {
        Round round = outcome.round();
        metrics.ended(outcome);
        if (outcome.parentVersion() != champion) {
            metrics.rejected();
            LOG.info("round dropped: parent expected {} (the newest), found {}", champion, outcome.parentVersion());
            return null;
        }
        boolean better = round.published() && round.weights() != null;
        Weights record = RoundRecord.of(modelId, architecture, outcome, better, Instant.now());
        if (better) {
            metrics.published();
            LOG.info("weights {} published: {}", record.getVersion(), round.reason());
        } else {
            metrics.rejected();
            LOG.info("round {} rejected, weights {} stay: {}", record.getVersion(), champion, round.reason());
        }
        return record;
    }
}
