package io.eddy.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of CSV files are called, in any case.
 *
 * @param wide whether every numeric column is a series
 * @param time null: {@code timestamp}, else {@code date}, {@code datetime} or {@code time}
 * @param series null: {@code series}, and there may be none
 * @param values one for each field of a reading; a wide file's are found
 */
record CsvColumns(
        boolean wide, @Nullable String time, @Nullable String series, List<String> values) {
    private static final List<String> TIMES = List.of("timestamp", "date", "datetime", "time");

    /** The names that the time may have, the likeliest first. */
    List<String> times() {
        return Optional.ofNullable(time).map(List::of).orElse(TIMES);
    }

    /** The name that the series' column has, if it is there. */
    String seriesOrUsual() {
        return Optional.ofNullable(series).orElse("series");
    }
}
