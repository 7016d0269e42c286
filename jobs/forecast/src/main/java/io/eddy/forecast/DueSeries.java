package io.eddy.forecast;

import java.util.Arrays;

/** Series of which something is due at the same time, as many as are taken together, with the memories that were found of them. */
final class DueSeries {
    private static final int MOST = 16;

    private final String[] keys = new String[MOST];
    private final PackedMemory[] memories = new PackedMemory[MOST];
    private int size;
    /** Of what was {@link #touch}ed; else the JIT would leave the loads out. */
    private int sum;

    void add(String key, PackedMemory memory) {
        keys[size] = key;
        memories[size++] = memory;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MOST;
    }

    String key(int i) {
        return keys[i];
    }

    PackedMemory memory(int i) {
        return memories[i];
    }

    /**
     * Reads a byte of each line of the cache that the memories lie in. Of a hundred thousand series none is in the cache any more when its step ends; the
     * processor waits for the lines of all of them at once, where it would wait for one series after the other while each is stepped.
     */
    void touch() {
        for (int i = 0; i < size; i++) {
            sum += memories[i].touch();
        }
    }

    void clear() {
        Arrays.fill(memories, 0, size, null);
        size = 0;
    }
}
