package io.eddy.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldModifiers;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Spans of series that people have called anomalous. */
final class Labels {
    /** From the first to the last anomalous time, both in epoch milliseconds. */
    record Span(long fromMillis, long toMillis) {}

    private final Map<String, List<Span>> spans = new HashMap<>();

    private Labels() {}

    /**
     * Reads a CSV file with the columns series, from and to, and what the input may have between its cells.
     *
     * @throws IllegalArgumentException if it cannot be read, lacks a column or holds something else than times
     */
    static Labels read(Path file) {
        Labels labels = new Labels();
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("--labels: expected a file, found no " + file);
        }
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .fieldSeparator(CsvFile.separator(file))
                .detectBomHeader(true)
                .build(NamedCsvRecordHandler.of(cells -> cells.fieldModifier(FieldModifiers.TRIM)), file)) {
            for (NamedCsvRecord row : reader) {
                labels.add(file, row);
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw new IllegalArgumentException("--labels: expected a readable file, found " + e, e);
        }
        if (labels.spans.isEmpty()) {
            throw new IllegalArgumentException(
                    "--labels: expected spans under the header series,from,to, found none in " + file);
        }
        return labels;
    }

    private void add(Path file, NamedCsvRecord row) {
        String place = file + " line " + row.getStartingLineNumber();
        String series = field(file, row, "series");
        Span span = new Span(time(place, file, row, "from"), time(place, file, row, "to"));
        if (span.fromMillis > span.toMillis) {
            throw new IllegalArgumentException(
                    place + ": to: expected no earlier than from, found " + String.join(",", row.getFields()));
        }
        spans.computeIfAbsent(series, name -> new ArrayList<>()).add(span);
    }

    private static String field(Path file, NamedCsvRecord row, String name) {
        return row.findField(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " line 1: expected the columns series, from and to, found no " + name + " in "
                                + String.join(",", row.getHeader())));
    }

    private static long time(String place, Path file, NamedCsvRecord row, String name) {
        try {
            return CsvCell.time(field(file, row, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(place + ": " + name + ": " + e.getMessage(), e);
        }
    }

    /** The series that have spans. */
    Set<String> series() {
        return new TreeSet<>(spans.keySet());
    }

    /** Spans of all series. */
    long size() {
        return spans.values().stream().mapToLong(List::size).sum();
    }

    /** Index of the first span that a step of a series touches; -1 where it touches none. Both ends, in milliseconds, are included. */
    int spanAt(String series, long fromMillis, long toMillis) {
        List<Span> own = spans.getOrDefault(series, List.of());
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).fromMillis <= toMillis && fromMillis <= own.get(i).toMillis) {
                return i;
            }
        }
        return -1;
    }
}
