package io.eddy.connectors;

import java.util.Arrays;
import java.util.List;

/** How the options of the mapping are read where they are not one value each. */
final class InputRules {
    /** Without meaning where the messages are readings as they are. */
    static final List<Option<?>> OF_THE_MAPPING = List.of(
            EddyOptions.INPUT_EACH,
            EddyOptions.INPUT_SERIES,
            EddyOptions.INPUT_TIME,
            EddyOptions.INPUT_TIME_UNIT,
            EddyOptions.INPUT_VALUES,
            EddyOptions.INPUT_LABELS,
            EddyOptions.INPUT_COLUMNS,
            EddyOptions.INPUT_DELIMITER);

    private InputRules() {}

    static List<String> columns(Options options) {
        return split(options.get(EddyOptions.INPUT_COLUMNS));
    }

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    /** The same where there may be none. */
    static List<String> names(String text) {
        return text.isEmpty() ? List.of() : split(text);
    }

    static char delimiter(Options options) {
        String text = options.get(EddyOptions.INPUT_DELIMITER);
        return text.equals("tab") ? '\t' : text.charAt(0);
    }
}
