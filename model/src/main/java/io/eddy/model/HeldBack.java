package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a series has to know of the alarms that a rule held back; none, and a byte, where there is nothing to know. */
final class HeldBack {
    private static final int OWED = 1;
    private static final int PASSED = 2;

    /** Bit i: whether the value i before the newest one was anomalous and held back by nothing but its being alone. */
    private long passed;
    /** Whether a person would have been told of this episode, had it not been held back; its evidence is told with the first value that is not. */
    private boolean owed;

    boolean isOwed() {
        return owed;
    }

    /**
     * Takes the alarm from an answer where the rule does not want it. An episode is told once ({@link Evidence}); where its first value was
     * held back, the first one that is not tells it.
     *
     * @param expected whether a person said that what happens now is expected
     * @param evidence of this value against the false-alarm rate
     */
    void apply(AlarmRule rule, boolean expected, double evidence, Answer answer) {
        Hold hold = !answer.isAnomaly ? Hold.NONE : expected ? Hold.EXPECTED : rule.hold(answer.y, answer.yhat);
        boolean passes = answer.isAnomaly && hold == Hold.NONE;
        passed = rule.n() == 1 ? 0 : passed << 1 | (passes ? 1 : 0);
        if (passes && rule.k() > 1 && Long.bitCount(passed << (Long.SIZE - rule.n())) < rule.k()) {
            hold = Hold.K_OF_N;
        }
        answer.hold = hold;
        if (hold != Hold.NONE) {
            owed |= answer.alert > 0;
            answer.alert = 0;
            answer.anomalyScore = 0;
            answer.isAnomaly = false;
        } else if (answer.isAnomaly) {
            if (owed && answer.alert == 0) {
                answer.alert = evidence;
            }
            owed = false;
        }
    }

    static void write(@Nullable HeldBack heldBack, DataOutput out) throws IOException {
        if (heldBack == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte((heldBack.owed ? OWED : 0) | (heldBack.passed == 0 ? 0 : PASSED));
        if (heldBack.passed != 0) {
            out.writeLong(heldBack.passed);
        }
    }

    static @Nullable HeldBack read(DataInput in) throws IOException {
        int there = in.readByte();
        if (there == 0) {
            return null;
        }
        HeldBack heldBack = new HeldBack();
        heldBack.owed = (there & OWED) != 0;
        heldBack.passed = (there & PASSED) == 0 ? 0 : in.readLong();
        return heldBack;
    }
}
