package io.eddy.forecast;

import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import java.time.Duration;
import java.time.Instant;

/** Whether the weights in use are of old data: of a time long before the step that they are used for. */
final class StaleWeights {
    private final long afterMillis;
    private long version;
    private Instant dataTo = Instant.EPOCH;

    /** @param afterMillis between the newest data that the weights were made of and the step; 0: no age is too old */
    StaleWeights(long afterMillis) {
        this.afterMillis = afterMillis;
    }

    /** These are in use from now on. */
    void use(Weights weights) {
        version = weights.getVersion();
        dataTo = weights.getDataTo();
    }

    /** Says so in the status of a score that is normal. Weights of no data of any time, as those that ship, have no age. */
    Score told(Score score) {
        boolean dated = afterMillis > 0 && score.getModelVersion() == version && !dataTo.equals(Instant.EPOCH);
        if (dated && score.getStatus() == Status.NORMAL) {
            long age = score.getEventTime().toEpochMilli() - dataTo.toEpochMilli();
            if (age > afterMillis) {
                score.setStatus(Status.STALE_MODEL);
                score.setStatusReason("weights " + version + " were made of data up to " + dataTo + ", more than "
                        + Duration.ofMillis(afterMillis) + " before (model.stale_after)");
            }
        }
        return score;
    }
}
