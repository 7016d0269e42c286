package io.eddy.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** What this process has spent up to a moment: CPU time of all its threads, and time in which collections stopped or slowed it. */
record Spent(long wallNanos, long cpuNanos, long collectingMillis) {
    static Spent now() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return new Spent(System.nanoTime(), system.getProcessCpuTime(), collecting);
    }

    Spent since(Spent earlier) {
        return new Spent(
                wallNanos - earlier.wallNanos,
                cpuNanos - earlier.cpuNanos,
                collectingMillis - earlier.collectingMillis);
    }
}
