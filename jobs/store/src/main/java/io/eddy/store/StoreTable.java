package io.eddy.store;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How records of one type become rows of one table. The columns of the natural key come first.
 *
 * @param name of the table
 * @param columns in the order of the statement's parameters
 * @param keyColumns how many of them, from the first, are the key
 * @param timeColumn index of the column with the row's time, never null
 * @param partitioned whether the table is partitioned by that time
 */
record StoreTable<T>(String name, List<Column<T>> columns, int keyColumns, int timeColumn, boolean partitioned)
        implements Serializable {

    /** What a record says of one column. */
    interface Value<T> extends Serializable {
        @Nullable
        Object of(T row);
    }

    /**
     * A column.
     *
     * @param parameter how the statement takes the value, most often a question mark
     */
    record Column<T>(String name, String parameter, Value<T> value) implements Serializable {
        Column(String name, Value<T> value) {
            this(name, "?", value);
        }
    }

    StoreTable {
        columns = new ArrayList<>(columns); // the lists of List.of are no friends of Flink's closure cleaner
    }

    /** Index of the column with this name. */
    static <T> int index(List<Column<T>> columns, String name) {
        return columns.stream().map(Column::name).toList().indexOf(name);
    }

    /** The row as the parameters of {@link #upsert}, in types that the driver takes. */
    @Nullable
    Object[] row(T record) {
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = parameter(columns.get(i).value().of(record));
        }
        return row;
    }

    private static @Nullable Object parameter(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        } else if (value instanceof Double number) {
            return Double.isNaN(number) ? null : number; // missing: sums and charts pass over a null
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof String[] texts) {
            return Arrays.stream(texts).map(StoreTable::text).toArray(String[]::new);
        }
        return value;
    }

    /** Postgres takes every character but this one. */
    private static String text(String text) {
        return text.indexOf(0) < 0 ? text : text.replace('\0', '\uFFFD');
    }

    /** The part of the row that names it. */
    List<@Nullable Object> key(@Nullable Object[] row) {
        return Arrays.asList(row).subList(0, keyColumns);
    }

    /** A statement that puts a row in, over one of the same key, unless that one is newer. */
    String upsert() {
        List<String> names = columns.stream().map(Column::name).toList();
        String time = names.get(timeColumn);
        String changes =
                names.stream().skip(keyColumns).map(n -> n + " = EXCLUDED." + n).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "INSERT INTO %s AS old (%s) VALUES (%s) ON CONFLICT (%s) DO UPDATE SET %s%s",
                name,
                String.join(", ", names),
                columns.stream().map(Column::parameter).collect(Collectors.joining(", ")),
                String.join(", ", names.subList(0, keyColumns)),
                changes,
                timeColumn < keyColumns ? "" : " WHERE old." + time + " <= EXCLUDED." + time);
    }
}
