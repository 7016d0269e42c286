package io.eddy.connectors;

import java.util.Arrays;
import java.util.List;

/** How the options of the mapping are read where they are not one value each. */
final class InputRules {
    /** Without meaning where the messages are readings as they are. */
    static final List<Option<?>> OF_THE_MAPPING = List.of(
            InputOptions.INPUT_EACH,
            InputOptions.INPUT_SERIES,
            InputOptions.INPUT_TIME,
            InputOptions.INPUT_TIME_UNIT,
            InputOptions.INPUT_VALUES,
            InputOptions.INPUT_LABELS,
            InputOptions.INPUT_COLUMNS,
            InputOptions.INPUT_DELIMITER);

    private InputRules() {}

    static List<String> columns(Options options) {
        return split(options.get(InputOptions.INPUT_COLUMNS));
    }

    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    /** The same where there may be none. */
    static List<String> names(String text) {
        return text.isEmpty() ? List.of() : split(text);
    }

    static char delimiter(Options options) {
        String text = options.get(InputOptions.INPUT_DELIMITER);
        return text.equals("tab") ? '\t' : text.charAt(0);
    }
}
