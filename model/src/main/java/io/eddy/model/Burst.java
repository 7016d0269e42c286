package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

    private final Tail tail = new Tail(0.08);
    /** Mean number of late. */
    private float usual = 1;

    /**
     * Judges the number of a step, then learns from it.
     *
     * @param readings that had a value, at least 1
     * @return decades of surprise, -log10 of the tail probability less one; 0 where there are no more than usual
     */
    double judge(int readings) {
        double deviation = Math.sqrt(Math.max(1, usual));
        double more = tail.count() == 0 ? 0 : readings - usual;
        double v = Tail.log(more < 0.5 ? 0 : more / deviation);
        double decades = v == 0 || tail.count() < YOUNG ? 0 : tail.decades(v);
        tail.observe(v);
        double limited = tail.count() < YOUNG ? readings : Math.min(readings, usual + WILD * deviation);
        usual = (float) Ewma.next(usual, limited, tail.count(), WINDOW);
        return decades;
    }

    void write(DataOutput out) throws IOException {
        boolean ones = usual == 1 && tail.isZero();
        out.writeByte(tail.count() == 0 ? NOTHING : ones ? ONLY_ONES : NUMBERS);
        if (tail.count() > 0 && ones) {
            out.writeInt(tail.count());
        } else if (tail.count() > 0) {
            out.writeFloat(usual);
            tail.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        switch (in.readByte()) {
            case NOTHING -> {}
            case ONLY_ONES -> tail.readZero(in);
            default -> {
                usual = in.readFloat();
                tail.read(in);
            }
        }
    }
}
