package io.eddy.connectors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as an error shows them: in one line, and not for long. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String of(@Nullable Object value) {
        if (value instanceof Map) {
            return "fields by name";
        }
        if (value instanceof List) {
            return "a list";
        }
        String text = String.valueOf(value);
        return text.isBlank() ? "nothing" : text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
