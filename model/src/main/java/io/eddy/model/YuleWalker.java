package io.eddy.model;

import java.util.Arrays;

/**
 * An autoregression of the deviations from the profile, the mean of the same slot of all days that are remembered; it says nothing where there is
 * no season. Its coefficients come from the autocorrelations (Yule 1927, Walker 1931) by the recursion of Levinson and Durbin, so a series
 * keeps 60 bytes, where recursive least squares with as many inputs would keep 1.5 kB.
 */
final class YuleWalker implements Expert {
    /** Past deviations that it looks at: more than a day of hours. */
    static final int ORDER = 26;

    /** Deviations until it speaks. */
    private static final int ENOUGH = 52;
    /** Deviations that each coefficient asks for. */
    private static final int DEVIATIONS_EACH = 12;

    /** Largest deviation, in scales. */
    private static final float BOUND = 10;
    /** White noise that is added, beside the variance: keeps the coefficients small where they hardly matter. */
    private static final float NOISE = 0.02f;

    private static final float TINY = 1e-6f;
    private static final float LARGEST_REFLECTION = 0.999f;

    /** [places of the values and horizon]: sums, then means of the slot before each place. */
    private final double[] profile;
    /** [places of the values], in scales; filled from {@link #first} on. */
    private final float[] deviations = new float[History.CAPACITY];

    private int first;
    /** Place of the oldest value. */
    private int begin;
    /** Days that a mean is of: no more than the newest place has before it, or on a trend the next would be of other days than those before. */
    private int mostDays;
    /** [ORDER + 1], from lag 0 on. */
    private final float[] correlations = new float[ORDER + 1];
    /** [ORDER], of the newest deviation first. */
    private final float[] coefficients = new float[ORDER];
    /** The same, of the oldest first. */
    private final float[] phi = new float[ORDER];

    private boolean isReady;
    /** [ORDER + horizon and 3]: deviations, then those that are forecast. */
    private final float[] path;

    YuleWalker(int horizon) {
        profile = new double[History.CAPACITY + horizon];
        path = new float[ORDER + horizon + 3];
    }

    @Override
    public void look(Past past, Trust trust) {
        begin = (int) Math.max(0, Past.NOW + 1 - past.steps);
        first = Past.NOW + 1;
        mostDays = past.season == 0 ? 0 : Math.max(1, Past.NOW / past.season);
        trust.autocovariances.fit(past.season);
        isReady = past.season > 0 && trust.autocovariances.count() >= ENOUGH && trust.autocovariances.variance() > TINY;
        if (isReady) {
            trust.autocovariances.correlations(correlations);
            isReady = solve(Math.min(ORDER, trust.autocovariances.count() / DEVIATIONS_EACH));
        }
    }

    /** Fills {@link #phi} with so many coefficients or fewer; the result is false where there is none. */
    private boolean solve(int most) {
        float error = 1 + NOISE;
        int m = 0;
        for (; m < most; m++) {
            float reflection = (correlations[m + 1] - explained(m)) / error;
            if (!(Math.abs(reflection) < LARGEST_REFLECTION)) {
                break; // the means are not of the same values at each lag, so they may contradict each other
            }
            reflect(m, reflection);
            error *= 1 - reflection * reflection;
        }
        for (int j = 0; j < ORDER; j++) {
            phi[ORDER - 1 - j] = j < m ? coefficients[j] : 0;
        }
        return m > 0;
    }

