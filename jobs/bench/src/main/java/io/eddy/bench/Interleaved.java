package io.eddy.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of pieces of work, measured in turns (A B A B), so that whatever else the machine does strikes all sides alike.
 *
 * <p>CPU time is that of the measuring thread: work in other threads is not seen.
 */
final class Interleaved {

    /** A piece of work that takes a fraction of a second. */
    interface Work {
        /** Runs once and gives the number of operations done. */
        long run() throws Exception;
    }

    private final Map<String, Work> sides = new LinkedHashMap<>();

    Interleaved side(String name, Work work) {
        sides.put(name, work);
        return this;
    }

    /**
     * CPU microseconds per operation of every side.
     *
     * @param warmUps rounds that do not count
     * @param rounds rounds that count
     */
    Map<String, Spread> microsPerOperation(int warmUps, int rounds) throws Exception {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round < warmUps + rounds; round++) {
            for (Map.Entry<String, Work> side : sides.entrySet()) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                long operations = side.getValue().run();
                long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
                if (round >= warmUps) {
                    times.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                            .add(nanos / 1000.0 / operations);
                }
            }
        }
        Map<String, Spread> spreads = new LinkedHashMap<>();
        times.forEach((name, values) -> spreads.put(
                name, Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return spreads;
    }
}
