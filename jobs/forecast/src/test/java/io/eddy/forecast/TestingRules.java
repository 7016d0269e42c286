package io.eddy.forecast;

import io.eddy.MaintenanceWindow;
import io.eddy.Rule;
import io.eddy.Weekday;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules as people write them. */
final class TestingRules {
    private TestingRules() {}

    /** A rule of all series that asks for nothing. */
    static Rule.Builder rule(String id) {
        return Rule.newBuilder().setId(id);
    }

    static Rule silence(String id) {
        return rule(id).setSilenced(true).build();
    }

    static MaintenanceWindow once(String from, String to) {
        return MaintenanceWindow.newBuilder()
                .setFrom(Instant.parse(from))
                .setTo(Instant.parse(to))
                .build();
    }

    /** @param days none: every day */
    static MaintenanceWindow weekly(String start, int minutes, @Nullable String zone, Weekday... days) {
        return MaintenanceWindow.newBuilder()
                .setStart(start)
                .setDurationMinutes(minutes)
                .setZone(zone)
                .setDays(List.of(days))
                .build();
    }
}
