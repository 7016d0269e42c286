package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.connectors.Fields;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import java.io.Serializable;
import java.util.List;

/**
 * Says which series are gone, so that their memories need not stay for ever: those of which nothing was heard for a long time. All are looked at
 * each time an eighth of it has passed by the watermark, and with the first one, for the time of the last look is not part of a checkpoint.
 */
final class GoneSeries implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long LOOKS = 8;

    private final long afterMillis;
    private final long stepMillis;
    private transient boolean looked;
    private transient long nextMillis;

    /**
     * @param afterMillis event time since the end of the newest step; 0: no series is ever gone
     * @param stepMillis length of a step; 0: a step is a moment
     */
    GoneSeries(long afterMillis, long stepMillis) {
        this.afterMillis = afterMillis;
        this.stepMillis = stepMillis;
    }

    /** Whether it is time to look at all series; the end of a bounded input is none. */
    boolean isDue(long watermarkMillis) {
        if (afterMillis == 0 || watermarkMillis == Long.MAX_VALUE || (looked && watermarkMillis < nextMillis)) {
            return false;
        }
        looked = true;
        nextMillis = watermarkMillis + Math.max(1, afterMillis / LOOKS);
        return true;
    }

    /** Whether a series is gone. */
    boolean isGone(PackedMemory series, long watermarkMillis) {
        return series.inbox().open().isIdle(series.inbox().lastMillis(), watermarkMillis - afterMillis, stepMillis);
    }

    /** The close of the event that a series leaves open, that of its silence most often. */
    static List<Event> closed(String key, String target, Memory series) {
        Incident incident = series.incident();
        return Records.events(
                Fields.series(key), target, incident.isOpen() ? Incident.Change.CLOSE : Incident.Change.NONE, incident);
    }
}
