package io.eddy.store;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;

/** A writer outside of a job: what it is given, it writes at once. */
final class TestingWriter<T> implements AutoCloseable {
    private static final SinkWriter.Context CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public Long timestamp() {
            return 0L;
        }
    };

    private final StoreWriter<T> writer;
    private final Map<String, Gauge<?>> gauges = new HashMap<>();
    final TestProcessingTimeService clock = new TestProcessingTimeService();

    TestingWriter(StoreTable<T> table, StoreOptions options) throws Exception {
        this(table, options, StoreDatabase.PATIENCE);
    }

    TestingWriter(StoreTable<T> table, StoreOptions options, Duration patience) throws Exception {
        clock.setCurrentTime(TestingRecords.NOON.toEpochMilli());
        StoreDatabase database = new StoreDatabase(table.name(), table.upsert(), options, true, patience);
        writer = new StoreWriter<>(table, options, database, clock, new UnregisteredMetricsGroup() {
            @Override
            public <V, G extends Gauge<V>> G gauge(String name, G gauge) {
                gauges.put(name, gauge);
                return gauge;
            }
        });
    }

    /** What a gauge shows now. */
    Object gauge(String name) {
        return Objects.requireNonNull(gauges.get(name), name).getValue();
    }

    /** Writes records as one batch. */
    @SafeVarargs
    final void write(T... records) throws IOException, InterruptedException {
        gather(List.of(records));
        writer.flush(false);
    }

    /** Hands records over without a checkpoint. */
    void gather(List<T> records) throws IOException, InterruptedException {
        for (T record : records) {
            writer.write(record, CONTEXT);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
