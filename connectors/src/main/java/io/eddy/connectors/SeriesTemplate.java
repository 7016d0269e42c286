package io.eddy.connectors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a series out of the fields of a message: text with paths in braces, such as {@code {tags.host}/{name}/{*}}. */
final class SeriesTemplate implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Stands for the name of the value where one message holds several by name. */
    static final String EACH = "*";

    private static final Pattern FIELD = Pattern.compile("\\{([^{}]+)}");

    /** Texts and paths by turns, a text first. */
    private final List<String> texts = new ArrayList<>();

    private final List<FieldPath> fields = new ArrayList<>();

    SeriesTemplate(String template) {
        Matcher matcher = FIELD.matcher(template);
        int from = 0;
        while (matcher.find()) {
            texts.add(template.substring(from, matcher.start()));
            fields.add(new FieldPath(matcher.group(1).trim()));
            from = matcher.end();
        }
        texts.add(template.substring(from));
    }

    /** Whether braces come in pairs around something. */
    static boolean isWellFormed(String template) {
        return !template.isBlank() && !FIELD.matcher(template).replaceAll("").matches(".*[{}].*");
    }

    boolean namesEach() {
        return fields.stream().anyMatch(field -> field.path().equals(EACH));
    }

    List<FieldPath> fields() {
        return fields;
    }

    /**
     * The name for one value of a message.
     *
     * @param each name of the value; empty where the message holds one reading
     * @throws IllegalArgumentException if a field is missing, or is no text, number or truth value
     */
    String of(Map<?, ?> element, Map<?, ?> around, String each) {
        StringBuilder name = new StringBuilder(texts.get(0));
        for (int i = 0; i < fields.size(); i++) {
            FieldPath field = fields.get(i);
            name.append(field.path().equals(EACH) ? each : text(field, element, around));
            name.append(texts.get(i + 1));
        }
        if (name.toString().isBlank()) {
            throw new IllegalArgumentException("series: expected a name, found none");
        }
        return name.toString();
    }

    private static String text(FieldPath field, Map<?, ?> element, Map<?, ?> around) {
        Object value = field.value(element, around);
        if (value == null || value instanceof Map || value instanceof List) {
            throw new IllegalArgumentException(
                    field.path() + ": expected text for the name of the series, found " + Shown.of(value));
        }
        return value.toString();
    }
}
