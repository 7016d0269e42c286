package io.eddy.forecast;

import io.eddy.MaintenanceWindow;
import io.eddy.Weekday;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The spans without alarms of one rule. Remembers its last answer, for the steps of many series are the same span of time. */
final class Maintenance {
    private static final long DAY_MILLIS = 86_400_000;

    private sealed interface Span {
        boolean overlaps(long fromMillis, long toMillis);
    }

    private record Once(long startMillis, long endMillis) implements Span {
        @Override
        public boolean overlaps(long fromMillis, long toMillis) {
            return startMillis < toMillis && endMillis > fromMillis;
        }
    }

    /** The length is time that passes, so that a span is as long in the night of a change of the clocks. */
    private record Weekly(Set<DayOfWeek> days, LocalTime start, long lengthMillis, ZoneId zone) implements Span {
        @Override
        public boolean overlaps(long fromMillis, long toMillis) {
            LocalDate last = Instant.ofEpochMilli(toMillis - 1).atZone(zone).toLocalDate();
            // One day more than fit, and one for a change of the clocks.
            long daysBack = (toMillis - fromMillis + lengthMillis) / DAY_MILLIS + 2;
            for (long back = 0; back <= daysBack; back++) {
                LocalDate day = last.minusDays(back);
                if (days.contains(day.getDayOfWeek())) {
                    // A time that the clocks skip becomes as much later; of one that they show twice, the first is
                    // taken.
                    long begin = ZonedDateTime.of(day, start, zone).toInstant().toEpochMilli();
                    if (begin < toMillis && begin + lengthMillis > fromMillis) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private final List<Span> spans;
    private long askedFrom = Long.MIN_VALUE;
    private boolean answer;

    /** @param windows of a rule that has been checked */
    Maintenance(List<MaintenanceWindow> windows) {
        spans = windows.stream().map(Maintenance::span).toList();
    }

    private static Span span(MaintenanceWindow window) {
        if (window.getFrom() != null && window.getTo() != null) {
            return new Once(window.getFrom().toEpochMilli(), window.getTo().toEpochMilli());
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Weekday day : window.getDays()) {
            days.add(DayOfWeek.valueOf(day.name().toUpperCase(Locale.ROOT)));
        }
        return new Weekly(
                days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                LocalTime.parse(Objects.requireNonNull(window.getStart())),
                Duration.ofMinutes(Objects.requireNonNull(window.getDurationMinutes()))
                        .toMillis(),
                ZoneId.of(window.getZone() == null ? "UTC" : window.getZone()));
    }

    boolean isNever() {
        return spans.isEmpty();
    }

    /**
     * Whether a step lies within a span, or a part of it.
     *
     * @param stepMillis its length; 0 counts as a moment
     */
    boolean covers(long startMillis, long stepMillis) {
        if (startMillis != askedFrom) {
            askedFrom = startMillis;
            long end = startMillis + Math.max(1, stepMillis);
            answer = spans.stream().anyMatch(span -> span.overlaps(startMillis, end));
        }
        return answer;
    }
}
