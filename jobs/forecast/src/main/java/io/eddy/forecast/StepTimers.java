package io.eddy.forecast;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.util.function.BiConsumerWithException;
import org.jspecify.annotations.Nullable;

/**
 * Event-time timers as one list of series per time. The steps of all series end together, so that a list takes the place of the heap and the
 * set in which Flink keeps every single timer, and which cost more per step than the state. Series of which something is due at the same time are
 * called together, a few at once: the timer names the first of them, {@link #called} has all.
 *
 * <p>Nothing here is part of a checkpoint: whoever registers timers does it again when restored. A key that registers the same time twice is
 * called twice. Processing time is Flink's.
 */
final class StepTimers implements InternalTimerService<VoidNamespace> {
    private final InternalTimerService<VoidNamespace> flinks;
    private final KeyContext keys;
    private final Triggerable<String, VoidNamespace> target;
    private final TreeMap<Long, DueSeries> due = new TreeMap<>();
    private final DueSeries called = new DueSeries();
    /** Series that were asked at the time whose timers are called; a whole fleet may be silent at once. */
    private Set<String> asked = new HashSet<>();

    /** The list that was added to last, and its time: the next timer is most often for it too. */
    private @Nullable DueSeries recent;

    private long recentMillis = Long.MIN_VALUE;
    private long watermark = Long.MIN_VALUE;

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
        register(millis, (String) keys.getCurrentKey(), null);
    }

    /**
     * Whether a series is asked at the time of the call, as its timers of different origin may come to, for the first time. For of memories that are no
     * longer where they were found, as those of RocksDB, the second would not know of the first.
     */
    boolean isFirst(String key) {
        return asked.add(key);
    }

    /** @param memory of the series with this key, which must not be given up before; null where it is not known */
    void register(long millis, String key, @Nullable PackedMemory memory) {
        DueSeries list = recent;
        if (list == null || millis != recentMillis) {
            list = due.computeIfAbsent(millis, none -> new DueSeries());
            recent = list;
            recentMillis = millis;
        }
        list.add(key, memory);
    }

    /** The memories that are known are not those that are kept any more. */
    void forgetMemories() {
        due.values().forEach(DueSeries::forgetMemories);
    }

    /** Calls every timer up to a time, the earliest first, those of one time in the order in which they were registered. */
    void advance(long toMillis) throws Exception {
        watermark = toMillis;
        while (!due.isEmpty() && due.firstKey() <= toMillis) {
            Map.Entry<Long, DueSeries> first = due.pollFirstEntry();
            recent = null;
            DueSeries series = first.getValue();
            for (int from = 0; from < series.size(); from += DueSeries.TOGETHER) {
                called.clear();
                called.add(series, from, Math.min(from + DueSeries.TOGETHER, series.size()));
                target.onEventTime(new Timer(series.key(from), first.getKey()));
            }
            if (!asked.isEmpty()) {
                asked = new HashSet<>();
            }
        }
        called.clear();
    }

    /** The series whose timers are called now. */
    DueSeries called() {
        return called;
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
        for (Map.Entry<Long, DueSeries> each : due.entrySet()) {
            for (int i = 0; i < each.getValue().size(); i++) {
                keys.setCurrentKey(each.getValue().key(i));
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
