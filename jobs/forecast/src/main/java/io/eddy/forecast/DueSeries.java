package io.eddy.forecast;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Series of which something is due at the same time, in the order in which they were added, with the memories that are known of them. */
final class DueSeries {
    /** As many as are taken together. */
    static final int TOGETHER = 16;

    private String[] keys = new String[TOGETHER];
    private @Nullable PackedMemory[] memories = new PackedMemory[TOGETHER];
    private int size;
    /** Of the bytes that were read; else the JIT would leave the loads out. */
    private int sum;

    /** @param memory null where it is not known */
    void add(String key, @Nullable PackedMemory memory) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            memories = Arrays.copyOf(memories, 2 * size);
        }
        keys[size] = key;
        memories[size++] = memory;
    }

    /** Adds some of others, from one place to before another. */
    void add(DueSeries others, int from, int to) {
        for (int i = from; i < to; i++) {
            add(others.keys[i], others.memories[i]);
        }
    }

    int size() {
        return size;
    }

    String key(int i) {
        return keys[i];
    }

    /** Null where it is not known; after {@link #meet} where there is none. */
    @Nullable
    PackedMemory memory(int i) {
        return memories[i];
    }

    /** From now on none of the memories is known. */
    void forgetMemories() {
        Arrays.fill(memories, 0, size, null);
    }

    /**
     * Looks up the memories that are not known, and reads a byte of each line of the cache that they lie in. Of a hundred thousand series none is in the
     * cache any more when its step ends; the processor waits for the lines of all of them at once, where it would wait for one series after the other while
     * each is stepped.
     */
    void meet(KeptMemories kept) throws IOException {
        for (int i = 0; i < size; i++) {
            if (memories[i] == null) {
                memories[i] = kept.of(keys[i]);
            }
        }
        for (int i = 0; i < size; i++) {
            PackedMemory memory = memories[i];
            sum += memory == null ? 0 : memory.touch();
        }
    }

    void clear() {
        forgetMemories();
        size = 0;
    }
}
