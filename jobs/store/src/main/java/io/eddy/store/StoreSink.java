package io.eddy.store;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Rows of one table to Postgres: at least once, and once to the reader, for a row over its like changes nothing. */
final class StoreSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final StoreTable<T> table;
    private final StoreOptions options;

    StoreSink(StoreTable<T> table, StoreOptions options) {
        this.table = table;
        this.options = options;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        // One of all writers drops what is too old.
        boolean retains = table.name().equals(StoreTables.SCORES.name())
                && context.getTaskInfo().getIndexOfThisSubtask() == 0;
        return new StoreWriter<>(
                table,
                options,
                new StoreDatabase(table.name(), table.upsert(), options, retains, StoreDatabase.PATIENCE),
                context.getProcessingTimeService(),
                context.metricGroup());
    }
}
