package io.eddy.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.management.JMException;
import javax.management.ObjectName;

/** What objects cost on the heap, by the sizes of those that a collection finds alive. */
final class Heap {
    /** What falls by less than this share of itself from one look to the next has settled. */
    private static final double SETTLED = 1e-3;

    private static final long BETWEEN_LOOKS_MILLIS = 1000;

    private Heap() {}

    /**
     * Bytes of all objects that are reachable, as the JVM's own histogram counts them: what the parallel collector calls used holds dead objects
     * too, which it leaves where moving the others is not worth it.
     */
    static long usedBytes() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            String[] total = histogram.stripTrailing().split("\\s+");
            return Long.parseLong(total[total.length - 1]);
        } catch (JMException e) {
            throw new IllegalStateException("heap: expected a histogram of its classes, found none", e);
        }
    }

    /** The same when it falls no more: a Flink that has ended lets go of 20 MB, its classes among them, for three seconds. */
    static long settledBytes() throws InterruptedException {
        long used = usedBytes();
        long before;
        do {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
            before = used;
            used = usedBytes();
        } while (used < (1 - SETTLED) * before);
        return used;
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
        long before = settledBytes();
        for (int k = 1; k < count; k++) {
            objects.add(maker.call());
        }
        return new Measured<>(objects, (settledBytes() - before) / (count - 1.0));
    }
}
