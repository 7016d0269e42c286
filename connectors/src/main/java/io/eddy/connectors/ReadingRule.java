package io.eddy.connectors;

import io.eddy.Reading;
import org.jspecify.annotations.Nullable;

/** What a reading must be for a model to use it. */
public final class ReadingRule {
    /** Larger values lose themselves in the squares of single precision. */
    private static final double LARGEST = 1e30;

    /** The first of January of the year 1; sums with times near the end of a long overflow. */
    private static final long EARLIEST_MILLIS = -62_135_596_800_000L;

    private ReadingRule() {}

    /** Why no model can use the reading; null if one can. A NaN is a missing value and no fault. */
    public static @Nullable String fault(Reading reading) {
        if (reading.getEventTime().toEpochMilli() < EARLIEST_MILLIS) {
            return "event_time: expected the year 1 or later, found " + reading.getEventTime();
        }
        if (reading.getValues().isEmpty()) {
            return "values: expected at least one number, found none";
        }
        double value = reading.getValues().get(0);
        if (Math.abs(value) > LARGEST) {
            return "values: expected numbers up to " + LARGEST + ", found " + value;
        }
        return null;
    }
}
