package io.eddy.connectors;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times in ISO 8601 with dashes and colons: a day, or one with a time of day after a {@code T} or a blank; UTC unless an offset is given. */
final class IsoTime {
    private static final String PLAIN = "0000-00-00 00:00:00";

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .append(timeAfter('T'))
            .optionalEnd()
            .optionalStart()
            .append(timeAfter(' '))
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
            .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            // A 30 February is an error, not the 28th.
            .withResolverStyle(ResolverStyle.STRICT);

    private IsoTime() {}

    /** Time of day, and a zone offset where there is one: {@code Z}, {@code +01}, {@code +0100} or {@code +01:00}. */
    private static DateTimeFormatter timeAfter(char separator) {
        return new DateTimeFormatterBuilder()
                .appendLiteral(separator)
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendPattern("[XXX][X]")
                .toFormatter(Locale.ROOT);
    }

    /** Whether a text can be no number. */
    static boolean isLike(String text) {
        return text.indexOf(':') >= 0 || (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-');
    }

    /**
     * Reads one.
     *
     * @return epoch milliseconds; what is finer is dropped
     * @throws DateTimeException if the text is none
     * @throws ArithmeticException if it is too far away
     */
    static long millis(String text) {
        if (isPlain(text)) {
            return plain(text);
        }
        TemporalAccessor time = DATE_TIME.parse(text);
        return Math.multiplyExact(time.getLong(ChronoField.INSTANT_SECONDS), 1000)
                + time.getLong(ChronoField.MILLI_OF_SECOND);
    }

    /** True for the layout of nearly all files, for which the formatter is ten times as slow as arithmetic. */
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length != PLAIN.length() && !(length == PLAIN.length() + 1 && text.endsWith("Z"))) {
            return false;
        }
        for (int i = 0; i < PLAIN.length(); i++) {
            char c = text.charAt(i);
            char wanted = PLAIN.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted && !(wanted == ' ' && c == 'T')) {
                return false;
            }
        }
        return true;
    }

    private static long plain(String text) {
        return LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                number(text, 11, 13),
                                number(text, 14, 16),
                                number(text, 17, 19))
                        .toEpochSecond(ZoneOffset.UTC)
                * 1000;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