    /** What m coefficients say of the correlation at lag m + 1; four sums, for one alone would wait for itself. */
    private float explained(int m) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = 0;
        for (; j + 3 < m; j += 4) {
            a += coefficients[j] * correlations[m - j];
            b += coefficients[j + 1] * correlations[m - j - 1];
            c += coefficients[j + 2] * correlations[m - j - 2];
            d += coefficients[j + 3] * correlations[m - j - 3];
        }
        for (; j < m; j++) {
            a += coefficients[j] * correlations[m - j];
        }
        return a + b + (c + d);
    }

    /** From m coefficients to one more, both ends of them at once. */
    private void reflect(int m, float reflection) {
        for (int j = 0, k = m - 1; j <= k; j++, k--) {
            float left = coefficients[j];
            float right = coefficients[k];
            coefficients[j] = left - reflection * right;
            coefficients[k] = right - reflection * left;
        }
        coefficients[m] = reflection;
    }

    @Override
    public void learn(Past past, Trust trust) {
        int oldest = Past.NOW - ORDER;
        if (past.season > 0 && oldest - past.season >= begin) {
            reach(past, oldest);
            trust.autocovariances.learn(deviations, Past.NOW, past.steps);
        }
    }

    /** Fills the deviations from this place on. */
    private void reach(Past past, int from) {
        if (from >= first) {
            return;
        }
        fillProfile(past, from, first);
        double unit = 1 / past.scale;
        for (int at = from; at < first; at++) {
            double deviation = (past.values[at] - profile[at]) * unit;
            deviations[at] =
                    deviation > BOUND ? BOUND : deviation >= -BOUND ? (float) deviation : deviation < 0 ? -BOUND : 0;
        }
        first = from;
    }

    /** Fills the means of the slots before these places, and before a few that need none; NaN where none is known. */
    private void fillProfile(Past past, int from, int to) {
        Arrays.fill(profile, from, to, Double.NaN);
        for (int at = from; at < to && past.season >= 4; at += 4) {
            fillFour(past.values, past.season, Math.min(at, to - 4));
        }
        for (int at = from; at < to; at++) {
            if (Double.isNaN(profile[at])) {
                profile[at] = mean(past, at - past.season); // a value is missing, or the season is very short
            }
        }
    }

    /** Fills the means of the slots before four places of one season; four sums, for one alone would wait for itself. */
    private void fillFour(double[] values, int season, int from) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int days = 0;
        int at = from - season;
        for (; at >= begin && days < mostDays; at -= season) {
            a += values[at];
            b += values[at + 1];
            c += values[at + 2];
            d += values[at + 3];
            days++;
        }
        // In a young series the last three may have one day more.
        int more = days < mostDays ? begin : Integer.MAX_VALUE;
        profile[from] = a / days;
        profile[from + 1] = at + 1 >= more ? (b + values[at + 1]) / (days + 1) : b / days;
        profile[from + 2] = at + 2 >= more ? (c + values[at + 2]) / (days + 1) : c / days;
        profile[from + 3] = at + 3 >= more ? (d + values[at + 3]) / (days + 1) : d / days;
    }

    /** The mean of the values in the slot of this place, up to there; NaN where none is known. */
    private double mean(Past past, int place) {
        double sum = 0;
        int known = 0;
        int oldest = Math.max(begin, place - (mostDays - 1) * past.season);
        for (int at = place; at >= oldest; at -= past.season) {
            double value = past.values[at];
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    /** Fills {@link #path} behind the deviations that it begins with, for so many steps from this place on. */
    private void run(Past past, int now, int steps) {
        int oldest = now + 1 - ORDER;
        reach(past, oldest);
        System.arraycopy(deviations, oldest, path, 0, ORDER);
        for (int h = 0; h < steps; h += 4) {
            four(h);
        }
    }

    /** Writes the four that follow the deviations of the path from this place on, each sum with the newest last: it was only just forecast. */
    private void four(int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int at = from;
        for (int j = 0; j < ORDER - 3; j++, at++) {
            float share = phi[j];
            a += share * path[at];
            b += share * path[at + 1];
            c += share * path[at + 2];
            d += share * path[at + 3];
        }
        float third = phi[ORDER - 3];
        float second = phi[ORDER - 2];
        float first = phi[ORDER - 1];
        a += third * path[at] + second * path[at + 1] + first * path[at + 2];
        b += third * path[at + 1] + second * path[at + 2] + first * a;
        c += third * path[at + 2] + second * a + first * b;
        d += third * a + second * b + first * c;
        path[at + 3] = a;
        path[at + 4] = b;
        path[at + 5] = c;
        path[at + 6] = d;
    }

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        int now = Past.NOW - ago;
        if (!isReady || now + 1 - ORDER < begin) {
            return Double.NaN;
        }
        run(past, now, h);
        return mean(past, now - SlotMean.lag(h, past.season)) + past.scale * path[ORDER + h - 1];
    }

    @Override
    public void fill(Past past, Trust trust, int steps, double[] out) {
        if (!isReady) {
            Arrays.fill(out, 0, steps, Double.NaN);
            return;
        }
        run(past, Past.NOW, steps);
        int slots = Math.min(steps, past.season);
        int next = Past.NOW + 1;
        fillProfile(past, next, next + slots);
        for (int h = 0; h < steps; h++) {
            double base = h < slots ? profile[next + h] : profile[next + h - past.season];
            profile[next + h] = base;
            out[h] = base + past.scale * path[ORDER + h];
        }
    }
}
