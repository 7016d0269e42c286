package io.eddy.connectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a field is in a message: names with dots between. A name that has dots itself is found as well. What an element of a list lacks
 * is looked for in the message around it.
 */
record FieldPath(String path) implements Serializable {
    /** At the end of a path: all that the map there holds. */
    static final String ALL = ".*";

    /** Paths with commas between. */
    static List<FieldPath> list(String text) {
        return new ArrayList<>(Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(path -> !path.isEmpty())
                .map(FieldPath::new)
                .toList());
    }

    /** Whether all that a map holds is meant. */
    boolean isOfAll() {
        return path.endsWith(ALL);
    }

    /** Where that map is. */
    FieldPath map() {
        return new FieldPath(path.substring(0, path.length() - ALL.length()));
    }

    /**
     * What the message holds there, null included.
     *
     * @throws IllegalArgumentException if it has no such field
     */
    @Nullable
    Object value(Map<?, ?> element, Map<?, ?> around) {
        return in(element, around).orElseThrow(() -> missing(element)).value();
    }

    private IllegalArgumentException missing(Map<?, ?> element) {
        TreeSet<String> there = new TreeSet<>();
        element.keySet().forEach(key -> there.add(String.valueOf(key)));
        return new IllegalArgumentException(
                path + ": expected a field of the message, found " + Shown.of(String.join(", ", there)));
    }

    /** The same; empty where it has no such field. */
    Optional<Found> in(Map<?, ?> element, Map<?, ?> around) {
        Optional<Found> found = find(element, path);
        return found.isPresent() || element == around ? found : find(around, path);
    }

    private static Optional<Found> find(Map<?, ?> map, String path) {
        if (map.containsKey(path)) {
            return Optional.of(new Found(map.get(path)));
        }
        for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
            if (map.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Optional<Found> found = find(inner, path.substring(dot + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The last name of the path. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** @param value null is a value too */
    record Found(@Nullable Object value) {}
}
