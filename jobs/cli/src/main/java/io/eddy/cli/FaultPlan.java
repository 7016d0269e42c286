package io.eddy.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When and how one series fails: drawn fault after fault, as far as asked for, without a look at the values. Any thread may ask. */
final class FaultPlan {
    /**
     * One fault, in steps.
     *
     * @param from first step
     * @param to first step after it
     * @param size in sigma with its sign, or for {@link FaultKind#VARIANCE} the factor of the noise; 0 for {@link FaultKind#FLAT}
     */
    record Planned(FaultKind kind, long from, long to, double size) {
        /** What is added to the value at a step of this fault, in sigma. */
        double offset(long step) {
            return switch (kind) {
                case SPIKE, LEVEL_SHIFT -> size;
                case TREND -> size * (step - from + 1) / (to - from);
                case VARIANCE, FLAT -> 0;
            };
        }
    }

    /** Steps of one series for each of its faults, on average. */
    private static final double STEPS_PER_FAULT = 900;

    private static final Duration WARM_UP = Duration.ofDays(9);
    private static final Duration REST = Duration.ofDays(6);
    private static final double MEAN_FAULT_DAYS = 1.2;
    private static final FaultKind[] KINDS = FaultKind.values();

    private final RandomGenerator random;
    private final double stepsPerDay;
    private final boolean onlyUp;
    /** In order of time; the last one begins after every step asked for. */
    private final List<Planned> planned = new ArrayList<>();

    /** @param onlyUp when the values lie too near to their floor for a fall to show */
    FaultPlan(RandomGenerator random, long stepMillis, boolean onlyUp) {
        this.random = random;
        this.onlyUp = onlyUp;
        this.stepsPerDay = (double) Duration.ofDays(1).toMillis() / stepMillis;
        // A series takes part from the end of the warm-up as if it had been running before.
        planned.add(draw(days(WARM_UP.toDays()) + Math.round(STEPS_PER_FAULT * random.nextExponential())));
    }

    /** The fault of this step, if there is one. */
    synchronized @Nullable Planned at(long step) {
        drawBeyond(step);
        // From the end, because the steps are asked for in order.
        for (int i = planned.size() - 1; i >= 0; i--) {
            Planned fault = planned.get(i);
            if (fault.from <= step) {
                return step < fault.to ? fault : null;
            }
        }
        return null;
    }

    /** All faults that begin at this step or before, in order. */
    synchronized List<Planned> until(long step) {
        drawBeyond(step);
        return planned.stream().takeWhile(fault -> fault.from <= step).toList();
    }

    private void drawBeyond(long step) {
        Planned last = planned.get(planned.size() - 1);
        double meanPause = Math.max(0, STEPS_PER_FAULT - stepsPerDay * (REST.toDays() + MEAN_FAULT_DAYS));
        while (last.from <= step) {
            long pause = days(REST.toDays()) + Math.round(meanPause * random.nextExponential());
            last = draw(last.to + pause);
            planned.add(last);
        }
    }

    private Planned draw(long from) {
        FaultKind kind = KINDS[random.nextInt(KINDS.length)];
        // Upwards more often than not, as on call.
        double sign = random.nextDouble() < 0.7 || onlyUp ? 1 : -1;
        return switch (kind) {
            case SPIKE -> new Planned(kind, from, from + random.nextInt(1, 3), sign * random.nextDouble(8, 12));
            case LEVEL_SHIFT -> lasting(kind, from, 2, 3, sign * random.nextDouble(6, 8));
            case TREND -> lasting(kind, from, 1, 2, sign * random.nextDouble(8, 10));
            case VARIANCE -> lasting(kind, from, 0.8, 1.25, random.nextDouble(4, 6));
            case FLAT -> new Planned(kind, from, from + random.nextInt(12, 31), 0);
        };
    }

    private Planned lasting(FaultKind kind, long from, double fromDays, double toDays, double size) {
        return new Planned(kind, from, from + Math.max(1, days(random.nextDouble(fromDays, toDays))), size);
    }

    private long days(double days) {
        return Math.round(days * stepsPerDay);
    }
}
