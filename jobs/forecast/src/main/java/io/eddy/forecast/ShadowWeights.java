package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.connectors.ShadowRecord;
import io.eddy.model.Forecaster;
import io.eddy.model.Shadow;
import io.eddy.model.network.WeightsVersion;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The weights that run beside the champion on a share of the series, if any. */
final class ShadowWeights {
    private final String modelId;
    private final Forecaster.Options options;
    private final Champion champion;
    private final ShadowState records;
    private final Logger log;
    private @Nullable Shadow current;
    /** Whether the broadcast state was asked since it changed. */
    private boolean isKnown;

    /**
     * Of one subtask.
     *
     * @param champion reads weights, and refuses what does not fit
     * @param log of what every subtask knows, see {@link Steering}
     */
    ShadowWeights(String modelId, Forecaster.Options options, Champion champion, Logger log) {
        this.log = log;
        this.modelId = modelId;
        this.options = options;
        this.champion = champion;
        records = new ShadowState(modelId);
    }

    /** Null where there is none, or none that fits. */
    @Nullable
    Shadow in(ReadOnlyBroadcastState<String, Weights> state) throws Exception {
        if (!isKnown) {
            isKnown = true;
            current = read(records.in(state));
        }
        return current;
    }

    private @Nullable Shadow read(@Nullable Weights record) {
        io.eddy.model.network.Weights weights = record == null ? null : champion.fitting(record);
        if (record == null || weights == null) {
            return null;
        }
        double share = Math.min(1, ShadowRecord.share(record));
        WeightsVersion version = new WeightsVersion(record.getVersion(), weights);
        return new Shadow(options, version, share, ShadowRecord.sinceMillis(record));
    }

    void take(Weights weights, BroadcastState<String, Weights> state) throws Exception {
        if (!records.take(weights, state)) {
            return;
        }
        isKnown = false;
        Shadow shadow = in(state);
        if (shadow == null) {
            log.info("model \"{}\" has no shadow", modelId);
        } else {
            log.info(
                    "weights {} for model \"{}\" run as a shadow",
                    shadow.version().version(),
                    modelId);
        }
    }

    /** What the shadow showed since this was asked last; null for nothing. */
    Shadow.@Nullable Sums drain() {
        return current == null ? null : current.drain();
    }
}
