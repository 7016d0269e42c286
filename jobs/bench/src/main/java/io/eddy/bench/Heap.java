package io.eddy.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What objects cost on the heap, by what is left in use after a full collection. */
final class Heap {
    private Heap() {}

    /** Bytes in use by objects that are reachable. */
    static long usedBytes() {
        // The first collection makes weak and finalisable objects go, the second what they held.
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Objects and what one of them takes. */
    record Measured<T>(List<T> objects, double bytesEach) {}

    /**
     * Makes objects and weighs them, the first apart: what is loaded and shared comes with it.
     *
     * @param count at least 2, and enough that their sum stands out from what else changes, some megabytes
     */
    static <T> Measured<T> weigh(int count, Callable<T> maker) throws Exception {
        List<T> objects = new ArrayList<>(count);
        objects.add(maker.call());
        long before = usedBytes();
        for (int k = 1; k < count; k++) {
            objects.add(maker.call());
        }
        return new Measured<>(objects, (usedBytes() - before) / (count - 1.0));
    }
}
