package io.eddy.connectors;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a field is in a message: names with dots between. A name that has dots itself is found as well. What an element of a list lacks
 * is looked for in the message around it.
 */
record FieldPath(String path) implements Serializable {

    /** What the message holds there, null included; empty where it has no such field. */
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
