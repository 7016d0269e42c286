package io.eddy.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the columns of CSV files are called, on the command lines that read some. */
final class CsvOptions {
    @Option(names = "--wide", description = "Every numeric column is a series of its own, FILE/COLUMN.")
    private boolean wide;

    @Option(
            names = "--time-column",
            paramLabel = "NAME",
            description = "Column of the time; without, timestamp, date, datetime or time.")
    private @Nullable String time;

    @Option(names = "--value-column", paramLabel = "NAME", description = "Column of the values; without, value.")
    private @Nullable String value;

    @Option(
            names = "--series-column",
            paramLabel = "NAME",
            description = "Column with the names of the series; without, series, or a file is one.")
    private @Nullable String series;

    /**
     * The columns.
     *
     * @param fields of a reading
     * @throws IllegalArgumentException if the options contradict each other or the fields
     */
    CsvColumns of(List<String> fields) {
        String other = value != null ? "--value-column" : series != null ? "--series-column" : null;
        if (wide && other != null) {
            throw new IllegalArgumentException(other + ": expected no --wide beside it, found both");
        }
        if (fields.size() > 1 && (wide || value != null)) {
            throw new IllegalArgumentException((wide ? "--wide" : "--value-column")
                    + ": expected one field in model.fields, found " + String.join(", ", fields));
        }
        return new CsvColumns(wide, time, series, value == null ? fields : List.of(value));
    }

    /** @throws IllegalArgumentException if one is given, where no file is read */
    void expectNone() {
        all().stream().filter(Named::isGiven).findFirst().ifPresent(option -> {
            throw new IllegalArgumentException(option.name() + ": expected --input beside it, found none");
        });
    }

    /** All of them, given or not. */
    List<Named> all() {
        return List.of(
                new Named("--time-column", time),
                new Named("--value-column", value),
                new Named("--series-column", series),
                new Named("--wide", wide ? "" : null));
    }

    /**
     * An option and what was given.
     *
     * @param value null: it was not given; empty: it takes none
     */
    record Named(String name, @Nullable String value) {
        boolean isGiven() {
            return value != null;
        }
    }
}
