package io.eddy.connectors;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as an error shows them: in one line, and not for long. */
public final class Shown {
    private static final int LONGEST = 60;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]+");

    private Shown() {}

    public static String of(@Nullable Object value) {
        if (value instanceof Map) {
            return "fields by name";
        }
        if (value instanceof List) {
            return "a list";
        }
        String text = String.valueOf(value);
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return text.isBlank() ? "nothing" : inOneLine(cut);
    }

    /** A text without what would begin another line, or move the cursor of a terminal. */
    static String inOneLine(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}
