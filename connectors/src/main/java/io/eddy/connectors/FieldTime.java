package io.eddy.connectors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Unit of times that are numbers; those in {@link IsoTime} need none. */
public enum FieldTime {
    /**
     * By size: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, nanoseconds beyond. Eight digits that are a day of the
     * years 1900 to 2100 are that day, as in ISO 8601; one of these years alone, which may be as many seconds, is refused.
     */
    AUTO(0),
    S(0),
    MS(3),
    US(6),
    NS(9);

    /** Characters of a number; the parsing of a longer one costs the square of its length. */
    private static final int LONGEST = 100;

    private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2100;

    private final int digits;

    FieldTime(int digits) {
        this.digits = digits;
    }

    /** Whether a column of times that begins with this counts: from below the years, and so past them. */
    public static boolean counts(String first) {
        try {
            return !IsoTime.isLike(first) && number(first).doubleValue() < FIRST_YEAR;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
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
        if (!(value instanceof Number || value instanceof String)) {
            throw new IllegalArgumentException(name + ": " + fault(Mapping.shown(value)));
        }
        try {
            return Instant.ofEpochMilli(millis(value.toString().trim()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same of a text without blanks around it.
     *
     * @return epoch milliseconds; what is finer is dropped
     * @throws DateTimeException if it is no time; the message says what was expected
     */
    public long millis(String text) {
        return millis(text, false);
    }

    /**
     * The same of a text in a column.
     *
     * @param counted whether the column {@link #counts}: then four or eight digits are a number as any other
     */
    public long millis(String text, boolean counted) {
        try {
            long millis = IsoTime.isLike(text) ? IsoTime.millis(text) : millis(number(text), counted);
            if (Math.abs(millis) >= YEAR_10000_MILLIS) {
                throw new ArithmeticException();
            }
            return millis;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            boolean isYear = text.matches("\\d{4}(\\.0*)?"); // others of four digits are taken
            String advice = isYear ? "; of a year, write the first day, " + text.substring(0, 4) + "-01-01" : "";
            throw new DateTimeException(fault(Mapping.shown(text)) + advice, e);
        }
    }

    private String fault(String found) {
        String unit = this == AUTO ? "" : " in " + name().toLowerCase(Locale.ROOT);
        return "expected a time in ISO 8601 or a number" + unit + ", found " + found;
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException();
        }
        BigDecimal number = new BigDecimal(text);
        // A plain text of 1e999999999 would be a gigabyte.
        if (number.scale() > 30 || number.precision() - number.scale() > 30) {
            throw new ArithmeticException();
        }
        return number;
    }

    private long millis(BigDecimal number, boolean counted) {
        int unit = digits;
        if (this == AUTO) {
            BigInteger whole = number.toBigInteger();
            int size = whole.abs().toString().length();
            boolean isPlain = !counted && number.signum() > 0 && number.compareTo(new BigDecimal(whole)) == 0;
            if (isPlain && size == 4 && isYear(whole.intValue())) {
                throw new DateTimeException("a year alone");
            }
            LocalDate day = isPlain && size == 8 ? day(whole.intValue()) : null;
            if (day != null) {
                return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            }
            unit = size <= 11 ? 0 : size <= 14 ? 3 : size <= 17 ? 6 : 9;
        }
        return number.movePointRight(3 - unit).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static boolean isYear(int digits) {
        return digits >= FIRST_YEAR && digits <= LAST_YEAR;
    }

    private static @Nullable LocalDate day(int digits) {
        if (!isYear(digits / 10_000)) {
            return null;
        }
        try {
            return LocalDate.of(digits / 10_000, digits / 100 % 100, digits % 100);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
