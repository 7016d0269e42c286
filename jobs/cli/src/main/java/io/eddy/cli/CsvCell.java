package io.eddy.cli;

import io.eddy.connectors.ReadingRule;
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

/** What the text of one CSV cell means. Text comes trimmed. */
final class CsvCell {
    /** Epoch numbers from here on are milliseconds, below they are seconds: the year 5138 in seconds, 1973 in milliseconds. */
    private static final double FIRST_MILLIS = 1e11;

    private static final double YEAR_10000_MILLIS = 253_402_300_800_000.0;

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

    private CsvCell() {}

    /** Time of day, and a zone offset where there is one: {@code Z}, {@code +01}, {@code +0100} or {@code +01:00}. */
    private static DateTimeFormatter timeAfter(char separator) {
        return new DateTimeFormatterBuilder()
                .appendLiteral(separator)
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendPattern("[XXX][X]")
                .toFormatter(Locale.ROOT);
    }

    /**
     * Reads a point in time: ISO 8601 with {@code T} or a blank, or epoch seconds or milliseconds; UTC unless a zone offset is given.
     *
     * @return epoch milliseconds; what is finer is dropped
     * @throws DateTimeException if the text is none of these
     */
    static long time(String text) {
        double epoch = number(text);
        if (!Double.isNaN(epoch)) {
            double millis = Math.abs(epoch) < FIRST_MILLIS ? epoch * 1000 : epoch;
            if (!(Math.abs(millis) < YEAR_10000_MILLIS)) {
                throw new DateTimeException("expected epoch seconds or milliseconds, found " + text);
            }
            return Math.round(millis);
        }
        try {
            if (isPlain(text)) {
                return plainTime(text);
            }
            TemporalAccessor time = DATE_TIME.parse(text);
            return time.getLong(ChronoField.INSTANT_SECONDS) * 1000 + time.getLong(ChronoField.MILLI_OF_SECOND);
        } catch (DateTimeException e) {
            throw new DateTimeException(
                    "expected a time such as 2014-07-01T00:30:00Z, 2014-07-01 00:30:00 or epoch seconds, found "
                            + (text.isEmpty() ? "nothing" : text),
                    e);
        }
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

    private static long plainTime(String text) {
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

    static boolean isMissing(String text) {
        return text.isEmpty() || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("null");
    }

    static boolean isTime(String text) {
        try {
            time(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isNumber(String text, boolean decimalComma) {
        return !Double.isNaN(number(decimalComma ? pointed(text) : text));
    }

    /** With a point for the only comma; what has more of them, or points too, stays as it is and is no number. */
    private static String pointed(String text) {
        int comma = text.indexOf(',');
        return comma < 0 || comma != text.lastIndexOf(',') || text.indexOf('.') >= 0 ? text : text.replace(',', '.');
    }

    /** A finite number in decimal or exponent form, or NaN; Java's own {@code 1d} and {@code 0x1p3} are text here. */
    private static double number(String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            // A minus after a digit, as in every date, is found here because an exception a row would be slow.
            boolean sign = (c == '-' || c == '+') && (i == 0 || "eE".indexOf(text.charAt(i - 1)) >= 0);
            if (!digit && !sign && c != '.' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * Reads a value.
     *
     * @param decimalComma whether a comma may stand before the decimals
     * @return a number that the jobs take, or NaN for a missing value
     * @throws NumberFormatException if the text is neither
     */
    static double value(String text, boolean decimalComma) {
        if (isMissing(text)) {
            return Double.NaN;
        }
        double number = number(decimalComma ? pointed(text) : text);
        if (Double.isNaN(number)) {
            throw new NumberFormatException("expected a finite number, found " + text);
        }
        if (Math.abs(number) > ReadingRule.LARGEST) {
            throw new NumberFormatException("expected a number up to " + ReadingRule.LARGEST + ", found " + text);
        }
        return number;
    }
}
