package io.eddy.connectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where readings come from: topics by name, or every topic whose name a pattern matches.
 *
 * @param names empty where there is a pattern
 */
public record ReadingTopics(List<String> names, @Nullable Pattern pattern) {
    /** Kafka makes a folder of it. */
    private static final String NAME = "(?!\\.\\.?$)[a-zA-Z0-9._-]{1,249}";

    /** Those of {@code topics.readings}. */
    public static ReadingTopics of(Options options) {
        return of(options.get(KafkaOptions.READINGS));
    }

    static ReadingTopics of(String text) {
        if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
            return new ReadingTopics(List.of(), Pattern.compile(text.substring(1, text.length() - 1)));
        }
        return new ReadingTopics(
                Arrays.stream(text.split(",", -1)).map(String::trim).toList(), null);
    }

    /** Whether Kafka takes it as the name of a topic. */
    static boolean isName(String text) {
        return text.matches(NAME);
    }

    static boolean isValid(String text) {
        try {
            ReadingTopics topics = of(text);
            return topics.pattern != null || topics.names.stream().allMatch(ReadingTopics::isName);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Those of the topics of a broker that readings come from. */
    public List<String> among(Iterable<String> present) {
        List<String> found = new ArrayList<>();
        for (String topic : present) {
            if (holds(topic)) {
                found.add(topic);
            }
        }
        return found;
    }

    /** Whether readings come from a topic. */
    boolean holds(String topic) {
        return pattern == null ? names.contains(topic) : pattern.matcher(topic).matches();
    }
}
