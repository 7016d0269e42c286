package io.eddy.model;

/** A time as angles of its day and its week (UTC). Kept from one series to the next: many step at the same time. */
final class Calendar {
    static final int ANGLES = 4;
    private static final double DAY_MILLIS = 86_400_000.0;

    /** [{@link #ANGLES}]: sine and cosine of the day, sine and cosine of the week, each -1 to 1. */
    final float[] angles = new float[ANGLES];

    private long millis = Long.MIN_VALUE;

    Calendar at(long timeMillis) {
        if (timeMillis != millis) {
            millis = timeMillis;
            double day = 2 * Math.PI * (timeMillis / DAY_MILLIS);
            angles[0] = (float) Math.sin(day);
            angles[1] = (float) Math.cos(day);
            angles[2] = (float) Math.sin(day / 7);
            angles[3] = (float) Math.cos(day / 7);
        }
        return this;
    }
}
