package io.eddy.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers rows and writes them: when the batch is full, when a row has waited long enough, and before each checkpoint.
 *
 * <p>While the database is in trouble the writer waits and tries again, for as long as it takes: the topics keep what comes. Of
 * several rows with one key within a batch the newest is written; a statement must not touch a row twice.
 */
final class StoreWriter<T> implements SinkWriter<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final StoreTable<T> table;
    private final StoreOptions options;
    private final StoreDatabase database;
    private final ProcessingTimeService clock;
    private final Map<List<@Nullable Object>, @Nullable Object[]> rows = new LinkedHashMap<>();
    private final Counter stored;
    private final Counter refused;
    private final Counter expired;
    private final Counter retries;
    private boolean scheduled;
    private volatile boolean waiting;

    StoreWriter(
            StoreTable<T> table,
            StoreOptions options,
            StoreDatabase database,
            ProcessingTimeService clock,
            MetricGroup metrics) {
        this.table = table;
        this.options = options;
        this.database = database;
        this.clock = clock;
        stored = metrics.counter("rows_stored");
        refused = metrics.counter("rows_refused");
        expired = metrics.counter("rows_expired");
        retries = metrics.counter("store_retries");
        metrics.gauge("store_waiting", () -> waiting ? 1 : 0);
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        @Nullable Object[] row = table.row(element);
        if (isExpired(row)) {
            expired.inc();
            return;
        }
        rows.merge(table.key(row), row, (old, young) -> time(old).isAfter(time(young)) ? old : young);
        if (rows.size() >= options.batchRows()) {
            flush(false);
        } else if (!scheduled) {
            scheduled = true;
            clock.registerTimer(clock.getCurrentProcessingTime() + options.flushMillis(), now -> {
                scheduled = false;
                flush(false);
            });
        }
    }

    private boolean isExpired(@Nullable Object[] row) {
        return !options.keepsAll()
                && time(row).toInstant().toEpochMilli()
                        < clock.getCurrentProcessingTime() - options.retention().toMillis();
    }

    private OffsetDateTime time(@Nullable Object[] row) {
        if (row[table.timeColumn()] instanceof OffsetDateTime time) {
            return time;
        }
        throw new IllegalStateException(table.name() + ": expected a row with a time, found none");
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (!rows.isEmpty()) {
            store(new ArrayList<>(rows.values()));
            rows.clear();
        }
    }

    /** Returns when each of the rows is stored or refused. */
    private void store(List<@Nullable Object[]> batch) throws IOException, InterruptedException {
        for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
            try {
                database.write(batch, table.partitioned() ? days(batch) : List.of());
                stored.inc(batch.size());
                waiting = false;
                return;
            } catch (SQLException e) {
                if (StoreFault.of(e) == StoreFault.ROW) {
                    waiting = false;
                    refuse(batch, e);
                    return;
                }
                retries.inc();
                waiting = true;
                LOG.warn(
                        "table {}: {} rows wait, tried again in {} ms: {}",
                        table.name(),
                        batch.size(),
                        wait,
                        StoreFault.words(e));
                Thread.sleep(wait);
            } catch (StoreSetupException e) {
                LOG.error(e.getMessage());
                throw e;
            }
        }
    }

    /** The first row of each day of the batch stands for the partition. */
    private List<OffsetDateTime> days(List<@Nullable Object[]> batch) {
        return List.copyOf(batch.stream()
                .map(this::time)
                .collect(Collectors.toMap(OffsetDateTime::toLocalDate, time -> time, (one, other) -> one))
                .values());
    }

    /** One row is at fault, nobody knows which: the halves are tried, and their halves, until it stands alone. */
    private void refuse(List<@Nullable Object[]> batch, SQLException e) throws IOException, InterruptedException {
        if (batch.size() > 1) {
            store(batch.subList(0, batch.size() / 2));
            store(batch.subList(batch.size() / 2, batch.size()));
        } else {
            refused.inc();
            LOG.error(
                    "table {}: row {} not stored: {}",
                    table.name(),
                    Arrays.toString(batch.get(0)),
                    StoreFault.words(e));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
