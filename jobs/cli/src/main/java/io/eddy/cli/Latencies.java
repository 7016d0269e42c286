package io.eddy.cli;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/** Time from the arrival in Kafka of the last reading of a step to the arrival of its score, both by the broker's clock. */
final class Latencies {
    private static final int KEPT = 200_000;

    private record Step(String series, long startMillis) {}

    private final long stepMillis;
    private final ConcurrentHashMap<Step, Long> lastArrival = new ConcurrentHashMap<>();
    /** The newest ones, a ring. */
    private final int[] millis = new int[KEPT];

    private long count;

    Latencies(long stepMillis) {
        this.stepMillis = Math.max(1, stepMillis);
    }

    void arrived(String series, long eventMillis, long atMillis) {
        long start = eventMillis - Math.floorMod(eventMillis, stepMillis);
        lastArrival.merge(new Step(series, start), atMillis, Math::max);
    }

    synchronized void scored(String series, long startMillis, long atMillis) {
        Long arrival = lastArrival.remove(new Step(series, startMillis));
        if (arrival != null) {
            millis[(int) (count++ % KEPT)] = (int) Math.max(0, atMillis - arrival);
        }
    }

    /** The latency below which the given share of steps stays, in milliseconds; 0 before the first. */
    synchronized int quantile(double share) {
        int n = (int) Math.min(count, KEPT);
        if (n == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(millis, n);
        Arrays.sort(sorted);
        return sorted[Math.min(n - 1, (int) Math.ceil(share * n) - 1)];
    }
}
