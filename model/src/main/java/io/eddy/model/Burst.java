package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How odd it is that so many readings came in one step: by how many standard deviations of a Poisson process they are more than usual, turned
 * into a tail probability learnt online, so that a series whose number varies has a wide one. Five bytes where there was never but one.
 */
final class Burst {
    private static final int WINDOW = 200;
    private static final int YOUNG = 20;
    /** The usual number learns from no more than this many standard deviations. */
    private static final double WILD = 3;

    private static final int NOTHING = 0;
    private static final int ONLY_ONES = 1;
    private static final int NUMBERS = 2;

    private static final double FLOOR = 0.08;

    /** Steps that had one reading, before the first that had more. */
    private int ones;
    /** [{@link Tail#NUMBERS}]; null while every step had one. */
    private float @Nullable [] tail;
    /** Mean number of late. */
    private float usual = 1;

    /**
     * Judges the number of a step, then learns from it.
     *
     * @param readings that had a value, at least 1
     * @return decades of surprise, -log10 of the tail probability less one; 0 where there are no more than usual
     */
    double judge(int readings) {
        if (tail == null && readings == 1) {
            ones = Math.min(ones + 1, Tail.SETTLED);
            return 0;
        }
        float[] known = tail();
        double deviation = Math.sqrt(Math.max(1, usual));
        int count = Tail.count(known, 0);
        double more = count == 0 ? 0 : readings - usual;
        double v = Tail.log(more < 0.5 ? 0 : more / deviation);
        double decades = v == 0 || count < YOUNG ? 0 : Tail.decades(known, 0, FLOOR, v);
        Tail.observe(known, 0, FLOOR, v);
        count = Tail.count(known, 0);
        double limited = count < YOUNG ? readings : Math.min(readings, usual + WILD * deviation);
        usual = (float) Ewma.next(usual, limited, count, WINDOW);
        return decades;
    }

    private float[] tail() {
        if (tail == null) {
            tail = new float[Tail.NUMBERS];
            Tail.zeros(tail, 0, ones);
        }
        return tail;
    }

    void write(DataOutput out) throws IOException {
        int count = tail == null ? ones : Tail.count(tail, 0);
        boolean onlyOnes = usual == 1 && (tail == null || Tail.isZero(tail, 0));
        out.writeByte(count == 0 ? NOTHING : onlyOnes ? ONLY_ONES : NUMBERS);
        if (count > 0 && onlyOnes) {
            out.writeInt(count);
        } else if (count > 0) {
            out.writeFloat(usual);
            Tail.write(tail(), 0, out);
        }
    }

    void read(DataInput in) throws IOException {
        ones = 0;
        tail = null;
        usual = 1;
        switch (in.readByte()) {
            case NOTHING -> {}
            case ONLY_ONES -> ones = in.readInt();
            default -> {
                usual = in.readFloat();
                Tail.read(tail(), 0, in);
            }
        }
    }
}
