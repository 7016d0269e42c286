package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The newest values of a series, 16 bits each: the distance from an origin, in a unit that follows the scale of the series.
 *
 * <p>A value is off by at most one part in 4096 of its distance from the origin. What is further away than 65504 units counts as being
 * just there.
 */
final class Ring {
    /** Steps that are remembered of a series: a week of half hours, a day of five minutes. */
    static final int CAPACITY = 336;
    /** Distance of the level from the origin, in scales, from which all is written anew around the level. */
    private static final double FAR = 512;
    /** Bounds of the unit, in scales, between which halves neither overflow nor lose digits. */
    private static final double SMALLEST_UNIT = 1 / 16.0;

    private static final double LARGEST_UNIT = 1024;

    /** Places that there are at first: most series of a fleet that has just begun are young. */
    private static final int FIRST = 16;

    private static final short NONE = Half.of(Float.NaN);

    private final int capacity;
    /** Halves, NaN where there is none; doubled up to the capacity as values come. */
    private short[] values;

    private double origin = Double.NaN;
    private double unit = 1;
    private long pushed;
    /** Place of the next value. */
    private int next;
    /** The value that the newest took the place of; of this step only, so it is not written. */
    private double left = Double.NaN;

    /** @param capacity values kept, at least 1 */
    Ring(int capacity) {
        this.capacity = capacity;
        values = grown(new short[0], places(0));
    }

    /** How many there are room for after so many were taken. */
    private int places(long taken) {
        int places = FIRST;
        while (places < Math.min(taken, capacity)) {
            places *= 2;
        }
        return Math.min(places, capacity);
    }

    private static short[] grown(short[] from, int size) {
        short[] to = Arrays.copyOf(from, size);
        Arrays.fill(to, from.length, size, NONE);
        return to;
    }

    /** Values taken so far, missing ones too. */
    long pushed() {
        return pushed;
    }

    /** Takes the newest value; NaN where it is missing. */
    void push(double y) {
        if (next == values.length) {
            values = grown(values, places(next + 1));
        }
        left = ago(capacity - 1);
        values[next] = half(y);
        pushed++;
        next = next + 1 == capacity ? 0 : next + 1;
    }

    double origin() {
        return origin;
    }

    /** The value of a half on the grid of origin and unit. */
    double value(short half) {
        return origin + unit * Half.value(half);
    }

    /** The unit of distances, a power of two; it changes seldom. */
    double unit() {
        return unit;
    }

    /** The half on the grid. */
    short half(double y) {
        // A distance that overflows a float is the largest there is.
        return Half.of((float) ((y - origin) / unit));
    }

    /** One of the two next to it. */
    short half(double y, int random) {
        return Half.of((float) ((y - origin) / unit), random);
    }

    /** The value some steps ago, 0 being the newest; NaN where there is none. */
    double ago(int lag) {
        if (lag >= capacity || lag >= pushed) {
            return Double.NaN;
        }
        int place = next - 1 - lag;
        return value(values[place < 0 ? place + capacity : place]);
    }

    /** The value that the newest took the place of, {@code capacity} steps ago; NaN where there is none. */
    double left() {
        return left;
    }

    /**
     * Fills the last of the first places of both with all values, the oldest first; NaN where one is missing.
     *
     * @param places [capacity], scratch
     * @param distances [capacity], from the origin, in units; what is before the values becomes anything
     * @param out [capacity or more], the values themselves, likewise
     * @return the largest distance from the origin, in units; NaN where a value is missing
     */
    float copy(short[] places, float[] distances, double[] out) {
        int older = pushed < capacity ? 0 : capacity - next;
        System.arraycopy(values, next, places, 0, older);
        System.arraycopy(values, 0, places, capacity - next, next);
        return Half.values(places, capacity - next - older, origin, unit, distances, out);
    }

    /** Whether the values of the last so many steps, as far as they are there, are all the same; not before there were so many. */
    boolean isSame(int steps) {
        if (pushed < steps) {
            return false;
        }
        short first = NONE;
        for (int lag = 0; lag < steps; lag++) {
            int place = next - 1 - lag;
            short value = values[place < 0 ? place + capacity : place];
            if (first == NONE) {
                first = value;
            } else if (value != first && value != NONE) {
                return false;
            }
        }
        return true;
    }

    /** Whether origin and unit have become too far off. */
    boolean isFar(double level, double scale) {
        boolean near = Math.abs(level - origin) <= FAR * scale
                && unit >= SMALLEST_UNIT * scale
                && unit <= LARGEST_UNIT * scale;
        return !near;
    }

    /** Lets origin and unit follow the series. */
    void follow(double level, double scale) {
        double next = powerOfTwo(scale);
        move(next * Math.rint(level / next), next); // an origin on the grid: what are whole numbers stays exact
    }

    private static double powerOfTwo(double scale) {
        return Math.scalb(1.0, Math.getExponent(scale));
    }

    private void move(double newOrigin, double newUnit) {
        double[] old = new double[(int) Math.min(pushed, values.length)];
        for (int i = 0; i < old.length; i++) {
            old[i] = value(values[i]);
        }
        origin = newOrigin;
        unit = newUnit;
        for (int i = 0; i < old.length; i++) {
            values[i] = half(old[i]);
        }
    }

    /** Moves every value by so much. */
    void shift(double distance) {
        origin += distance;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(origin);
        out.writeShort(Math.getExponent(unit));
        Bulk.writeSmall(out, pushed);
        Bulk.write(out, values);
    }

    /**
     * Takes over what the first format remembered.
     *
     * @param distances from the origin, in the ring's places
     */
    void take(float[] distances, long pushed, double origin, double unit) {
        this.origin = origin;
        this.unit = powerOfTwo(unit);
        this.pushed = pushed;
        next = (int) (pushed % capacity);
        values = new short[capacity];
        for (int i = 0; i < capacity; i++) {
            values[i] = half(origin + distances[i]);
        }
        values = Arrays.copyOf(values, places(pushed));
    }

    /** Before the ninth format the unit may be no power of two, before the thirteenth there were always all places. */
    void read(DataInput in, int format) throws IOException {
        origin = in.readDouble();
        unit = format < 9 ? in.readDouble() : Math.scalb(1.0, in.readShort());
        pushed = format < 9 ? in.readLong() : Bulk.readSmall(in);
        next = (int) (pushed % capacity);
        left = Double.NaN;
        int places = format < 13 ? capacity : places(pushed);
        values = values.length == places ? values : new short[places];
        Bulk.read(in, values, format);
        if (values.length > places(pushed)) {
            values = Arrays.copyOf(values, places(pushed));
        }
        if (unit != powerOfTwo(unit)) {
            move(origin, powerOfTwo(unit));
        }
    }
}
