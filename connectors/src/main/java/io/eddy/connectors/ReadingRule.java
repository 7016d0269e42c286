package io.eddy.connectors;

import io.eddy.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reading must be for a model to use it. */
public final class ReadingRule {
    /** Larger values lose themselves in the squares of single precision. */
    public static final double LARGEST = 1e30;

    /** The first of January of the year 1; sums with times near the end of a long overflow. */
    private static final long EARLIEST_MILLIS = -62_135_596_800_000L;

    /** Characters; checkpoints and windows hold names of up to 64 kB. */
    private static final int LONGEST_NAME = 10_000;

    /** Characters of all names and values: a score, and a forecast, has them too and must fit into a Kafka message in any format. */
    private static final int LARGEST_LABELS = 100_000;

    /** Characters of a name that is too long by which the answer to its reading goes. */
    private static final int SHOWN_NAME = 200;

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
        if (isTooLarge(reading.getLabels())) {
            return "labels: expected at most " + LARGEST_LABELS + " characters, found " + size(reading.getLabels());
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

    private static boolean isTooLarge(Map<String, String> labels) {
        return size(labels) > LARGEST_LABELS;
    }

    private static long size(Map<String, String> labels) {
        long size = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            size += label.getKey().length() + label.getValue().length();
        }
        return size;
    }

    /** A faulty reading as its answer shows it: a name that is too long is cut, labels that are too large are left out. */
    static Reading shown(Reading reading) {
        String name = reading.getSeries();
        return new Reading(
                name.length() > LONGEST_NAME ? name.substring(0, SHOWN_NAME) + "…" : name,
                reading.getEventTime(),
                reading.getValues(),
                isTooLarge(reading.getLabels()) ? Map.of() : reading.getLabels());
    }
}
