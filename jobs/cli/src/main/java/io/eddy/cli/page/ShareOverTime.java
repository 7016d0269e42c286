package io.eddy.cli.page;

import io.eddy.Score;
import io.eddy.Status;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many series were scored and how many of them were anomalous, step by step of event time. */
final class ShareOverTime {
    private static final int MOST_STEPS = 720;

    /** Counts of one step of event time; {@code stamp} is the revision of the last change. */
    static final class Counts {
        int scored;
        int anomalous;
        int stamp;
    }

    private final TreeMap<Long, Counts> steps = new TreeMap<>();
    private long stepMillis;
    private int revision;

    /** @param stepMillis 0: learnt from the first forecast */
    ShareOverTime(long stepMillis) {
        this.stepMillis = stepMillis;
    }

    void learnStep(long millis) {
        if (stepMillis == 0 && millis > 0) {
            stepMillis = millis;
        }
    }

    void add(Score score) {
        boolean counts = score.getStatus() != Status.LATE
                && score.getStatus() != Status.BAD_INPUT
                && score.getCorrectionOf() == null;
        if (stepMillis == 0 || !counts) {
            return;
        }
        long time = score.getEventTime().toEpochMilli();
        Counts at = steps.computeIfAbsent(time - Math.floorMod(time, stepMillis), start -> new Counts());
        at.scored++;
        at.anomalous += score.getIsAnomaly() ? 1 : 0;
        at.stamp = ++revision;
        while (steps.size() > MOST_STEPS) {
            steps.pollFirstEntry();
        }
    }

    /** Counts up with every change. */
    int revision() {
        return revision;
    }

    /** By the start of the step, epoch milliseconds. */
    SortedMap<Long, Counts> steps() {
        return steps;
    }
}
