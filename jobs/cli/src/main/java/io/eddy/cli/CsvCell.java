package io.eddy.cli;

import io.eddy.connectors.FieldTime;
import io.eddy.connectors.ReadingRule;
import java.time.DateTimeException;

/** What the text of one CSV cell means. Text comes trimmed. */
final class CsvCell {
    private CsvCell() {}

    /**
     * Reads a point in time as the jobs read those of messages.
     *
     * @return epoch milliseconds; what is finer is dropped
     * @throws DateTimeException if the text is none
     */
    static long time(String text) {
        return time(text, false);
    }

    /**
     * The same of a file.
     *
     * @param counted whether its times begin with one that {@link FieldTime#counts}
     */
    static long time(String text, boolean counted) {
        return FieldTime.AUTO.millis(text, counted);
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
