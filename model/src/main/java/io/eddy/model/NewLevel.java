package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Anomalous values in a row: what is learnt of them, and whether they are a level that has come to stay. A series has none while there are none. */
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
     * Takes the next value, which is anomalous, told or not.
     *
     * @param outside whether it lies outside of the range
     * @param deviation value - what was expected
     * @param persistence after so many odd values in a row the next ones are learnt
     */
    Lesson observe(boolean outside, double deviation, int persistence) {
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
        said = true;
    }

    /** What the third format holds. */
    static void writeRun(@Nullable NewLevel level, DataOutput out) throws IOException {
        Bulk.writeSmall(out, level == null ? 0 : level.run);
    }

    static @Nullable NewLevel readRun(DataInput in, int format) throws IOException {
        int run = Bulk.readSmall(in, format);
        if (run == 0) {
            return null;
        }
        NewLevel level = new NewLevel();
        level.run = run;
        level.decided = true; // the deviations are not known
        return level;
    }

    /** What the fifth format holds beyond the earlier ones. */
    static void write(@Nullable NewLevel level, DataOutput out) throws IOException {
        if (level == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(RUNS | (level.said ? SAID : 0) | (level.decided ? DECIDED : 0));
        out.writeFloat(level.least);
        out.writeFloat(level.most);
        out.writeFloat(level.mean);
    }

    static void read(@Nullable NewLevel level, DataInput in) throws IOException {
        int there = in.readByte();
        if (level != null && there != 0) {
            level.said = (there & SAID) != 0;
            level.decided = (there & DECIDED) != 0;
            level.least = in.readFloat();
            level.most = in.readFloat();
            level.mean = in.readFloat();
        }
    }
}
