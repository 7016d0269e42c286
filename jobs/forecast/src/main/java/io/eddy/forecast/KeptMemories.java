package io.eddy.forecast;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The memories of the series of one subtask, in Flink's keyed state. A state backend on the heap hands out the very object that it keeps, and another in
 * its place once a checkpoint has begun; so until then a memory that was found is changed where it is, and need not be looked up again.
 */
final class KeptMemories {
    private final KeyContext keys;
    private final ValueState<PackedMemory> state;
    private final boolean onHeap;

    /**
     * @param keys switches the key whose memory the state is
     * @param onHeap whether the state keeps what it hands out
     */
    KeptMemories(KeyContext keys, ValueState<PackedMemory> state, boolean onHeap) {
        this.keys = keys;
        this.state = state;
        this.onHeap = onHeap;
    }

    /** The memory of a series; null where there is none. */
    @Nullable
    PackedMemory of(String key) throws IOException {
        keys.setCurrentKey(key);
        return state.value();
    }

    /** One that was found, which is the one that is kept until a checkpoint begins; null where it has to be looked up each time. */
    @Nullable
    PackedMemory known(PackedMemory found) {
        return onHeap ? found : null;
    }

    /** Keeps what has become of one that was found. */
    void keep(String key, PackedMemory found) throws IOException {
        if (!onHeap) {
            keys.setCurrentKey(key);
            state.update(found);
        }
    }
}
