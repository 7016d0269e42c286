package io.eddy.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Which column of a CSV file means what.
 *
 * @param header the names as they stand, trimmed
 * @param time column of the time
 * @param series column of the series' name; -1: each value column has its own
 * @param values at least one
 */
record CsvLayout(List<String> header, int time, int series, List<ValueColumn> values) {
    private static final int NONE = -1;
    private static final int MOST_SHOWN = 120;
    private static final String NAMES =
            "; --time-column, --value-column and --series-column name others, and with --wide every numeric"
                    + " column is a series";

    /** Between series and field where there are several fields. */
    private static final char SEPARATOR = '\0';

    /**
     * A column with values.
     *
     * @param series what they belong to when no column names the series
     * @param field what stands behind the series' name: nothing, or a field
     */
    record ValueColumn(int column, String series, String field) {}

    /**
     * A column of values for each field.
     *
     * @param file what the values belong to when no column names the series
     */
    static CsvLayout ofLong(List<String> header, String file, CsvColumns columns) {
        List<String> fields = columns.values();
        int time = timeColumn(header, columns);
        int series = find(header, columns.seriesOrUsual());
        boolean lacksSeries = columns.series() != null && series == NONE;
        if (time == NONE || lacksSeries || fields.stream().anyMatch(field -> find(header, field) == NONE)) {
            throw new IllegalArgumentException(
                    "expected the columns " + columns.times().get(0) + (lacksSeries ? ", " + columns.series() : "")
                            + " and " + String.join(", ", fields) + ", found " + describe(header)
                            + advice(header, fields.size() == 1 ? NAMES : ""));
        }
        Set<String> needed = new HashSet<>(fields);
        needed.addAll(List.of(header.get(time), columns.seriesOrUsual()));
        needed.forEach(name -> once(header, name));
        List<ValueColumn> values = fields.stream()
                .map(field -> new ValueColumn(find(header, field), file, fields.size() == 1 ? "" : SEPARATOR + field))
                .toList();
        return new CsvLayout(header, time, series, values);
    }

    /** The series of a row of several fields. */
    static String series(String row) {
        return row.substring(0, row.lastIndexOf(SEPARATOR));
    }

    /** The field of such a row. */
    static String field(String row) {
        return row.substring(row.lastIndexOf(SEPARATOR) + 1);
    }

    /**
     * Finds the numeric columns by reading all rows.
     *
     * @param file the first part of each series' name
     * @param decimalCommas whether a comma may stand before the decimals
     */
    static CsvLayout ofWide(
            List<String> header, String file, CsvColumns columns, Iterator<CsvRecord> rows, boolean decimalCommas) {
        int time = timeColumn(header, columns);
        if (time == NONE) {
            throw new IllegalArgumentException(
                    "expected the column " + columns.times().get(0) + ", found " + describe(header)
                            + advice(header, "; --time-column names another"));
        }
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !names.add(name)) {
                throw new IllegalArgumentException(
                        "expected different names for the columns, found " + name + " twice");
            }
        }
        Predicate<Integer> numeric = numericColumns(header.size(), rows, decimalCommas);
        List<ValueColumn> values = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            if (column != time && !header.get(column).isEmpty() && numeric.test(column)) {
                values.add(new ValueColumn(column, file + "/" + header.get(column), ""));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("expected a numeric column, found none among " + describe(header));
        }
        return new CsvLayout(header, time, NONE, values);
    }

    private static Predicate<Integer> numericColumns(int columns, Iterator<CsvRecord> rows, boolean decimalCommas) {
        long[] numbers = new long[columns];
        long[] texts = new long[columns];
        try {
            while (rows.hasNext()) {
                CsvRecord row = rows.next();
                for (int column = 0; column < Math.min(columns, row.getFieldCount()); column++) {
                    String cell = row.getField(column).trim();
                    if (CsvCell.isNumber(cell, decimalCommas)) {
                        numbers[column]++;
                    } else if (!CsvCell.isMissing(cell)) {
                        texts[column]++;
                    }
                }
            }
        } catch (UncheckedIOException | CsvParseException e) {
            // What could be read decides; the rest is reported when the rows are read.
        }
        return column -> numbers[column] > 0 && numbers[column] >= texts[column];
    }

    private static int timeColumn(List<String> header, CsvColumns columns) {
        return columns.times().stream()
                .mapToInt(name -> find(header, name.trim()))
                .filter(column -> column != NONE)
                .findFirst()
                .orElse(NONE);
    }

    /** The first column of this name, whatever its case. */
    private static int find(List<String> header, String name) {
        return IntStream.range(0, header.size())
                .filter(column -> header.get(column).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(NONE);
    }

    private static void once(List<String> header, String name) {
        if (header.stream().filter(name::equalsIgnoreCase).count() > 1) {
            throw new IllegalArgumentException("expected different names for the columns, found " + name + " twice");
        }
    }

    private static String describe(List<String> header) {
        return header.isEmpty()
                ? "an empty file"
                : header.stream().allMatch(String::isEmpty) ? "an empty line" : shown(header);
    }

    /** The names, or as many of their letters as an error has room for. */
    static String shown(List<String> header) {
        String names = String.join(", ", header);
        return names.length() <= MOST_SHOWN ? names : names.substring(0, MOST_SHOWN) + "…";
    }

    /** What is likely wrong with a file without the columns; where nothing is, that which is said otherwise. */
    private static String advice(List<String> header, String otherwise) {
        if (header.isEmpty()) {
            return "";
        }
        if (CsvCell.isTime(header.get(0))) {
            return "; the first line must hold the names of the columns";
        }
        return otherwise;
    }
}
