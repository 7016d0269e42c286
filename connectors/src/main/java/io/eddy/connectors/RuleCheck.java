package io.eddy.connectors;

import io.eddy.MaintenanceWindow;
import io.eddy.Rule;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a {@link Rule} must be. */
final class RuleCheck {
    private static final int LONGEST_ID = 200;
    /** As many as the memory of a series has bits for. */
    private static final int MOST_VALUES = 64;

    private static final int WEEK_MINUTES = 7 * 24 * 60;

    private RuleCheck() {}

    /**
     * The rule itself.
     *
     * @throws IllegalArgumentException {@code <name>: expected <what>, found <value>} for the first mistake
     */
    static Rule checked(Rule rule) {
        String id = rule.getId();
        require(!id.isBlank() && id.length() <= LONGEST_ID, "id", "1 to " + LONGEST_ID + " characters", id);
        require(SeriesPattern.isOne(rule.getSeries()), "series", "a regular expression", rule.getSeries());
        require(
                rule.getTarget() == null || !rule.getTarget().isBlank(),
                "target",
                "the name of a field, or null",
                "a blank");
        least("min_deviation_absolute", rule.getMinDeviationAbsolute());
        least("min_deviation_relative", rule.getMinDeviationRelative());
        Integer k = rule.getK();
        Integer n = rule.getN();
        require(
                (k == null) == (n == null),
                k == null ? "k" : "n",
                "a number beside " + (k == null ? "n" : "k"),
                "none");
        if (k != null && n != null) {
            require(n >= 1 && n <= MOST_VALUES, "n", "1 to " + MOST_VALUES + " values", n);
            require(k >= 1 && k <= n, "k", "1 to n, which is " + n, k);
        }
        Double rate = rule.getFalseAlarmRate();
        if (rate != null) {
            require(rate >= 1e-9 && rate <= 0.019, "false_alarm_rate", "1e-9 to 0.019", rate);
        }
        for (MaintenanceWindow window : rule.getMaintenance()) {
            check(window);
        }
        return rule;
    }

    private static void check(MaintenanceWindow window) {
        boolean once = window.getFrom() != null || window.getTo() != null;
        boolean weekly = !window.getDays().isEmpty()
                || window.getStart() != null
                || window.getDurationMinutes() != null
                || window.getZone() != null;
        require(
                once != weekly,
                "maintenance",
                "either from and to, or start and duration_minutes with days and zone",
                once ? "some of both" : "neither");
        if (once) {
            require(window.getFrom() != null, "from", "a time beside to", "none");
            require(window.getTo() != null, "to", "a time beside from", "none");
            require(window.getTo().isAfter(window.getFrom()), "to", "a time after from", window.getTo());
            return;
        }
        String start = window.getStart();
        Integer minutes = window.getDurationMinutes();
        require(start != null, "start", "a time of day such as 02:30", "none");
        require(minutes != null, "duration_minutes", "1 to " + WEEK_MINUTES + " minutes", "none");
        require(
                minutes >= 1 && minutes <= WEEK_MINUTES,
                "duration_minutes",
                "1 to " + WEEK_MINUTES + " minutes",
                minutes);
        try {
            LocalTime.parse(start);
        } catch (DateTimeException e) {
            throw wrong("start", "a time of day such as 02:30", start);
        }
        String zone = window.getZone();
        try {
            ZoneId.of(zone == null ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw wrong("zone", "a time zone such as Europe/Berlin", String.valueOf(zone));
        }
    }

    private static void least(String name, @Nullable Double deviation) {
        if (deviation != null) {
            require(deviation >= 0 && Double.isFinite(deviation), name, "0 or more", deviation);
        }
    }

    private static void require(boolean good, String name, String expected, Object found) {
        if (!good) {
            throw wrong(name, expected, found);
        }
    }

    private static IllegalArgumentException wrong(String name, String expected, Object found) {
        return new IllegalArgumentException(
                name + ": expected " + expected + ", found " + Shown.of(String.valueOf(found)));
    }
}
