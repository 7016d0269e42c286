package io.eddy.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The rows of all files, in memory; made by {@link CsvSource#read}. */
public final class CsvRows {
    private static final Comparator<Cursor> BY_TIME_THEN_SERIES =
            Comparator.comparingLong(Cursor::time).thenComparingInt(Cursor::rank);

    /** The next row of one series; {@code rank} is the place of its name among all. */
    private record Cursor(SeriesRows rows, int rank, int row, long time) {
        Cursor(SeriesRows rows, int rank, int row) {
            this(rows, rank, row, rows.time(row));
        }
    }

    /** By name; none is empty. */
    private final TreeMap<String, SeriesRows> bySeries;

    CsvRows(Map<String, SeriesRows> bySeries) {
        this.bySeries = new TreeMap<>(bySeries);
        this.bySeries.values().forEach(SeriesRows::sort);
    }

    /** The names of all series that have rows, in order. */
    public List<String> series() {
        return List.copyOf(bySeries.keySet());
    }

    /** Rows of all series together; asks each of them. */
    public long size() {
        return bySeries.values().stream().mapToLong(SeriesRows::size).sum();
    }

    /** Passes every row on in the order of time, then of the series' name, then of the files and their lines. */
    public void forEachInTimeOrder(Consumer<CsvSource.Row> consumer) {
        PriorityQueue<Cursor> next = new PriorityQueue<>(BY_TIME_THEN_SERIES);
        List<SeriesRows> all = new ArrayList<>(bySeries.values());
        for (int rank = 0; rank < all.size(); rank++) {
            next.add(new Cursor(all.get(rank), rank, 0));
        }
        while (!next.isEmpty()) {
            Cursor first = next.remove();
            SeriesRows rows = first.rows;
            consumer.accept(new CsvSource.Row(rows.series, first.time, rows.value(first.row)));
            if (first.row + 1 < rows.size()) {
                next.add(new Cursor(rows, first.rank, first.row + 1));
            }
        }
    }
}
