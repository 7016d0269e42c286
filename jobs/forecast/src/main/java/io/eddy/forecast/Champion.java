package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.connectors.ShadowRecord;
import io.eddy.model.Forecaster;
import io.eddy.model.network.WeightsVersion;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The newest weights of one model that fit: kept in broadcast state, read from their bytes once per version. */
final class Champion {
    private final String modelId;
    private final Forecaster forecaster;
    private final StaleWeights stale;
    private final Counter refused;
    private final Logger log;
    private @Nullable WeightsVersion current;
    /** Version in the broadcast state that was found not to fit; 0 for none. */
    private long unfit;

    /** @param log of what every subtask knows, see {@link Steering} */
    Champion(String modelId, Forecaster forecaster, StaleWeights stale, MetricGroup metrics, Logger log) {
        this.modelId = modelId;
        this.stale = stale;
        this.log = log;
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
            // They fitted when they came, but the state may have been written under other options.
            io.eddy.model.network.Weights weights = fitting(newest);
            if (weights == null) {
                unfit = newest.getVersion();
                return null;
            }
            current = new WeightsVersion(newest.getVersion(), weights);
            stale.use(newest);
        }
        return current;
    }

    /** Takes champions of this model that are newer than what it has and that fit; refuses others, saying why. */
    void take(Weights weights, BroadcastState<String, Weights> state) throws Exception {
        boolean champion = weights.getStatus() == io.eddy.WeightsStatus.champion && !ShadowRecord.is(weights);
        if (!weights.getModelId().equals(modelId) || !champion) {
            return;
        }
        Weights known = state.get(modelId);
        if (known != null && known.getVersion() >= weights.getVersion()) {
            return;
        }
        if (fitting(weights) == null) {
            return;
        }
        state.put(modelId, weights);
        log.info("weights {} for model \"{}\" in use", weights.getVersion(), modelId);
    }

    /** The weights of a record; null where they do not fit, which is counted and logged. */
    io.eddy.model.network.@Nullable Weights fitting(Weights record) {
        String misfit;
        try {
            io.eddy.model.network.Weights weights = read(record);
            misfit = forecaster.misfit(weights);
            if (misfit == null) {
                return weights;
            }
        } catch (IllegalArgumentException e) {
            misfit = e.getMessage();
        }
        refuse(record, misfit);
        return null;
    }

    /** The weights of a record, widened to the inputs of this job. */
    private io.eddy.model.network.Weights read(Weights weights) {
        return forecaster.fitted(io.eddy.model.network.Weights.fromBytes(weights.getTensors()));
    }

    private void refuse(Weights weights, @Nullable String misfit) {
        refused.inc();
        log.error("weights {} for model \"{}\" refused: {}", weights.getVersion(), modelId, misfit);
    }
}
