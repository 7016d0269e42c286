package io.eddy.connectors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Unit of times that are numbers; those in {@link IsoTime} need none. */
public enum FieldTime {
    /**
     * By size: below 1e11 seconds, below 1e14 milliseconds, below 1e17 microseconds, nanoseconds beyond. Eight digits that are a day of the
     * years 1900 to 2100 are that day, as in ISO 8601, and fourteen that go on with a time of day are that second; one of these years alone, which
     * may be as many seconds, is refused, and so are twelve digits that end with the minute, which may be milliseconds of 1976.
     */
    AUTO(0),
    S(0),
    MS(3),
    US(6),
    NS(9);

    /** Characters of a number; the parsing of a longer one costs the square of its length. */
    private static final int LONGEST = 100;

    private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
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
            throw new IllegalArgumentException(name + ": " + fault(Shown.of(value)));
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
            throw new DateTimeException(fault(Shown.of(text)) + advice(text), e);
        }
    }

    /** What to write in place of digits that are refused; others of as many are taken. */
    private static String advice(String text) {
        if (text.matches("\\d{4}(\\.0*)?")) {
            return "; of a year, write the first day, " + text.substring(0, 4) + "-01-01";
        }
        return text.matches("\\d{12}(\\.0*)?")
                ? "; of a minute, write " + text.replaceFirst("(....)(..)(..)(..)(..).*", "$1-$2-$3T$4:$5")
                : "";
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
            String written = whole.abs().toString();
            int size = written.length();
            boolean isPlain = !counted && number.signum() > 0 && number.compareTo(new BigDecimal(whole)) == 0;
            if (isPlain && size == 4 && isYear(whole.intValue())) {
                throw new DateTimeException("a year alone");
            }
            LocalDateTime time = isPlain && (size == 8 || size == 12 || size == 14) ? calendar(written) : null;
            if (time != null && size == 12) {
                throw new DateTimeException("a minute in digits");
            }
            if (time != null) {
                return time.toInstant(ZoneOffset.UTC).toEpochMilli();
            }
            unit = size <= 11 ? 0 : size <= 14 ? 3 : size <= 17 ? 6 : 9;
        }
        return number.movePointRight(3 - unit).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static boolean isYear(int digits) {
        return digits >= FIRST_YEAR && digits <= LAST_YEAR;
    }

    /** The time that year, month and day stand for, and what of the time of day there is; null where they are none. */
    private static @Nullable LocalDateTime calendar(String digits) {
        if (!isYear(Integer.parseInt(digits, 0, 4, 10))) {
            return null;
        }
        try {
            return LocalDateTime.parse((digits + "000000").substring(0, 14), TO_THE_SECOND);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
