package io.eddy.cli;

import io.eddy.Event;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Holds the events against the faults that were planted. */
final class FaultMatcher {
    /**
     * How many faults were found.
     *
     * @param found faults in whose span, or shortly after, an event of the series began
     * @param planted faults whose span had ended, so that there was time to see them
     * @param byKind for each kind the found and the planted ones
     */
    record Result(int found, int planted, Map<FaultKind, int[]> byKind) {
        /** The found and planted ones of each kind, for people. */
        String table() {
            StringBuilder text = new StringBuilder();
            byKind.forEach((kind, counts) -> text.append(text.isEmpty() ? "" : ", ")
                    .append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(' ')
                    .append(counts[0])
                    .append('/')
                    .append(counts[1]));
            return text.toString();
        }
    }

    private FaultMatcher() {}

    /**
     * @param stepMillis an event may begin up to three steps after a fault has ended
     * @param untilMillis start of the newest step that was scored
     */
    static Result match(List<Fault> faults, List<Event> events, long stepMillis, long untilMillis) {
        int found = 0;
        int planted = 0;
        Map<FaultKind, int[]> byKind = new TreeMap<>();
        for (Fault fault : faults) {
            if (fault.toMillis() + 3 * stepMillis > untilMillis) {
                continue;
            }
            long from = fault.fromMillis() - Math.floorMod(fault.fromMillis(), stepMillis);
            boolean hit = events.stream()
                    .filter(event -> event.getSeries().equals(fault.series()))
                    .mapToLong(event -> event.getStart().toEpochMilli())
                    .anyMatch(start -> start >= from && start <= fault.toMillis() + 3 * stepMillis);
            int[] counts = byKind.computeIfAbsent(fault.kind(), kind -> new int[2]);
            counts[0] += hit ? 1 : 0;
            counts[1]++;
            found += hit ? 1 : 0;
            planted++;
        }
        return new Result(found, planted, byKind);
    }
}
