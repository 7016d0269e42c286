package io.eddy.model;

import io.eddy.model.network.WeightsVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds series that have fallen silent: it is asked by time, not by values. Between two times that {@link #nextMillis} and {@link #ask} name, a series
 * costs nothing, however many readings come. All that lasts is in the {@link Memory} of the series.
 */
public final class Listener {
    /** The time at which nothing is to be asked. */
    public static final long NEVER = Silence.NEVER;

    private final int silenceSteps;
    private final int warmUpSteps;
    private final long stepMillis;
    private final double falseAlarmRate;

    public Listener(Forecaster.Options options) {
        stepMillis = options.stepMillis();
        // Where every reading is a step nobody knows when the next one is due.
        boolean heard = stepMillis > 1 && options.scoring().channels().contains(Channel.SILENCE);
        silenceSteps = heard ? options.silenceSteps() : 0;
        warmUpSteps = options.warmUpSteps();
        falseAlarmRate = options.falseAlarmRate();
    }

    /**
     * When a series is to be asked: one step after the last of those that may be missing; it may be heard of until then.
     *
     * @return event time, start of a step; {@link #NEVER} where it is not watched
     */
    public long nextMillis(Memory memory) {
        return silenceSteps > 0
                ? memory.silence.nextMillis(memory.lastMillis() + (limit(memory) + 1) * stepMillis)
                : NEVER;
    }

    private long limit(Memory memory) {
        return memory.silence.limit(silenceSteps, memory.verdicts.weight(Channel.SILENCE));
    }

    private long missing(Memory memory, long timeMillis) {
        return Gap.missing(memory.lastMillis(), timeMillis, stepMillis);
    }

    /**
     * Asks a series whether it has fallen silent. Where it has, and there is something to say, the answer is anomalous or held back.
     *
     * @param atMillis a time that was named, which the watermark has reached
     * @param rule for the step before that time, the newest that is missing; null: none
     * @param answer filled; nothing is invented, so its value and what was expected are NaN
     * @return when it is to be asked next; {@link #NEVER} where it was told: a step that comes names a time again
     */
    public long ask(
            Memory memory, @Nullable WeightsVersion version, long atMillis, @Nullable AlarmRule rule, Answer answer) {
        answer.nothing();
        long next = nextMillis(memory);
        if (next > atMillis) {
            return next;
        }
        if (memory.inbox().open().isAny()) {
            return atMillis + stepMillis;
        }
        long newest = atMillis - stepMillis;
        boolean expected = memory.verdicts.isExpected(newest);
        boolean held = expected || (rule != null && rule.silent());
        if (memory.silence.tell(held, missing(memory, atMillis), limit(memory), atMillis, stepMillis)) {
            answer.hold = expected ? Hold.EXPECTED : held ? Hold.SILENT : Hold.NONE;
            answer.isAnomaly = !held;
            answer.rawScore = 1;
            answer.anomalyScore = held ? 0 : 1;
            answer.pValue = rule == null ? falseAlarmRate : rule.rate(falseAlarmRate);
            answer.alert = held ? 0 : 1;
            answer.channel = Channel.SILENCE;
            answer.samplesSeen = memory.history.observed();
            answer.version = version == null ? 0 : version.version();
            answer.memoryVersion = memory.network.startedByVersion();
            if (!held) {
                long missing = missing(memory, atMillis);
                answer.change = memory.incident().miss(memory.lastMillis() + stepMillis, newest, missing);
            }
        }
        return nextMillis(memory);
    }

    /** A step comes: takes the gap before it; the result is what becomes of the event of the silence that it ends. */
    Incident.Change hear(Memory memory, long timeMillis) {
        boolean idle = silenceSteps == 0 && memory.silence.isUnwatched();
        if (idle || stepMillis == 0 || memory.lastMillis() == Long.MIN_VALUE) {
            return Incident.Change.NONE;
        }
        long missing = missing(memory, timeMillis);
        return memory.silence.observe(missing, limit(memory))
                ? memory.incident().comeBack(timeMillis - stepMillis, missing)
                : Incident.Change.NONE;
    }

    /** Begins to watch a series that has been seen for long enough; the result is when to ask it, {@link #NEVER} if that is known. */
    long watch(Memory memory) {
        if (silenceSteps == 0 || !memory.silence.isUnwatched() || memory.history.observed() < warmUpSteps) {
            return NEVER;
        }
        memory.silence.watch();
        return nextMillis(memory);
    }
}
