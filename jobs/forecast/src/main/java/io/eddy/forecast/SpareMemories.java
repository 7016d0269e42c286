package io.eddy.forecast;

import io.eddy.model.Memory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The memories of series that were stepped and packed, whose objects the next series are unpacked into: of each some thirty, 3 kB together. */
final class SpareMemories {
    private final Deque<Memory> spares = new ArrayDeque<>();

    /** The memory of a series, until it is {@link #add}ed. */
    Memory unpack(PackedMemory kept) throws IOException {
        return kept.unpack(spares.poll());
    }

    /** Takes one that has been packed; of the full tier it stays what it is. */
    void add(Memory packed) {
        if (!packed.isHeavy()) {
            spares.push(packed);
        }
    }
}
