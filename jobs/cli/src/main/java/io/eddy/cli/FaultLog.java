package io.eddy.cli;

import io.eddy.Event;
import io.eddy.Score;
import io.eddy.cli.page.Planted;
import io.eddy.forecast.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what comes out of the jobs against the faults that a replay has planted. Any thread may ask. */
final class FaultLog {
    /** A fault is told if an event begins while it lasts, or so many steps later. */
    private static final int STEPS_AFTER = 3;

    private static final long LOOK_AHEAD_MILLIS = Duration.ofDays(2).toMillis();

    private static final class Course {
        final Fault fault;
        double peak;
        boolean told;

        Course(Fault fault) {
            this.fault = fault;
        }
    }

    private final Replay replay;
    private final long stepMillis;
    /** By series, in the order of their start. */
    private final Map<String, List<Course>> bySeries = new HashMap<>();
    /** In the order of their start. */
    private final List<Course> all = new ArrayList<>();

    private long knownUntil = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;

    FaultLog(Replay replay) {
        this.replay = replay;
        stepMillis = Math.max(1, replay.stepMillis());
    }

    /** Takes a score; those of a series come in the order of time. */
    synchronized void add(Score score) {
        Course course = at(score.getSeries(), score.getEventTime());
        if (course != null) {
            course.peak = Math.max(course.peak, score.getAnomalyScore());
        }
        newest = Math.max(newest, score.getEventTime().toEpochMilli());
    }

    /** Takes any record of an event. */
    synchronized void add(Event event) {
        Course course = Records.isAcceptance(event) ? null : at(event.getSeries(), event.getStart());
        if (course != null) {
            course.told = true;
        }
    }

    private @Nullable Course at(String series, Instant time) {
        long millis = time.toEpochMilli();
        if (millis > knownUntil) {
            // Faults are drawn ahead, so the first step of one is known to be one.
            long before = knownUntil;
            knownUntil = millis + LOOK_AHEAD_MILLIS;
            for (Fault fault : replay.faultsUntil(knownUntil)) {
                if (fault.fromMillis() > before) {
                    Course course = new Course(fault);
                    all.add(course);
                    bySeries.computeIfAbsent(fault.series(), name -> new ArrayList<>())
                            .add(course);
                }
            }
        }
        List<Course> own = bySeries.getOrDefault(series, List.of());
        for (int i = own.size() - 1; i >= 0; i--) {
            Fault fault = own.get(i).fault;
            long from = fault.fromMillis() - Math.floorMod(fault.fromMillis(), stepMillis);
            if (from <= millis) {
                return millis <= lastMillis(fault) ? own.get(i) : null;
            }
        }
        return null;
    }

    private long lastMillis(Fault fault) {
        return fault.toMillis() + STEPS_AFTER * stepMillis;
    }

    /** The faults that have begun by the newest step that was scored, in the order of their start. */
    synchronized List<Planted> planted() {
        return all.stream()
                .filter(course -> course.fault.fromMillis() <= newest)
                .map(course -> new Planted(
                        course.fault.series(),
                        words(course.fault.kind()),
                        course.fault.fromMillis(),
                        course.fault.toMillis(),
                        course.peak,
                        course.told,
                        lastMillis(course.fault) <= newest))
                .toList();
    }

    private static String words(FaultKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How many of each kind were told, of those that are over. */
    static String table(List<Planted> planted) {
        Map<String, List<Planted>> byKind =
                planted.stream().collect(Collectors.groupingBy(Planted::kind, TreeMap::new, Collectors.toList()));
        return byKind.entrySet().stream()
                .map(kind -> kind.getKey() + " " + told(kind.getValue()) + "/"
                        + kind.getValue().size())
                .collect(Collectors.joining(", "));
    }

    static long told(List<Planted> planted) {
        return planted.stream().filter(Planted::isTold).count();
    }

    /** What became of a fault, in one line. */
    static String line(Planted fault, long stepMillis) {
        long steps = Math.max(1, (fault.toMillis() - fault.fromMillis()) / Math.max(1, stepMillis));
        return String.format(
                Locale.ROOT,
                "%s  %-8s  %-44s  %s of %d %s, highest score %.1f%s",
                Instant.ofEpochMilli(fault.fromMillis()),
                fault.isTold() ? "told" : "not told",
                fault.series(),
                fault.kind(),
                steps,
                steps == 1 ? "step" : "steps",
                Math.floor(10 * fault.peak()) / 10,
                !fault.isTold() && fault.peak() >= 1 ? ", soon after another event" : "");
    }
}
