package io.eddy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Reads the CPU clocks when the first and the last counted record come out of a pipeline in this process. One run at a time.
 *
 * <p>Threads of sources ("Source: …") are told apart, since what they cost is the benchmark's own doing.
 */
final class Marks {
    private static Marks current = new Marks(0, 0);

    private final long first;
    private final long last;
    private long count;
    private volatile boolean over;
    private Reading start = new Reading(0, 0, 0);
    private Reading end = new Reading(0, 0, 0);

    private record Reading(long tasks, long process, long wall) {}

    private Marks(long first, long last) {
        this.first = first;
        this.last = last;
    }

    /** Begins a run in which records number first to last are measured. */
    static Marks begin(long first, long last) {
        current = new Marks(first, last);
        return current;
    }

    /** A record has come out. Called by one thread only. */
    static void record() {
        Marks marks = current;
        marks.count++;
        if (marks.count == marks.first) {
            marks.start = now();
        } else if (marks.count == marks.last) {
            marks.end = now();
            marks.over = true;
        }
    }

    /** Whether the last of the measured records has come out. */
    boolean isOver() {
        return over;
    }

    private static Reading now() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long tasks = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            // Flink names the thread of a task "name (1/1)#0".
            if (info != null
                    && info.getThreadName().matches(".*\\(\\d+/\\d+\\)#\\d+$")
                    && !info.getThreadName().startsWith("Source")) {
                tasks += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Reading(tasks, system.getProcessCpuTime(), System.nanoTime());
    }

    /** CPU microseconds of all tasks but the sources, per record. */
    double taskMicros() {
        return per(end.tasks - start.tasks);
    }

    /** CPU microseconds of the whole process, per record: source, compiler and garbage collector too. */
    double processMicros() {
        return per(end.process - start.process);
    }

    /** Records per second by the clock on the wall. */
    double perSecond() {
        return 1e6 / per(end.wall - start.wall);
    }

    private double per(long nanos) {
        if (!over) {
            throw new IllegalStateException("records: expected " + last + " to come out, found " + count);
        }
        return nanos / 1000.0 / (last - first);
    }
}
