package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.connectors.ShadowRecord;
import io.eddy.connectors.WeightsKeys;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.jspecify.annotations.Nullable;

/** The shadow of one model in broadcast state, in the champions' map, under its own key. */
final class ShadowState {
    private final String modelId;
    private final String key;
    /** The newest version of the model that came. */
    private long newest;

    ShadowState(String modelId) {
        this.modelId = modelId;
        key = WeightsKeys.shadow(modelId);
    }

    /** Null while there is none. */
    @Nullable
    Weights in(ReadOnlyBroadcastState<String, Weights> state) throws Exception {
        return state.get(key);
    }

    /**
     * Takes a record of the topic weights. A shadow also ends when the topic no longer keeps its version: its place is another's then.
     *
     * @return whether a shadow has come, changed or ended
     */
    boolean take(Weights weights, BroadcastState<String, Weights> state) throws Exception {
        if (!weights.getModelId().equals(modelId)) {
            return false;
        }
        newest = Math.max(newest, weights.getVersion());
        Weights before = state.get(key);
        Weights now = before;
        if (ShadowRecord.is(weights)
                && (before == null || ShadowRecord.sinceMillis(weights) >= ShadowRecord.sinceMillis(before))) {
            now = ShadowRecord.share(weights) > 0 ? weights : null;
        }
        if (now != null && newest - now.getVersion() >= WeightsKeys.KEPT) {
            now = null;
        }
        if (now == before) {
            return false;
        }
        if (now == null) {
            state.remove(key);
        } else {
            state.put(key, now);
        }
        return true;
    }
}
