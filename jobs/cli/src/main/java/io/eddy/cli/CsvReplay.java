package io.eddy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** CSV files on one partition, so that the order of their times is kept however fast they are read. */
final class CsvReplay implements Replay {
    private final List<CsvSource.BadRow> badRows = new ArrayList<>();
    private final CsvRows rows;
    private volatile long now;

    CsvReplay(CsvSource source) {
        rows = source.read(badRows::add);
    }

    @Override
    public void run(ReadingProducer producer, BooleanSupplier stop) {
        badRows.forEach(producer::reject);
        rows.forEachInTimeOrder(row -> {
            if (!stop.getAsBoolean()) {
                producer.send(row.series(), row.timeMillis(), row.value(), Map.of());
                now = row.timeMillis();
            }
        });
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public long stepMillis() {
        return 0;
    }

    @Override
    public long outOfOrdernessMillis() {
        return 0;
    }

    @Override
    public String describe() {
        return rows.size() + " rows of " + rows.series().size() + " series from files";
    }

    @Override
    public List<Fault> faultsUntil(long timeMillis) {
        return List.of();
    }

    @Override
    public long nowMillis() {
        return now;
    }
}
