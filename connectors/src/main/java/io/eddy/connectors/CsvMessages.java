package io.eddy.connectors;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of separated cells, one or several in a message. A line that repeats the names of the columns is passed over. */
final class CsvMessages implements MessageFormat {
    private final List<String> columns;
    private final char delimiter;

    CsvMessages(List<String> columns, char delimiter) {
        this.columns = columns;
        this.delimiter = delimiter;
    }

    /** A list with a map of texts for each line, or what is wrong with it; the lines after a quote that has no end are part of its cell. */
    @Override
    public Object parse(byte[] value) {
        List<Object> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(new String(value, StandardCharsets.UTF_8))) {
            for (CsvRecord line : reader) {
                List<String> cells = line.getFields();
                if (cells.equals(columns)) {
                    continue;
                }
                if (cells.size() != columns.size()) {
                    lines.add(new Broken("line " + line.getStartingLineNumber() + ": expected " + columns.size()
                            + " cells (input.columns), found " + cells.size()));
                    continue;
                }
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < cells.size(); i++) {
                    named.put(columns.get(i), cells.get(i));
                }
                lines.add(named);
            }
        } catch (CsvParseException e) {
            lines.add(new Broken("value: expected lines of CSV, found " + e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory does not fail
        }
        return lines;
    }
}
