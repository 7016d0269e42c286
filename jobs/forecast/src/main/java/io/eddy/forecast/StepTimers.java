package io.eddy.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.util.function.BiConsumerWithException;

/**
 * Event-time timers as one list of keys per time. The steps of all series end together, so that a list takes the place of the heap and the
 * set in which Flink keeps every single timer, and which cost more per step than the state.
 *
 * <p>Nothing here is part of a checkpoint: whoever registers timers does it again when restored. A key that registers the same time twice is
 * called twice. Processing time is Flink's.
 */
final class StepTimers implements InternalTimerService<VoidNamespace> {
    private final InternalTimerService<VoidNamespace> flinks;
    private final KeyContext keys;
    private final Triggerable<String, VoidNamespace> target;
    private final TreeMap<Long, List<String>> due = new TreeMap<>();
    /** The list that was added to last, and its time: the next timer is most often for it too. */
    private List<String> recent = List.of();

    private long recentMillis = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;
    /** Timers of the time that is called, after the one that is called. */
    private int left;

    private record Timer(String key, long millis) implements InternalTimer<String, VoidNamespace> {
        @Override
        public long getTimestamp() {
            return millis;
        }

        @Override
        public String getKey() {
            return key;
        }

        @Override
        public VoidNamespace getNamespace() {
            return VoidNamespace.INSTANCE;
        }

        @Override
        public int comparePriorityTo(InternalTimer<?, ?> other) {
            return Long.compare(millis, other.getTimestamp());
        }
    }

    StepTimers(InternalTimerService<VoidNamespace> flinks, KeyContext keys, Triggerable<String, VoidNamespace> target) {
        this.flinks = flinks;
        this.keys = keys;
        this.target = target;
    }

    @Override
    public void registerEventTimeTimer(VoidNamespace namespace, long millis) {
        if (millis != recentMillis || recent.isEmpty()) {
            recent = due.computeIfAbsent(millis, none -> new ArrayList<>());
            recentMillis = millis;
        }
        recent.add((String) keys.getCurrentKey());
    }

    /** Calls every timer up to a time, the earliest first, those of one time in the order in which they were registered. */
    void advance(long toMillis) throws Exception {
        watermark = toMillis;
        while (!due.isEmpty() && due.firstKey() <= toMillis) {
            Map.Entry<Long, List<String>> first = due.pollFirstEntry();
            recent = List.of();
            left = first.getValue().size();
            for (String key : first.getValue()) {
                left--;
                keys.setCurrentKey(key);
                target.onEventTime(new Timer(key, first.getKey()));
            }
        }
    }

    /** Whether the timer that is called is the last one of its time. */
    boolean isLast() {
        return left == 0;
    }

    @Override
    public long currentWatermark() {
        return watermark;
    }

    @Override
    public void initializeWatermark(long millis) {
        watermark = millis;
    }

    @Override
    public void deleteEventTimeTimer(VoidNamespace namespace, long millis) {
        throw new UnsupportedOperationException("timer: expected to be called, found a wish to delete it");
    }

    @Override
    public void forEachEventTimeTimer(BiConsumerWithException<VoidNamespace, Long, Exception> visitor)
            throws Exception {
        for (Map.Entry<Long, List<String>> each : due.entrySet()) {
            for (String key : each.getValue()) {
                keys.setCurrentKey(key);
                visitor.accept(VoidNamespace.INSTANCE, each.getKey());
            }
        }
    }

    @Override
    public long currentProcessingTime() {
        return flinks.currentProcessingTime();
    }

    @Override
    public void registerProcessingTimeTimer(VoidNamespace namespace, long millis) {
        flinks.registerProcessingTimeTimer(namespace, millis);
    }

    @Override
    public void deleteProcessingTimeTimer(VoidNamespace namespace, long millis) {
        flinks.deleteProcessingTimeTimer(namespace, millis);
    }

    @Override
    public void forEachProcessingTimeTimer(BiConsumerWithException<VoidNamespace, Long, Exception> visitor)
            throws Exception {
        flinks.forEachProcessingTimeTimer(visitor);
    }
}
