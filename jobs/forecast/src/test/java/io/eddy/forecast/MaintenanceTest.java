package io.eddy.forecast;

import static io.eddy.forecast.TestingRules.once;
import static io.eddy.forecast.TestingRules.weekly;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.MaintenanceWindow;
import io.eddy.Weekday;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
    private static final long MINUTE = 60_000;
    private static final String BERLIN = "Europe/Berlin";

    /** The covered spans of three days, as from/to, looked at minute by minute. */
    private static List<String> covered(String firstDay, MaintenanceWindow... windows) {
        Maintenance maintenance = new Maintenance(List.of(windows));
        List<String> spans = new ArrayList<>();
        long first = Instant.parse(firstDay + "T00:00:00Z").toEpochMilli();
        long begin = -1;
        for (long at = first; at <= first + 3 * 24 * 60 * MINUTE; at += MINUTE) {
            boolean covers = at < first + 3 * 24 * 60 * MINUTE && maintenance.covers(at, 0);
            if (covers && begin < 0) {
                begin = at;
            } else if (!covers && begin >= 0) {
                spans.add(Instant.ofEpochMilli(begin) + "/" + Instant.ofEpochMilli(at));
                begin = -1;
            }
        }
        return spans;
    }

    @Test
    void aSpanThatComesOnceEndsBeforeItsEnd() {
        assertThat(covered("2026-03-01", once("2026-03-01T20:00:00Z", "2026-03-02T04:00:00Z")))
                .containsExactly("2026-03-01T20:00:00Z/2026-03-02T04:00:00Z");
    }

    @Test
    void aRecurringSpanComesOnItsDaysByTheClocksOfItsZone() {
        // The 1st of March 2026 is a Sunday; in Berlin it begins at 23:00 UTC.
        assertThat(covered("2026-02-28", weekly("00:30", 60, BERLIN, Weekday.sunday)))
                .containsExactly("2026-02-28T23:30:00Z/2026-03-01T00:30:00Z");
        assertThat(covered("2026-02-28", weekly("00:30", 60, null, Weekday.sunday)))
                .containsExactly("2026-03-01T00:30:00Z/2026-03-01T01:30:00Z");
        assertThat(covered("2026-02-28", weekly("00:30", 60, null))).hasSize(3);
        assertThat(covered("2026-02-28", weekly("00:30", 60, null, Weekday.tuesday)))
                .isEmpty();
    }

    @Test
    void aSpanMayReachIntoLaterDays() {
        assertThat(covered("2026-03-01", weekly("18:00", 40 * 60, null, Weekday.saturday)))
                .containsExactly("2026-03-01T00:00:00Z/2026-03-02T10:00:00Z");
        assertThat(covered("2026-03-01", weekly("00:00", 7 * 24 * 60, null, Weekday.monday)))
                .containsExactly("2026-03-01T00:00:00Z/2026-03-04T00:00:00Z");
    }

    /** On 2026-03-29 the clocks skip from 02:00 to 03:00, on 2026-10-25 they go back from 03:00 to 02:00. */
    @ParameterizedTest
    @CsvSource({
        // The same time by the clocks, before and after.
        "2026-03-21, 02:30, 60, 2026-03-22T01:30:00Z/2026-03-22T02:30:00Z",
        "2026-04-04, 02:30, 60, 2026-04-05T00:30:00Z/2026-04-05T01:30:00Z",
        "2026-10-17, 02:30, 60, 2026-10-18T00:30:00Z/2026-10-18T01:30:00Z",
        "2026-10-31, 02:30, 60, 2026-11-01T01:30:00Z/2026-11-01T02:30:00Z",
        // 02:30 is skipped: 03:30 summer time. 02:30 comes twice: the first one.
        "2026-03-28, 02:30, 60, 2026-03-29T01:30:00Z/2026-03-29T02:30:00Z",
        "2026-10-24, 02:30, 60, 2026-10-25T00:30:00Z/2026-10-25T01:30:00Z",
        // Across the change as many minutes as ever.
        "2026-03-28, 01:00, 180, 2026-03-29T00:00:00Z/2026-03-29T03:00:00Z",
        "2026-10-24, 01:00, 180, 2026-10-24T23:00:00Z/2026-10-25T02:00:00Z",
    })
    void theClocksOfTheZoneAreFollowed(String firstDay, String start, int minutes, String span) {
        assertThat(covered(firstDay, weekly(start, minutes, BERLIN, Weekday.sunday)))
                .containsExactly(span);
    }

    @Test
    void aStepThatLiesPartlyWithinCounts() {
        Maintenance maintenance = new Maintenance(List.of(once("2026-03-01T02:15:00Z", "2026-03-01T02:45:00Z")));
        long hour = 60 * MINUTE;
        long two = Instant.parse("2026-03-01T02:00:00Z").toEpochMilli();
        assertThat(maintenance.covers(two, hour)).isTrue();
        assertThat(maintenance.covers(two - hour, hour)).isFalse();
        assertThat(maintenance.covers(two + hour, hour)).isFalse();
    }
}
