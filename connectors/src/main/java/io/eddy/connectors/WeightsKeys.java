package io.eddy.connectors;

import io.eddy.Weights;

/**
 * The keys of the compacted topic weights: the model's name alone for the champion, which is all that a job needs that starts later;
 * with a number for each of the last versions, so that nothing that was rejected or superseded hides the champion.
 */
public final class WeightsKeys {
    /** Versions of a model that the topic keeps at least. */
    public static final int KEPT = 64;

    private WeightsKeys() {}

    /** {@code model_id/n}, n counting up to 63 and then from 0 again, so that compaction bounds the topic. */
    public static String version(Weights weights) {
        return weights.getModelId() + "/" + weights.getVersion() % KEPT;
    }

    /** {@code model_id/shadow}: the last word on the model's shadow, see {@link ShadowRecord}. */
    public static String shadow(String modelId) {
        return modelId + "/shadow";
    }
}
