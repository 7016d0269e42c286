package io.eddy.cli;

import io.eddy.connectors.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the cells of one series and time, which come one after the other, together as one reading; what has no cell is missing. */
final class FieldRows {
    /** Takes readings. */
    interface Readings {
        /** @param values [fields], of the caller's own */
        void add(String series, long timeMillis, double[] values);
    }

    private final List<String> fields;
    private final Readings readings;
    private @Nullable String series;
    private long timeMillis;
    private double[] values;
    private boolean[] taken;
    private long count;

    FieldRows(Fields fields, Readings readings) {
        this.fields = fields.names();
        this.readings = readings;
        values = new double[this.fields.size()];
        taken = new boolean[this.fields.size()];
    }

    /** Takes a cell; where the field has one already, it is another reading. */
    void add(CsvSource.Row cell) {
        int field = fields.size() == 1 ? 0 : fields.indexOf(CsvLayout.field(cell.series()));
        String name = fields.size() == 1 ? cell.series() : CsvLayout.series(cell.series());
        if (taken[field] || cell.timeMillis() != timeMillis || !Objects.equals(name, series)) {
            flush();
            series = name;
            timeMillis = cell.timeMillis();
            Arrays.fill(values, Double.NaN);
        }
        taken[field] = true;
        values[field] = cell.value();
    }

    /** Gives the last reading away. */
    void flush() {
        if (series != null) {
            count++;
            readings.add(series, timeMillis, values);
            values = values.clone();
            Arrays.fill(taken, false);
            series = null;
        }
    }

    /** Readings that were given away. */
    long count() {
        return count;
    }
}
