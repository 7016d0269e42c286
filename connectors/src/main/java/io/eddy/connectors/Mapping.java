package io.eddy.connectors;

import io.eddy.Reading;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The readings of a message, by the options {@code input.*}. */
final class Mapping implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String each;
    private final SeriesTemplate series;
    private final String time;
    private final FieldTime unit;
    private final List<FieldPath> values;
    private final List<FieldPath> labels;

    Mapping(Options options) {
        each = options.get(InputOptions.INPUT_EACH);
        series = new SeriesTemplate(options.get(InputOptions.INPUT_SERIES));
        time = options.get(InputOptions.INPUT_TIME);
        unit = options.get(InputOptions.INPUT_TIME_UNIT);
        values = FieldPath.list(options.get(InputOptions.INPUT_VALUES));
        labels = FieldPath.list(options.get(InputOptions.INPUT_LABELS));
    }

    /**
     * Gives the readings of a message away one by one.
     *
     * @param taken when Kafka took the message, the time of readings without one of their own
     * @return what is wrong with the others, one text each
     * @throws IllegalArgumentException if the message as a whole holds none
     */
    List<String> readings(Object message, Instant taken, Consumer<Reading> out) {
        Map<?, ?> around = message instanceof Map<?, ?> map ? map : Map.of();
        Object elements = message;
        if (!each.isEmpty()) {
            elements = new FieldPath(each).value(around, around);
            if (!(elements instanceof List)) {
                throw new IllegalArgumentException(
                        each + ": expected a list (input.each), found " + Shown.of(elements));
            }
        }
        List<String> faults = new ArrayList<>();
        List<?> all = elements instanceof List<?> list ? list : List.of(message);
        for (int i = 0; i < all.size(); i++) {
            String place = elements instanceof List ? "[" + i + "] " : "";
            try {
                if (all.get(i) instanceof MessageFormat.Broken broken) {
                    faults.add(broken.reason());
                    continue;
                }
                if (!(all.get(i) instanceof Map<?, ?> element)) {
                    throw new IllegalArgumentException("value: expected fields by name, found " + Shown.of(all.get(i)));
                }
                element(element, element == message ? element : around, taken, out, fault -> faults.add(place + fault));
            } catch (IllegalArgumentException e) {
                faults.add(place + e.getMessage());
            }
        }
        return faults;
    }

    private void element(
            Map<?, ?> element, Map<?, ?> around, Instant taken, Consumer<Reading> out, Consumer<String> faults) {
        Instant at = taken;
        if (!time.isEmpty()) {
            at = unit.read(time, new FieldPath(time).value(element, around));
        }
        Map<String, String> named = labels(element, around);
        if (values.size() == 1 && values.get(0).isOfAll()) {
            for (Map.Entry<String, Double> value :
                    numbers(values.get(0).map(), element, around).entrySet()) {
                try { // one that is not taken leaves the others
                    String name = series.of(element, around, value.getKey());
                    out.accept(new Reading(name, at, List.of(value.getValue()), named));
                } catch (IllegalArgumentException e) {
                    faults.accept(e.getMessage());
                }
            }
        } else {
            out.accept(new Reading(series.of(element, around, ""), at, vector(element, around), named));
        }
    }

    /** The numbers of a map by their names; texts and truth values are none. */
    private static Map<String, Double> numbers(FieldPath path, Map<?, ?> element, Map<?, ?> around) {
        Object found = path.value(element, around);
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (found instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value instanceof Number number) {
                    numbers.put(String.valueOf(name), number.doubleValue());
                }
            });
        }
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException(path.path() + ": expected numbers by name, found " + Shown.of(found));
        }
        return numbers;
    }

    private List<Double> vector(Map<?, ?> element, Map<?, ?> around) {
        List<Double> vector = new ArrayList<>(values.size());
        for (FieldPath path : values) {
            Object value = path.value(element, around);
            if (value instanceof List<?> list && values.size() == 1) {
                list.forEach(one -> vector.add(number(path, one)));
            } else {
                vector.add(number(path, value));
            }
        }
        return vector;
    }

    /** Null and empty texts are missing values. */
    private static double number(FieldPath path, @Nullable Object value) {
        if (value == null) {
            return Double.NaN;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            switch (text.trim()) {
                case "", "null", "NaN", "nan" -> {
                    return Double.NaN;
                }
                case "+Inf", "Inf" -> {
                    return Double.POSITIVE_INFINITY;
                }
                case "-Inf" -> {
                    return Double.NEGATIVE_INFINITY;
                }
                default -> {
                    try {
                        return Double.parseDouble(text.trim());
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                path.path() + ": expected a number, found " + Shown.of(text), e);
                    }
                }
            }
        }
        throw new IllegalArgumentException(path.path() + ": expected a number, found " + Shown.of(value));
    }

    /** Labels may be missing; lists and maps are none. */
    private Map<String, String> labels(Map<?, ?> element, Map<?, ?> around) {
        Map<String, String> named = new LinkedHashMap<>();
        for (FieldPath path : labels) {
            boolean all = path.isOfAll();
            FieldPath at = all ? path.map() : path;
            Object found = at.in(element, around).map(FieldPath.Found::value).orElse(null);
            if (all && found instanceof Map<?, ?> map) {
                map.forEach((name, value) -> put(named, String.valueOf(name), value));
            } else if (!all) {
                put(named, path.name(), found);
            }
        }
        return named;
    }

    private static void put(Map<String, String> labels, String name, @Nullable Object value) {
        if (value != null && !(value instanceof Map) && !(value instanceof List)) {
            labels.put(name, value.toString());
        }
    }
}
