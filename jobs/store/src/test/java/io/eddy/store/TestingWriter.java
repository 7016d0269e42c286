package io.eddy.store;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.sink2.SinkWriter;
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
    final TestProcessingTimeService clock = new TestProcessingTimeService();

    TestingWriter(StoreTable<T> table, StoreOptions options) throws Exception {
        clock.setCurrentTime(TestingRecords.NOON.toEpochMilli());
        StoreDatabase database = new StoreDatabase(table.name(), table.upsert(), options, true);
        writer = new StoreWriter<>(table, options, database, clock, new UnregisteredMetricsGroup());
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
