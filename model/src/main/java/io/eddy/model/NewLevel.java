package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Anomalous values in a row: what is learnt of them, and whether they are a level that has come to stay. A byte where there are none. */
final class NewLevel {
    /** What the history takes for a value. */
    enum Lesson {
        THE_VALUE,
        WHAT_WAS_EXPECTED,
        /** The value, once the past has been moved by {@link NewLevel#distance}. */
        A_NEW_LEVEL
    }

    /** The smallest deviation of a level as a share of the largest: less is a ramp, or noise. */
    private static final double ALIKE = 0.8;

    private static final int RUNS = 1;
    private static final int SAID = 2;
    private static final int DECIDED = 4;

    private int run;
    /** Whether a person said that this is the new normal. */
    private boolean said;
    /** Whether it was asked already if this run is a new level. */
    private boolean decided;
    /** Of the deviations of this run from what was expected, in the unit of the values. */
    private float least;

    private float most;
    private float mean;

    /**
     * Takes the next value.
     *
     * @param odd whether it is anomalous, told or not
     * @param outside whether it lies outside of the range
     * @param deviation value - what was expected
     * @param persistence after so many odd values in a row the next ones are learnt
     */
    Lesson observe(boolean odd, boolean outside, double deviation, int persistence) {
        if (!odd) {
            run = 0;
            said = false;
            decided = false;
            return Lesson.THE_VALUE;
        }
        run++;
        float newest = (float) deviation;
        least = run == 1 ? newest : Math.min(least, newest);
        most = run == 1 ? newest : Math.max(most, newest);
        mean = run == 1 ? newest : mean + (newest - mean) / run;
        if (run <= persistence && !said) {
            return outside ? Lesson.WHAT_WAS_EXPECTED : Lesson.THE_VALUE;
        }
        boolean first = !decided;
        decided = true;
        return first && outside && isLevel() ? Lesson.A_NEW_LEVEL : Lesson.THE_VALUE;
    }

    private boolean isLevel() {
        double nearest = least > 0 ? least : most < 0 ? -most : 0;
        return nearest > 0 && nearest >= ALIKE * Math.max(Math.abs(least), Math.abs(most));
    }

    /** Mean deviation of the values of this run from what was expected. */
    double distance() {
        return mean;
    }

    /** What happens now is the new normal: odd values that follow at once are learnt from. */
    void accept() {
        said = run > 0;
    }

    /** What the third format holds. */
    void writeRun(DataOutput out) throws IOException {
        out.writeInt(run);
    }

    void readRun(DataInput in) throws IOException {
        run = in.readInt();
        decided = run > 0; // the deviations are not known
    }

    /** What the fifth format holds beyond the earlier ones. */
    void write(DataOutput out) throws IOException {
        out.writeByte(run == 0 ? 0 : RUNS | (said ? SAID : 0) | (decided ? DECIDED : 0));
        if (run > 0) {
            out.writeFloat(least);
            out.writeFloat(most);
            out.writeFloat(mean);
        }
    }

    void read(DataInput in) throws IOException {
        int there = in.readByte();
        said = (there & SAID) != 0;
        decided = (there & DECIDED) != 0;
        if (there != 0) {
            least = in.readFloat();
            most = in.readFloat();
            mean = in.readFloat();
        }
    }
}
