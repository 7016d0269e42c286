package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How long a series may say nothing before somebody is told: three times its longest gap of late, and no less than so many steps as are asked
 * for. A gap fades over thousands of readings, so that nights and weekends are remembered; one that was told counts no more than what was waited
 * for, so that an outage does not become a habit at once. A byte where nothing is watched.
 *
 * <p>There is one time at a time at which a series is to be asked. It does not move with the readings: a series that is asked and was heard of
 * meanwhile names the next one.
 */
final class Silence {
    /** The time at which nothing is to be asked. */
    static final long NEVER = Long.MAX_VALUE;

    private enum State {
        UNWATCHED,
        WATCHED,
        /** Silent, and a rule or a person said that nobody is to be told. */
        HELD,
        TOLD
    }

    private static final State[] STATES = State.values();
    private static final double HABITS = 3;
    private static final double FADES = 1 / 4000.0;
    /** Steps by which it fades at most: with each reading the wait begins anew, so that a series is never silent before the time for which it is asked. */
    private static final double FADES_BY = 0.75 / HABITS;
    /** A silence that is held back is asked again after this share of its length. */
    private static final long SOON = 8;

    private State state = State.UNWATCHED;
    /** Longest gap of late, in steps without a reading. */
    private float habit;
    /** When it is to be asked next, where it is held back. */
    private long nextMillis;

    /**
     * Takes a step that came.
     *
     * @param missing steps before it that did not
     * @param limit what {@link #limit} was
     * @return whether it ends a silence that was told
     */
    boolean observe(long missing, long limit) {
        long counted = state == State.UNWATCHED ? missing : Math.min(missing, limit);
        habit = (float) Math.max(counted, habit - Math.min(FADES * habit, FADES_BY));
        boolean ends = state == State.TOLD;
        if (ends || state == State.HELD) {
            state = State.UNWATCHED;
        }
        return ends;
    }

    /**
     * Steps without a reading after which it is told.
     *
     * @param least where the habits of the series ask for no more
     * @param weight of the channel, by what people said
     */
    long limit(int least, double weight) {
        return (long) Math.ceil(Math.max(least, HABITS * habit) / weight);
    }

    /** Whether it is to be watched and is not. */
    boolean isUnwatched() {
        return state == State.UNWATCHED;
    }

    void watch() {
        state = State.WATCHED;
    }

    /** When it is to be asked, given when it is silent for too long; {@link #NEVER} where it is not watched. */
    long nextMillis(long deadlineMillis) {
        return switch (state) {
            case UNWATCHED, TOLD -> NEVER;
            case WATCHED -> deadlineMillis;
            case HELD -> nextMillis;
        };
    }

    /**
     * Is silent for too long.
     *
     * @param held whether nobody is to be told; it is asked again later then, at the start of a step as ever
     * @param missing steps without a reading
     * @param limit what {@link #limit} is
     * @param atMillis now, the start of a step
     * @return whether there is something to say: the first time that it is held back, and when it is told
     */
    boolean tell(boolean held, long missing, long limit, long atMillis, long stepMillis) {
        boolean news = !held || state != State.HELD;
        state = held ? State.HELD : State.TOLD;
        nextMillis = atMillis + Math.max(limit, missing / SOON) * stepMillis;
        return news;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(state.ordinal() | (habit == 0 ? 0 : STATES.length));
        if (habit != 0) {
            out.writeFloat(habit);
        }
        if (state == State.HELD) {
            out.writeLong(nextMillis);
        }
    }

    void read(DataInput in) throws IOException {
        int there = in.readByte();
        state = STATES[there % STATES.length];
        habit = there >= STATES.length ? in.readFloat() : 0;
        nextMillis = state == State.HELD ? in.readLong() : 0;
    }
}
