package io.eddy.connectors;

import io.eddy.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reading must be for a model to use it. */
public final class ReadingRule {
    /** Larger values lose themselves in the squares of single precision. */
    public static final double LARGEST = 1e30;

    /** The first of January of the year 1; sums with times near the end of a long overflow. */
    private static final long EARLIEST_MILLIS = -62_135_596_800_000L;

    /** Characters; checkpoints and windows hold names of up to 64 kB. */
    private static final int LONGEST_NAME = 10_000;

    private ReadingRule() {}

    /**
     * Why no model can use the reading; null if one can. A NaN is a missing value and no fault.
     *
     * @param fields names of the values, in their order
     */
    public static @Nullable String fault(Reading reading, List<String> fields) {
        if (reading.getEventTime().toEpochMilli() < EARLIEST_MILLIS) {
            return "event_time: expected the year 1 or later, found " + reading.getEventTime();
        }
        if (reading.getSeries().indexOf(Fields.SEPARATOR) >= 0) {
            return "series: expected a name without the character U+0000, found it";
        }
        if (reading.getSeries().length() > LONGEST_NAME) {
            return "series: expected a name of at most " + LONGEST_NAME + " characters, found "
                    + reading.getSeries().length();
        }
        List<Double> values = reading.getValues();
        if (values.size() != fields.size()) {
            return "values: expected " + fields.size() + (fields.size() == 1 ? " number (" : " numbers (")
                    + String.join(", ", fields) + "), found " + (values.isEmpty() ? "none" : values.size());
        }
        for (int k = 0; k < values.size(); k++) {
            double value = values.get(k);
            if (Math.abs(value) > LARGEST) {
                String of = fields.size() == 1 ? "" : " (" + fields.get(k) + ")";
                return "values: expected numbers up to " + LARGEST + ", found " + value + of;
            }
        }
        return null;
    }
}
