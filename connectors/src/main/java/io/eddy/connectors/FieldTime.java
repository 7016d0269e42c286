package io.eddy.connectors;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Unit of the times in a message that are numbers. */
public enum FieldTime {
    /** By size: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, nanoseconds beyond; and texts in ISO 8601. */
    AUTO(0),
    S(0),
    MS(3),
    US(6),
    NS(9);

    /** Characters of a number; the parsing of a longer one costs the square of its length. */
    private static final int LONGEST = 100;

    private final int digits;

    FieldTime(int digits) {
        this.digits = digits;
    }

    /**
     * The instant that a field stands for, in whole milliseconds.
     *
     * @throws IllegalArgumentException if it is none
     */
    Instant read(String name, @Nullable Object value) {
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof Number || value instanceof String) {
            String text = value.toString().trim();
            try {
                return text.indexOf(':') < 0
                        ? number(text)
                        : Instant.ofEpochMilli(iso(text).toEpochMilli());
            } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
                throw new IllegalArgumentException(fault(name, value), e);
            }
        }
        throw new IllegalArgumentException(fault(name, value));
    }

    private String fault(String name, @Nullable Object value) {
        return name + ": expected a time in ISO 8601 or a number"
                + (this == AUTO ? "" : " in " + name().toLowerCase(Locale.ROOT)) + ", found " + Mapping.shown(value);
    }

    private Instant number(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException();
        }
        BigDecimal number = new BigDecimal(text);
        // A plain text of 1e999999999 would be a gigabyte.
        if (number.scale() > 30 || number.precision() - number.scale() > 30) {
            throw new ArithmeticException();
        }
        int unit = digits;
        if (this == AUTO) {
            int size = number.abs().toBigInteger().toString().length();
            unit = size <= 11 ? 0 : size <= 14 ? 3 : size <= 17 ? 6 : 9;
        }
        return Instant.ofEpochMilli(
                number.movePointRight(3 - unit).setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    private static Instant iso(String text) {
        String normal = text.indexOf(' ') == 10 ? text.replaceFirst(" ", "T") : text;
        boolean zoned = normal.matches(".*(Z|z|[+-]\\d\\d:\\d\\d)");
        return zoned
                ? OffsetDateTime.parse(normal).toInstant()
                : LocalDateTime.parse(normal).toInstant(ZoneOffset.UTC);
    }
}
