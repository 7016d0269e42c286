package io.eddy.train;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves windows out that would teach what is not normal, and counts why.
 *
 * <p>A window whose deviations are much larger than those of its series so far is left out, but only two in a row: what lasts longer is
 * how the series behaves now, and has to be learnt.
 */
final class WindowFilter {
    /** Why a window is left out. */
    enum Reason {
        /** Deviations more than five times as large as is usual for the series. */
        ANOMALOUS,
        /** More than half of the targets unknown. */
        MISSING,
        /** A person called a span anomalous that the window touches. */
        TOLD
    }

    private static final double LIMIT = 5;
    private static final int MOST_IN_A_ROW = 2;
    private static final int MOST_SERIES = 1_000_000;
    /** How fast the usual size follows. */
    private static final double WEIGHT = 0.2;

    private static final class Usual {
        private double size = Double.NaN;
        private int leftOut;
    }

    private final Map<String, Usual> series = new HashMap<>();
    private final EnumMap<Reason, Long> counts = new EnumMap<>(Reason.class);

    /** Why the window should not be learnt; null if it may. */
    @Nullable
    Reason check(TrainingWindow window) {
        Reason reason = reason(window);
        if (reason != null) {
            counts.merge(reason, 1L, Long::sum);
        }
        return reason;
    }

    private @Nullable Reason reason(TrainingWindow window) {
        double sum = 0;
        int known = 0;
        for (float target : window.targets()) {
            if (!Float.isNaN(target)) {
                sum += Math.abs(target);
                known++;
            }
        }
        if (2 * known < window.targets().length) {
            return Reason.MISSING;
        }
        if (series.size() >= MOST_SERIES) {
            series.clear();
        }
        Usual usual = series.computeIfAbsent(window.series(), name -> new Usual());
        double size = sum / known;
        if (size > LIMIT * usual.size && usual.leftOut < MOST_IN_A_ROW) {
            usual.leftOut++;
            return Reason.ANOMALOUS;
        }
        usual.leftOut = 0;
        usual.size = Double.isNaN(usual.size) ? size : usual.size + WEIGHT * (size - usual.size);
        return null;
    }

    /** Counts windows that were left out elsewhere. */
    void leftOut(Reason reason, int windows) {
        counts.merge(reason, (long) windows, Long::sum);
    }

    long count(Reason reason) {
        return counts.getOrDefault(reason, 0L);
    }
}
