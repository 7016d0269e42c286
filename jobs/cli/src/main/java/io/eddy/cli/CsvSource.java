package io.eddy.cli;

import io.eddy.connectors.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Readings from a CSV file, or from all {@code .csv} and {@code .csv.gz} files under a folder.
 *
 * <pre>{@code
 * CsvSource source = CsvSource.open("--input", Path.of("metrics"), false, null);
 * source.read(bad -> …).forEachInTimeOrder(row -> …);
 * }</pre>
 *
 * <p>Long files have the columns {@code timestamp}, {@code value} and, if they like, {@code series}; without it the file's path relative
 * to the input, less its suffix, is the series. In wide files every numeric column is a series named {@code file/column}; a column is
 * numeric when at least half of what is not missing in it, and something, is a number. Other columns are ignored, and so are hidden files.
 *
 * <p>Between the cells stand commas, semicolons or tabs; where they are no commas, one may stand before the decimals.
 *
 * <p>Empty, {@code NaN} and {@code null} are missing values, which are passed on as NaN. Times without a zone are UTC.
 */
public final class CsvSource {
    /**
     * One value of one series.
     *
     * @param timeMillis event time, epoch milliseconds
     * @param value finite, or NaN when missing
     */
    public record Row(String series, long timeMillis, double value) {}

    /**
     * A row, or one cell of a wide row, that could not be read.
     *
     * @param line where the row starts, from 1
     * @param text the row's cells, cut after 200 characters
     * @param reason the column, the rule and what was found
     */
    public record BadRow(String file, long line, String text, String reason) {
        /** Where it is and what is wrong, for people. */
        public String place() {
            return file + " line " + line + ": " + reason;
        }
    }

    private final String name;
    private final List<CsvFile> files;
    private final List<Path> empty;

    /** @param empty files of a folder, without even a header */
    private CsvSource(String name, List<CsvFile> files, List<Path> empty) {
        this.name = name;
        this.files = files;
        this.empty = empty;
    }

    /**
     * Finds the files and checks that each has the columns it needs.
     *
     * @param name of the option or key that gave the path, for errors
     * @param wide whether every numeric column is a series
     * @param timeColumn the column of the time; null: {@code timestamp}, else {@code date}, {@code datetime} or {@code time}
     * @throws IllegalArgumentException if there is no such file, no CSV file, or one without the needed columns
     */
    public static CsvSource open(String name, Path input, boolean wide, @Nullable String timeColumn) {
        return open(name, input, new CsvColumns(wide, timeColumn, null, Fields.ONE.names()));
    }

    /** The same with all names of columns; of several values, each row is one cell, its series that of the reading and the field. */
    static CsvSource open(String name, Path input, CsvColumns columns) {
        if (!Files.exists(input)) {
            throw new IllegalArgumentException(name + ": expected a file or folder, found no " + input);
        }
        try {
            return Files.isDirectory(input)
                    ? ofFolder(name, input, columns)
                    : new CsvSource(
                            name,
                            List.of(CsvFile.open(
                                    input, input.toAbsolutePath().getFileName().toString(), columns)),
                            List.of());
        } catch (IOException e) {
            throw new IllegalArgumentException(name + ": expected a readable folder, found " + e, e);
        }
    }

    private static CsvSource ofFolder(String name, Path input, CsvColumns columns) throws IOException {
        List<CsvFile> files = new ArrayList<>();
        List<Path> empty = new ArrayList<>();
        for (String within : names(input)) {
            Path file = input.resolve(within);
            if (Files.size(file) == 0) {
                empty.add(file);
            } else {
                files.add(CsvFile.open(file, within, columns));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected .csv or .csv.gz files, found "
                    + (empty.isEmpty() ? "none" : "only empty ones") + " in " + input);
        }
        return new CsvSource(name, files, empty);
    }

    private static List<String> names(Path input) throws IOException {
        // A link to a folder is followed when it is the input, not further down, where links may form a ring.
        Path root = input.toRealPath();
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(CsvSource::isVisibleCsv)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isVisibleCsv(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean hidden = name.startsWith(".") || name.contains("/.");
        return !hidden && (lower.endsWith(".csv") || lower.endsWith(".csv.gz"));
    }

    /**
     * Reads all files into memory, 16 bytes a row, in the order of their paths.
     *
     * @throws IllegalArgumentException if not one row can be read
     */
    public CsvRows read(Consumer<BadRow> bad) {
        Map<String, SeriesRows> rows = new HashMap<>();
        List<BadRow> first = new ArrayList<>();
        List<Path> withoutRows = new ArrayList<>(empty);
        for (CsvFile file : files) {
            boolean any = file.read(
                    (series, timeMillis, value) ->
                            rows.computeIfAbsent(series, SeriesRows::new).add(timeMillis, value),
                    row -> {
                        if (first.isEmpty()) {
                            first.add(row);
                        }
                        bad.accept(row);
                    });
            if (!any) {
                withoutRows.add(file.path());
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected rows under the header, found none"
                    + (first.isEmpty()
                            ? " in " + files.get(0).path()
                            : " that can be read; the first, " + first.get(0).place()));
        }
        withoutRows.forEach(
                file -> bad.accept(new BadRow(file.toString(), 1, "", "expected rows under a header, found none")));
        return new CsvRows(rows);
    }
}
