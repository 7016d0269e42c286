package io.eddy.model;

/**
 * The newest value, or one that returns from there to the level as an AR(1) process does. In a first season,
 * known or the likeliest of the calendar, it goes half of the way to the first value, where the season begins again, but for the next step; it is judged
 * without that, for each step of a first season has another way to go.
 */
final class LastValue extends Expert {
    private static final double TOWARDS_FIRST = 0.5;
    /** Part of a season by which the way is longer than to its end: what comes next is near the newest value even there. */
    private static final double BEYOND = 0.1;

    private final boolean returning;
    /** [horizon]: the part of the way to the first value that is gone by each step ahead, of a season of {@link #season} steps, {@link #left} of them to come. */
    private final double[] way;

    private int season;
    private long left;
    /** How many are filled. */
    private int filled;

    LastValue(boolean returning, int horizon) {
        this.returning = returning;
        way = new double[horizon];
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        double last = past.ago(ago);
        for (int at = ago + 1; Double.isNaN(last) && at <= Past.NOW; at++) {
            last = past.ago(at);
        }
        return returning ? past.level + past.fade[h] * (last - past.level) : last;
    }

    @Override
    boolean isConstant() {
        return !returning;
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        super.fill(past, trust, steps, out);
        long toCome = past.candidate - past.steps;
        double first = toCome > 0 ? past.ago((int) past.steps - 1) : Double.NaN;
        if (Double.isNaN(first)) {
            return true;
        }
        int most = (int) Math.min(steps, toCome);
        go(past.candidate, toCome, most);
        for (int h = 1; h < most; h++) {
            out[h] += way[h] * (first - out[h]);
        }
        return true;
    }

    /** Fills {@link #way}, which is the same for series that are equally young: a division for each step ahead would be felt. */
    private void go(int newSeason, long newLeft, int steps) {
        if (season == newSeason && left == newLeft && filled >= steps) {
            return;
        }
        season = newSeason;
        left = newLeft;
        filled = steps;
        for (int h = 1; h < steps; h++) {
            double part = (h + 1) / (left + 1 + BEYOND * season);
            way[h] = TOWARDS_FIRST * part * part;
        }
    }
}
