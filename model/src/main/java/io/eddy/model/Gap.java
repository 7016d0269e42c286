package io.eddy.model;

/** Steps of a series that never came, between one that did and the next. */
final class Gap {
    /** The hidden state has faded after so many steps; of a longer gap no more than the {@link #walked} ones are walked through. */
    static final int LONGEST = 48;

    private Gap() {}

    /**
     * How many steps never came.
     *
     * @param lastMillis of the newest step; {@link Long#MIN_VALUE} before the first
     * @param stepMillis 0: none is missing, for every reading is a step
     */
    static long missing(long lastMillis, long timeMillis, long stepMillis) {
        return stepMillis <= 0 || lastMillis == Long.MIN_VALUE ? 0 : (timeMillis - lastMillis) / stepMillis - 1;
    }

    /** Steps of a gap that are walked through: all of a short one, and of a longer one so many that the series is where it should be in its season. */
    static int walked(long missing, int season) {
        if (missing <= LONGEST || season == 0) {
            return (int) Math.min(missing, LONGEST);
        }
        int rest = (int) (missing % season);
        return rest + Math.max(0, LONGEST - rest) / season * season;
    }
}
