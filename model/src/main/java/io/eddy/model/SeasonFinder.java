package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the season of a series among the calendar's: an hour, a day, a week.
 *
 * <p>A lag L is a season when values L steps apart differ much less than values L/2 steps apart; among several the shorter is kept
 * unless a longer is clearly better. A random walk, whose differences grow with the lag, and white noise, whose differences do
 * not depend on it, have none. The spacing of the steps is learnt from the event times by majority vote.
 */
final class SeasonFinder {
    /** Seasons that are tried, in milliseconds. */
    private static final long[] CALENDAR = {3_600_000L, 86_400_000L, 604_800_000L};

    private static final int SHORTEST = 4;
    private static final int WINDOW = 500;
    /** More comparisons than this make no difference. */
    private static final int MANY = 1 << 20;

    private static final double AGAINST_HALF = 0.8;
    private static final double AGAINST_SHORTER = 0.9;

    /** [calendar]: comparisons. */
    private final int[] counts = new int[CALENDAR.length];
    /** [2 * calendar]: mean differences of values a season apart, then of those half a season apart. */
    private final float[] differences = new float[2 * CALENDAR.length];
    /** [calendar]: each season in steps of the usual distance; 0 where it is too short or too long. Follows from what is written. */
    private final int[] lags = new int[CALENDAR.length];

    private int fixed;
    private int season;
    private long spacingMillis;
    private int votes;
    private long lastMillis = Long.MIN_VALUE;

    /** Sets the season in steps where it is known, 0 where it is to be found. An option, not part of what is written. */
    void fix(int steps) {
        fixed = steps;
    }

    /** The season in steps; 0 while none is known. */
    int season() {
        return season;
    }

    /** Whether a season was found or given, though a first one may not be over. */
    boolean isKnown() {
        return season > 0 || fixed > 0;
    }

    /** The season as the experts take it: where a week was found, the day, for they look at its weeks too. 0 while none is known. */
    int day() {
        return fixed == 0 && season > 0 && season == lags[2] && lags[1] > 0 ? lags[1] : season;
    }

    /** The same, or while none is known the likeliest: the given one, else a day, else an hour. 0 where the calendar has none. */
    int candidate() {
        return season > 0 ? day() : fixed > 0 ? fixed : lags[1] > 0 ? lags[1] : lags[0];
    }

    /** The usual distance of two steps in milliseconds; 0 before it is known. */
    long spacingMillis() {
        return spacingMillis;
    }

    void observeTime(long timeMillis) {
        if (lastMillis != Long.MIN_VALUE && timeMillis > lastMillis) {
            long gap = timeMillis - lastMillis;
            if (votes == 0 && gap != spacingMillis) {
                space(gap);
                Arrays.fill(counts, 0);
            }
            votes = gap == spacingMillis ? Math.min(100, votes + 1) : votes - 1;
        }
        lastMillis = Math.max(lastMillis, timeMillis);
    }

    /** Looks at the newest value of the history; true if the season has changed by it. */
    boolean observe(History history) {
        int before = season;
        if (fixed > 0) {
            season = Double.isNaN(history.ago(fixed)) ? season : fixed;
            return season != before;
        }
        for (int i = 0; i < CALENDAR.length; i++) {
            int lag = lags[i];
            double then = lag == 0 ? Double.NaN : history.ago(lag);
            double half = lag == 0 ? Double.NaN : history.ago(lag / 2);
            if (!Double.isNaN(then) && !Double.isNaN(half)) {
                counts[i] = Math.min(counts[i] + 1, MANY);
                learn(i, Math.abs(history.last() - then), counts[i]);
                learn(CALENDAR.length + i, Math.abs(history.last() - half), counts[i]);
            }
        }
        season = best();
        return season != before;
    }

    private void learn(int place, double difference, int count) {
        differences[place] = Ewma.next(differences[place], difference, count, WINDOW);
    }

    private int best() {
        int best = 0;
        double error = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CALENDAR.length; i++) {
            int lag = lags[i];
            boolean known = lag > 0 && counts[i] >= Math.max(12, lag / 2);
            double now = lag == season ? 0.95 : 1; // the season in use is not given up for a trifle
            double whole = differences[i] * now;
            double half = differences[CALENDAR.length + i];
            if (known && whole < AGAINST_HALF * half && whole < AGAINST_SHORTER * error) {
                best = lag;
                error = whole;
            }
        }
        return best;
    }

    private void space(long millis) {
        spacingMillis = millis;
        for (int i = 0; i < CALENDAR.length; i++) {
            long lag = millis > 0 && CALENDAR[i] % millis == 0 ? CALENDAR[i] / millis : 0;
            lags[i] = lag < SHORTEST || lag >= History.CAPACITY ? 0 : (int) lag;
        }
    }

    void write(DataOutput out) throws IOException {
        for (int i = 0; i < CALENDAR.length; i++) {
            out.writeInt(counts[i]);
            out.writeFloat(differences[i]);
            out.writeFloat(differences[CALENDAR.length + i]);
        }
        out.writeShort(season);
        out.writeLong(spacingMillis);
        out.writeByte(votes);
        out.writeLong(lastMillis);
    }

    void read(DataInput in, boolean wide) throws IOException {
        for (int i = 0; i < CALENDAR.length; i++) {
            counts[i] = Math.min(Bulk.readCount(in, wide), MANY);
            differences[i] = Bulk.readNumber(in, wide);
            differences[CALENDAR.length + i] = Bulk.readNumber(in, wide);
        }
        season = wide ? in.readInt() : in.readShort();
        space(in.readLong());
        votes = wide ? in.readInt() : in.readByte();
        lastMillis = in.readLong();
    }
}
