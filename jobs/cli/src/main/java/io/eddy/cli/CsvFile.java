package io.eddy.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.eddy.connectors.FieldTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One CSV file and what its columns mean.
 *
 * @param separator between the cells: the comma, or the semicolon or tab that the first line has more of; where it is no comma, one may
 *     stand before the decimals
 */
record CsvFile(Path path, char separator, CsvLayout layout) {
    private static final Pattern SUFFIX = Pattern.compile("\\.csv(\\.gz)?$", Pattern.CASE_INSENSITIVE);
    private static final char[] OTHER_SEPARATORS = {';', '\t'};
    private static final int MAX_TEXT = 200;

    /** Takes rows as they stand in the file. */
    interface Rows {
        void add(String series, long timeMillis, double value);
    }

    /**
     * Reads the header, and a wide file once to the end.
     *
     * @param name the file's path relative to the input
     * @throws IllegalArgumentException if it cannot be read or lacks a needed column
     */
    static CsvFile open(Path path, String name, CsvColumns columns) {
        String series = SUFFIX.matcher(name).replaceFirst("");
        try {
            char separator = separator(path);
            List<String> header = header(path, separator);
            if (header.stream().anyMatch(CsvFile::isOtherText)) {
                throw new IllegalArgumentException(
                        "expected UTF-8, found other text in the first line: " + CsvLayout.shown(header));
            }
            if (!columns.wide()) {
                return new CsvFile(path, separator, CsvLayout.ofLong(header, series, columns));
            }
            try (CsvReader<CsvRecord> reader = reader(path, separator)) {
                Iterator<CsvRecord> records = reader.iterator();
                records.next();
                boolean decimalCommas = separator != ',';
                return new CsvFile(path, separator, CsvLayout.ofWide(header, series, columns, records, decimalCommas));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + clean(String.valueOf(e.getMessage())), e);
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw new IllegalArgumentException(
                    path + ": expected a CSV file, found " + oneLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** What stands between the cells, as the first line has it. */
    static char separator(Path path) throws IOException {
        char separator = ',';
        int cells = header(path, separator).size();
        for (char other : OTHER_SEPARATORS) {
            int of = header(path, other).size();
            if (of > cells) {
                separator = other;
                cells = of;
            }
        }
        return separator;
    }

    /** The cells of the first line, trimmed; none in an empty file. */
    private static List<String> header(Path path, char separator) throws IOException {
        try (CsvReader<CsvRecord> reader = reader(path, separator)) {
            Iterator<CsvRecord> records = reader.iterator();
            return records.hasNext()
                    ? records.next().getFields().stream().map(String::trim).toList()
                    : List.of();
        }
    }

    private static CsvReader<CsvRecord> reader(Path path, char separator) throws IOException {
        InputStream bytes = Files.newInputStream(path);
        try {
            boolean gzip = path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
            return CsvReader.builder()
                    .fieldSeparator(separator)
                    .detectBomHeader(true)
                    .skipEmptyLines(true)
                    // One odd line must not end the file; the number of its cells is judged here.
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .allowExtraCharsAfterClosingQuote(true)
                    .ofCsvRecord(gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * Passes on every row, or every cell of a wide row, that can be read; the others go to {@code bad}.
     *
     * @return whether there was any of either
     */
    boolean read(Rows rows, Consumer<CsvSource.BadRow> bad) {
        long line = 1;
        try (CsvReader<CsvRecord> reader = reader(path, separator)) {
            Iterator<CsvRecord> records = reader.iterator();
            records.next();
            boolean any = records.hasNext();
            boolean counted = false;
            while (records.hasNext()) {
                CsvRecord row = records.next();
                boolean isFirst = line == 1;
                line = row.getStartingLineNumber();
                if (isFirst && row.getFieldCount() > layout.time()) {
                    counted = FieldTime.counts(row.getField(layout.time()).trim());
                }
                read(row, counted, rows, bad);
            }
            return any;
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            String reason = "expected more rows, found the rest of the file unreadable: " + e.getMessage();
            bad.accept(new CsvSource.BadRow(path.toString(), line + 1, "", oneLine(reason)));
            return true;
        }
    }

    private void read(CsvRecord row, boolean counted, Rows rows, Consumer<CsvSource.BadRow> bad) {
        int cells = row.getFieldCount();
        if (cells != layout.header().size()) {
            bad.accept(bad(row, "expected " + layout.header().size() + " cells as in the header, found " + cells));
            return;
        }
        long time;
        try {
            time = CsvCell.time(row.getField(layout.time()).trim(), counted);
        } catch (DateTimeException e) {
            bad.accept(bad(row, layout.header().get(layout.time()) + ": " + e.getMessage()));
            return;
        }
        String named =
                layout.series() < 0 ? null : row.getField(layout.series()).trim();
        if (named != null && named.isEmpty()) {
            bad.accept(bad(row, "series: expected a name, found nothing"));
            return;
        }
        if (named != null && isOtherText(named)) {
            bad.accept(bad(row, "series: expected UTF-8, found other text, " + named));
            return;
        }
        for (CsvLayout.ValueColumn column : layout.values()) {
            try {
                double value = CsvCell.value(row.getField(column.column()).trim(), separator != ',');
                String series = named == null ? column.series() : named;
                rows.add(column.field().isEmpty() ? series : series + column.field(), time, value);
            } catch (NumberFormatException e) {
                bad.accept(bad(row, layout.header().get(column.column()) + ": " + e.getMessage()));
            }
        }
    }

    /** A quote that is never closed takes all lines after it into its cell. */
    private static String over(CsvRecord row) {
        long ends = String.join("", row.getFields()).lines().count() - 1;
        return ends < 1 ? "" : "; the row goes over " + (ends + 1) + " lines, as where a quote is not closed";
    }

    /** Whether it holds what stands in place of bytes that are no UTF-8; a name with it would be that of no series. */
    private static boolean isOtherText(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private CsvSource.BadRow bad(CsvRecord row, String reason) {
        String text = oneLine(String.join(String.valueOf(separator), row.getFields()));
        return new CsvSource.BadRow(path.toString(), row.getStartingLineNumber(), text, oneLine(reason) + over(row));
    }

    /** Text from a file may be of any length and hold line ends. */
    private static String oneLine(String text) {
        String start = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        return clean(start);
    }

    private static String clean(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
