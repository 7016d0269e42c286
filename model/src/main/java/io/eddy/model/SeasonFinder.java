package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

    /** Place of the day among them. */
    private static final int DAY = 1;

    private static final int SHORTEST = 4;
    private static final int WINDOW = 500;
    /** More comparisons than this make no difference. */
    private static final int MANY = 1 << 20;

    private static final double AGAINST_HALF = 0.8;
    private static final double AGAINST_SHORTER = 0.9;

    /** Of each season of the calendar: comparisons, mean difference of values a season apart, and of those half a season apart. */
    private static final int NUMBERS = 3;

    private static final int WHOLE = 1;
    private static final int HALF = 2;

    /** [calendar * {@link #NUMBERS}]; counts up to {@link #MANY} are exact in single precision. */
    private float[] compared = new float[CALENDAR.length * NUMBERS];
    /** Each season in steps of the usual distance; 0 where it is too short or too long. Follows from what is written. */
    private int hour;

    private int day;
    private int week;

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

    /** The season as the experts take it: where a week was found, the day, for they look at its weeks too. 0 while none is known. */
    int day() {
        return fixed == 0 && season > 0 && season == week && day > 0 ? day : season;
    }

    /** The same, or while none is known the likeliest: the given one, else a day, else an hour. 0 where the calendar has none. */
    private int candidate() {
        return season > 0 ? day() : fixed > 0 ? fixed : day > 0 ? day : hour;
    }

    /** Fills what the experts know of the season. */
    void fill(Past past) {
        past.season = day();
        past.candidate = candidate();
        past.isSeasonKnown = season > 0 || fixed > 0;
        past.isSeasonLikely = past.isSeasonKnown || day > 0 && compared[NUMBERS * DAY] < enough(day);
    }

    /** After so many steps a routine comes again: the season that was given, else a day. 0 where the calendar has none. */
    int routine() {
        return fixed > 0 ? fixed : day;
    }

    /**
     * The longest season that the steps may have: a week where it is remembered and whole seasons of the given length, for the experts look at its days; else
     * the given one, or the longest of the calendar that is remembered. 0 where there is none.
     */
    int longest() {
        boolean weekly = week > 0 && (fixed == 0 || week % fixed == 0);
        return weekly ? week : fixed > 0 ? fixed : day > 0 ? day : hour;
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
                for (int i = 0; i < CALENDAR.length; i++) {
                    compared[NUMBERS * i] = 0;
                }
            }
            votes = gap == spacingMillis ? Math.min(100, votes + 1) : votes - 1;
        }
        lastMillis = Math.max(lastMillis, timeMillis);
    }

    /** Takes the time of the newest step of a series that was read. */
    void lastSeen(long timeMillis) {
        lastMillis = timeMillis;
    }

    /** Looks at the newest value of the history; true if the season has changed by it. */
    boolean observe(History history) {
        int before = season;
        if (fixed > 0) {
            season = Double.isNaN(history.ago(fixed)) ? season : fixed;
            return season != before;
        }
        for (int i = 0; i < CALENDAR.length; i++) {
            int lag = lag(i);
            double then = lag == 0 ? Double.NaN : history.ago(lag);
            double half = lag == 0 ? Double.NaN : history.ago(lag / 2);
            if (!Double.isNaN(then) && !Double.isNaN(half)) {
                int first = NUMBERS * i;
                int count = Math.min((int) compared[first] + 1, MANY);
                compared[first] = count;
                learn(first + WHOLE, Math.abs(history.last() - then), count);
                learn(first + HALF, Math.abs(history.last() - half), count);
            }
        }
        season = best();
        return season != before;
    }

    private void learn(int place, double difference, int count) {
        compared[place] = Ewma.next(compared[place], difference, count, WINDOW);
    }

    private int best() {
        int best = 0;
        double error = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CALENDAR.length; i++) {
            int lag = lag(i);
            boolean known = lag > 0 && compared[NUMBERS * i] >= enough(lag);
            double now = lag == season ? 0.95 : 1; // the season in use is not given up for a trifle
            double whole = compared[NUMBERS * i + WHOLE] * now;
            double half = compared[NUMBERS * i + HALF];
            if (known && whole < AGAINST_HALF * half && whole < AGAINST_SHORTER * error) {
                best = lag;
                error = whole;
            }
        }
        return best;
    }

    /** Comparisons that tell whether a lag is a season. */
    private static int enough(int lag) {
        return Math.max(12, lag / 2);
    }

    private void space(long millis) {
        spacingMillis = millis;
        hour = steps(CALENDAR[0]);
        day = steps(CALENDAR[1]);
        week = steps(CALENDAR[2]);
    }

    private int steps(long millis) {
        long lag = spacingMillis > 0 && millis % spacingMillis == 0 ? millis / spacingMillis : 0;
        return lag < SHORTEST || lag >= Ring.CAPACITY ? 0 : (int) lag;
    }

    private int lag(int i) {
        return i == 0 ? hour : i == 1 ? day : week;
    }

    void write(DataOutput out) throws IOException {
        for (int i = 0; i < CALENDAR.length; i++) {
            Bulk.writeSmall(out, (long) compared[NUMBERS * i]);
            out.writeFloat(compared[NUMBERS * i + WHOLE]);
            out.writeFloat(compared[NUMBERS * i + HALF]);
        }
        out.writeShort(season);
        Bulk.writeSmall(out, spacingMillis);
        out.writeByte(votes);
    }

    /** From the ninth format on, what {@link #lastSeen} says is not among it. */
    void read(DataInput in, int format) throws IOException {
        boolean wide = format < 5;
        for (int i = 0; i < CALENDAR.length; i++) {
            compared[NUMBERS * i] = Math.min(Bulk.readCount(in, format), MANY);
            compared[NUMBERS * i + WHOLE] = Bulk.readNumber(in, wide);
            compared[NUMBERS * i + HALF] = Bulk.readNumber(in, wide);
        }
        season = wide ? in.readInt() : in.readShort();
        long spacing = format < 9 ? in.readLong() : Bulk.readSmall(in);
        if (spacing != spacingMillis) {
            space(spacing);
        }
        votes = wide ? in.readInt() : in.readByte();
        lastMillis = format < 9 ? in.readLong() : lastMillis;
    }
}
