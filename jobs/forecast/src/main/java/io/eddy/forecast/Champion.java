package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.model.Forecaster;
import io.eddy.model.WeightsVersion;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest weights of one model that fit: kept in broadcast state, read from their bytes once per version. */
final class Champion {
    private static final Logger LOG = LoggerFactory.getLogger(Champion.class);

    private final String modelId;
    private final Forecaster forecaster;
    private final Counter refused;
    private @Nullable WeightsVersion current;
    /** Version in the broadcast state that was found not to fit; 0 for none. */
    private long unfit;

    Champion(String modelId, Forecaster forecaster, MetricGroup metrics) {
        this.modelId = modelId;
        this.forecaster = forecaster;
        refused = metrics.counter("weights_refused");
        metrics.gauge("weights_version", () -> current == null ? 0L : current.version());
    }

    /** The weights to step with; null while there are none that fit. */
    @Nullable
    WeightsVersion in(ReadOnlyBroadcastState<String, Weights> state) throws Exception {
        Weights newest = state.get(modelId);
        if (newest == null || newest.getVersion() == unfit) {
            return null;
        }
        if (current == null || current.version() != newest.getVersion()) {
            io.eddy.model.Weights weights = read(newest);
            // They fitted when they came, but the state may have been written under other options.
            String misfit = forecaster.misfit(weights);
            if (misfit != null) {
                unfit = newest.getVersion();
                refuse(newest, misfit);
                return null;
            }
            current = new WeightsVersion(newest.getVersion(), weights);
        }
        return current;
    }

    /** Takes champions of this model that are newer than what it has and that fit; refuses others, saying why. */
    void take(Weights weights, BroadcastState<String, Weights> state) throws Exception {
        if (!weights.getModelId().equals(modelId) || weights.getStatus() != io.eddy.WeightsStatus.champion) {
            return;
        }
        Weights known = state.get(modelId);
        if (known != null && known.getVersion() >= weights.getVersion()) {
            return;
        }
        String misfit;
        try {
            misfit = forecaster.misfit(read(weights));
        } catch (IllegalArgumentException e) {
            misfit = e.getMessage();
        }
        if (misfit != null) {
            refuse(weights, misfit);
            return;
        }
        state.put(modelId, weights);
        LOG.info("weights {} for model \"{}\" in use", weights.getVersion(), modelId);
    }

    /** The weights of a record, widened to the inputs of this job. */
    private io.eddy.model.Weights read(Weights weights) {
        return forecaster.fitted(io.eddy.model.Weights.fromBytes(weights.getTensors()));
    }

    private void refuse(Weights weights, String misfit) {
        refused.inc();
        LOG.error("weights {} for model \"{}\" refused: {}", weights.getVersion(), modelId, misfit);
    }
}
