package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The last steps of a series that were closed, as far as a late reading may correct them: the mean and number of their readings, and what they
 * were judged by. A byte where none is kept, else 45 bytes for each.
 *
 * <p>A correction is an answer and no more: what the series has learnt from the step, and its events, stay as they are.
 */
public final class ClosedSteps {
    /** Most steps that are kept of a series. */
    public static final int MOST = 64;

    private static final double SMALLEST = 1e-300;

    private static final Step[] NONE = {};

    private static final class Step {
        long startMillis;
        double mean;
        int readings;
        double yhat;
        /** Half the width of the range; NaN where nothing was expected. */
        double edge;

        boolean isWarmingUp;
        long version;
    }

    /** Ascending in time, from {@link #first} on, round about. */
    private Step[] steps = NONE;

    private int size;
    private int first;

    private Step at(int i) {
        return steps[(first + i) % steps.length];
    }

    /**
     * Keeps a step that was judged.
     *
     * @param mean of its readings; NaN if none had a value
     * @param readings that had a value
     * @param answer to it
     * @param most steps that are kept, up to {@link #MOST}; 0: none, and those that were are forgotten
     */
    public void add(long startMillis, double mean, int readings, Answer answer, int most) {
        if (steps.length != most) {
            shape(most);
        }
        if (most == 0) {
            return;
        }
        if (size == most) {
            first = (first + 1) % most;
            size--;
        }
        int place = (first + size++) % most;
        Step step = steps[place] == null ? new Step() : steps[place];
        steps[place] = step;
        step.startMillis = startMillis;
        step.mean = mean;
        step.readings = readings;
        step.yhat = answer.yhat;
        step.edge = answer.yhatUpper - answer.yhat;
        step.isWarmingUp = answer.warmingUp != null;
        step.version = answer.version;
    }

    /** Keeps the newest that fit. */
    @SuppressWarnings("NullAway") // places are filled before they are read
    private void shape(int most) {
        Step[] shaped = most == 0 ? NONE : new Step[most];
        int kept = Math.min(size, most);
        for (int i = 0; i < kept; i++) {
            shaped[i] = at(size - kept + i);
        }
        steps = shaped;
        size = kept;
        first = 0;
    }

    /**
     * Adds a late reading to its step and judges the corrected mean by the forecast that the step was judged by: the score is the error in half widths
     * of its range, 1 at the edge.
     *
     * @param startMillis of its step
     * @param value finite
     * @param rule for the step; null: none
     * @param rate the false-alarm rate of the options
     * @param expected whether a person said that the step is
     * @param answer filled where the step is kept, but for what is not of the step
     * @return whether it is
     */
    boolean correct(
            long startMillis, double value, @Nullable AlarmRule rule, double rate, boolean expected, Answer answer) {
        Step step = null;
        for (int i = size - 1; i >= 0 && step == null; i--) {
            step = at(i).startMillis == startMillis ? at(i) : null;
        }
        if (step == null) {
            return false;
        }
        step.readings++;
        step.mean = step.readings == 1 ? value : step.mean + (value - step.mean) / step.readings;
        answer.nothing();
        answer.y = step.mean;
        answer.yhat = step.yhat;
        answer.version = step.version;
        answer.warmingUp = step.isWarmingUp ? "it was when the step was closed" : null;
        answer.channel = Channel.SPIKE;
        answer.scored = step.edge > 0;
        if (answer.scored) {
            judge(step, rule, rule == null ? rate : rule.rate(rate), answer);
            if (expected && answer.isAnomaly) {
                hold(Hold.EXPECTED, answer);
            }
        }
        return true;
    }

    private static void judge(Step step, @Nullable AlarmRule rule, double rate, Answer answer) {
        double error = step.mean - step.yhat;
        answer.yhatLower = step.yhat - step.edge;
        answer.yhatUpper = step.yhat + step.edge;
        answer.rawScore = Math.abs(error) / step.edge;
        answer.anomalyScore = answer.rawScore;
        answer.pValue = Math.max(SMALLEST, Math.pow(rate, answer.rawScore));
        answer.direction = answer.rawScore < 1 ? 0 : (int) Math.signum(error);
        answer.isAnomaly = answer.warmingUp == null && answer.rawScore >= 1;
        Hold hold = rule == null ? Hold.NONE : rule.hold(answer.y, answer.yhat);
        if (answer.isAnomaly && hold != Hold.NONE) {
            hold(hold, answer);
        }
    }

    private static void hold(Hold hold, Answer answer) {
        answer.hold = hold;
        answer.isAnomaly = false;
        answer.anomalyScore = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            Step step = at(i);
            out.writeLong(step.startMillis);
            out.writeDouble(step.mean);
            out.writeInt(step.readings);
            out.writeDouble(step.yhat);
            out.writeDouble(step.edge);
            out.writeBoolean(step.isWarmingUp);
            out.writeLong(step.version);
        }
    }

    void read(DataInput in) throws IOException {
        first = 0;
        size = in.readUnsignedByte();
        steps = size == 0 ? NONE : new Step[size];
        for (int i = 0; i < size; i++) {
            Step step = new Step();
            step.startMillis = in.readLong();
            step.mean = in.readDouble();
            step.readings = in.readInt();
            step.yhat = in.readDouble();
            step.edge = in.readDouble();
            step.isWarmingUp = in.readBoolean();
            step.version = in.readLong();
            steps[i] = step;
        }
    }
}
