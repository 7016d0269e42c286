package io.eddy.forecast;

import io.eddy.connectors.InputOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a subtask may remember one more series: a producer whose names are new with each reading must not take the heap from all others. Counted
 * after every so many readings, so that it costs those of known series nothing.
 */
final class SeriesRoom {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesRoom.class);
    private static final int LONGEST_PAUSE = 1_000;
    /** Of the most series; by so much they may be exceeded. */
    private static final int PAUSE = 100;

    private final HeapKeyedStateBackend<?> memories;
    private final int all;
    private final int most;
    private final int pause;
    private final Counter refused;
    private int readings;
    private boolean full;

    /**
     * Of one subtask.
     *
     * @param all series that all subtasks may remember, at least 1
     * @param refused counts readings that there is no room for
     */
    SeriesRoom(HeapKeyedStateBackend<?> memories, int all, int subtasks, Counter refused) {
        this.memories = memories;
        this.all = all;
        this.refused = refused;
        most = (all + subtasks - 1) / subtasks;
        pause = Math.max(1, Math.min(LONGEST_PAUSE, most / PAUSE));
    }

    /** Whether a series that is not known has to be refused. Asked with each reading. */
    boolean isFull() {
        if (readings++ % pause == 0) {
            boolean before = full;
            full = memories.numKeyValueStateEntries() >= most;
            if (full && !before) {
                LOG.error(
                        "{}: {} series are remembered in this subtask; readings of others have status BAD_INPUT until some are forgotten",
                        InputOptions.MAX_SERIES.key(),
                        memories.numKeyValueStateEntries());
            }
        }
        return full;
    }

    /** Counts a reading that is refused, and says why. */
    String refuse() {
        refused.inc();
        return InputOptions.MAX_SERIES.key() + ": expected at most " + all + " series, found one more";
    }
}
