package io.eddy.connectors;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be configured. The reference page is generated from these.
 *
 * @param key dotted, e.g. {@code forecast.horizon}
 * @param type for people: text, whole number, number, duration or a choice
 * @param byDefault as it would be written in a file; empty where there is none and the option must be given
 * @param unit of the value; empty where it has none
 * @param range the rule, as an error names it
 * @param sentence what it does
 * @param parser turns the text into a value, or throws {@link IllegalArgumentException}
 * @param inRange whether a parsed value keeps the rule
 */
public record Option<T>(
        String key,
        String type,
        String byDefault,
        String unit,
        String range,
        String sentence,
        Parser<T> parser,
        Predicate<T> inRange) {

    /** Turns text into a value. */
    public interface Parser<T> {
        T parse(String text);
    }

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    static Option<String> text(String key, String byDefault, String range, String sentence, Predicate<String> inRange) {
        return new Option<>(key, "text", byDefault, "", range, sentence, text -> text, inRange);
    }

    /** Where a file is; nothing: nowhere. */
    static Option<String> path(String key, String sentence) {
        return text(key, "", "a path, or nothing", sentence, Option::isPath);
    }

    /** Whether it can be one: the rest is up to the machine that has the file. */
    static boolean isPath(String text) {
        return text.indexOf('\0') < 0;
    }

    /** A reference to a secret; a secret itself is refused, and not repeated. */
    static Option<String> secret(String key, String sentence) {
        return text(
                key,
                "",
                "${env:NAME}, ${file:/path/of.properties:key}, ${directory:/path:file}, or nothing",
                sentence,
                text -> text.isEmpty() || SecretText.isReference(text));
    }

    static Option<Integer> whole(String key, int byDefault, String unit, int from, int to, String sentence) {
        String range = "a whole number from " + from + " to " + to;
        return whole(key, byDefault, unit, range, sentence, n -> n >= from && n <= to);
    }

    static Option<Integer> multiple(String key, int byDefault, String unit, int of, int to, String sentence) {
        String range = "a multiple of " + of + " from " + of + " to " + to;
        return whole(key, byDefault, unit, range, sentence, n -> n >= of && n <= to && n % of == 0);
    }

    private static Option<Integer> whole(
            String key, int byDefault, String unit, String range, String sentence, Predicate<Integer> inRange) {
        return new Option<>(
                key, "whole number", String.valueOf(byDefault), unit, range, sentence, Integer::valueOf, inRange);
    }

    static Option<Double> number(String key, double byDefault, String unit, double from, double to, String sentence) {
        return new Option<>(
                key,
                "number",
                String.valueOf(byDefault),
                unit,
                "a number from " + from + " to " + to,
                sentence,
                Double::valueOf,
                n -> n >= from && n <= to);
    }

    static Option<Duration> duration(String key, String byDefault, String from, String to, String sentence) {
        Duration least = parseDuration(key, from);
        Duration most = parseDuration(key, to);
        return new Option<>(
                key,
                "duration",
                byDefault,
                "ms, s, m, h or d",
                "a duration from " + from + " to " + to,
                sentence,
                text -> parseDuration(key, text),
                d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0);
    }

    static Option<Boolean> flag(String key, boolean byDefault, String sentence) {
        return new Option<>(
                key,
                "true or false",
                String.valueOf(byDefault),
                "",
                "true or false",
                sentence,
                text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new IllegalArgumentException(text);
                    }
                    return Boolean.valueOf(text);
                },
                value -> true);
    }

    static <E extends Enum<E>> Option<E> choice(String key, Class<E> type, E byDefault, String sentence) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(written(constant));
        }
        return new Option<>(
                key,
                "choice",
                written(byDefault),
                "",
                "one of " + names,
                sentence,
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
                value -> true);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A duration such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}.
     *
     * @param name of what it is the value of, for the error
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static Duration parseDuration(String name, String text) {
        Matcher matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + ": expected a number with ms, s, m, h or d, found " + text);
        }
        try {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(name + ": expected a smaller number, found " + text, e);
        }
    }

    /**
     * The value that the text stands for.
     *
     * @throws IllegalArgumentException naming the option, its rule and the text
     */
    T read(String text) {
        T value;
        try {
            value = parser.parse(text.trim());
        } catch (IllegalArgumentException e) {
            String form = type.equals("duration") ? ", a number with " + unit : "";
            throw new IllegalArgumentException(
                    key + ": expected " + range + form + ", found " + Shown.of(withoutSecret(text)), e);
        }
        if (!inRange.test(value)) {
            throw new IllegalArgumentException(
                    key + ": expected " + range + ", found " + Shown.of(withoutSecret(text)));
        }
        return value;
    }

    /** Somebody may have written a password into an address; an error must not spread it. */
    private String withoutSecret(String text) {
        return key.endsWith("password")
                ? "***"
                : text.replaceAll("//[^/]*@", "//***@").replaceAll("(?i)password=[^&]*", "password=***");
    }
}
