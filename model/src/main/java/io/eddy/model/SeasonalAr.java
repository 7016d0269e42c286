package io.eddy.model;

import java.util.Arrays;

/**
 * A seasonal autoregression, iterated over the horizon: the deviation from the value one season before, in scales, by those of the last few
 * steps, of the days and weeks before, and of the level. Without a season it is one from the last value; once one is found, it learns
 * what is remembered anew. Of a young series it goes no further beyond
 * what was seen than the series has gone in as many steps: what was learnt of a few values may grow without end. And of a few values nine weights
 * learn more than will hold: at first, what it would have said earlier is said with what was learnt by then.
 */
final class SeasonalAr extends Expert {
    /** Weights of one series. */
    static final int SIZE = 9;

    private static final double BOUND = 100;
    /** The level is felt less than single values, for it moves with them. */
    private static final double LEVEL = 0.3;

    /** Values learnt, those after a first season, up to which what it said more than a step ago goes by the weights of then, learnt anew. */
    private static final int FLATTERED = 72;
    /** Of so many steps that is done in one. */
    private static final int EVERY = 2;
    /** Values that such weights are of at the least; to forecast from now on it takes more. */
    private static final int FEW = 6;

    /** [SIZE - 1], each lag so many seasons and so many steps. */
    private static final int[] SEASONS = {0, 0, 1, 1, 2, 7, 7, 7};

    private static final int[] STEPS = {1, 2, -1, 1, 0, 0, 1, -1};

    /** [SIZE - 1]; 0: none. */
    private final int[] lags = new int[SIZE - 1];

    private final YoungRange range = new YoungRange();
    private final WeightedLags means = new WeightedLags();
    private int reference;
    private int season = -1;
    /** [SIZE], scratch. */
    private final double[] x = new double[SIZE];

    private final double[] gain = new double[SIZE];
    /** The weights of then. */
    private final Regression earlier = new Regression(SIZE);
    /** [buckets]: what they said of the newest value a lead time before; NaN: nothing. */
    private final double[] said = new double[Buckets.LEADS.length];

    /** [horizon], scratch: the values that the path of an earlier step is written over. */
    private final double[] saved;

    SeasonalAr(int horizon) {
        saved = new double[horizon];
    }

    private void fit(int newSeason) {
        if (season == newSeason) {
            return;
        }
        season = newSeason;
        reference = season == 0 ? 1 : season;
        for (int i = 0; i < lags.length; i++) {
            int lag = season == 0 ? i + 2 : STEPS[i] + SEASONS[i] * season;
            lags[i] = lag == reference || lag >= Ring.CAPACITY ? 0 : lag;
        }
        means.fit(reference, lags);
    }

    @Override
    void look(Past past, Trust trust) {
        range.look(past);
        Arrays.fill(said, Double.NaN);
        if (isFlattered(past) && past.steps % EVERY == 0 && isEnoughEarlier(past)) {
            replay(past);
        }
    }

    private static boolean isFlattered(Past past) {
        return past.steps <= Math.min(past.season + FLATTERED, Buckets.YOUNG); // who is old is not judged at every step
    }

    /** Whether there may have been {@link #FEW} values to learn from a lead time ago; the first of all is only learnt from. */
    private static boolean isEnoughEarlier(Past past) {
        return past.steps - 1 - Buckets.lead(1, past.steps) >= FEW;
    }

    /** Fills {@link #said} but for one step ahead: learns the values anew, and forecasts the newest from where it was a lead time ahead. */
    private void replay(Past past) {
        fit(past.season);
        earlier.begin(past.season);
        double level = past.level;
        int known = 0;
        for (int ago = (int) past.steps - 1; ago >= Buckets.lead(1, past.steps); ago--) {
            int place = Past.NOW - ago;
            known = relearn(past, earlier, place, known);
            for (int bucket = 1; bucket < said.length; bucket++) {
                if (ago == Buckets.lead(bucket, past.steps) && ago <= saved.length && earlier.count() >= FEW) {
                    said[bucket] = ahead(past, earlier, place, ago);
                }
            }
        }
        past.level = level;
    }

    /** Learns all that is remembered but the newest value anew. */
    private void relearn(Past past, Regression regression) {
        double level = past.level;
        int known = 0;
        for (int ago = (int) Math.min(past.steps - 1, Past.NOW); ago > 0; ago--) {
            known = relearn(past, regression, Past.NOW - ago, known);
        }
        past.level = level;
    }

    /** Learns the value at a place by the level of then, which it moves; the result is how many values were known up to there. */
    private int relearn(Past past, Regression regression, int place, int knownBefore) {
        past.level = knownBefore == 0 ? 0 : past.level;
        learn(past, regression, place);
        if (Double.isNaN(past.values[place])) {
            return knownBefore;
        }
        past.level = Ewma.next(past.level, past.values[place], knownBefore + 1, History.LEVEL_WINDOW);
        return knownBefore + 1;
    }

    @Override
    void learn(Past past, Trust trust) {
        fit(past.season);
        if (trust.autoregression.fit(past.season)) {
            relearn(past, trust.autoregression);
        }
        learn(past, trust.autoregression, Past.NOW);
    }

    private void learn(Past past, Regression regression, int place) {
        double y = past.values[place];
        double from = place < reference ? Double.NaN : past.values[place - reference];
        if (!Double.isNaN(y) && !Double.isNaN(from)) {
            inputs(past, place, from);
            regression.learn(x, bounded((y - from) / past.scale), gain);
        }
    }

    @Override
    int every(Past past) {
        return isFlattered(past) ? EVERY : 1;
    }

    @Override
    int seasonsBack(Past past) {
        return past.season > 0 ? 1 : 0; // a given one may not be over
    }

    /** Fills {@code x} for the step at this place of the values. */
    private void inputs(Past past, int place, double from) {
        double[] values = past.values;
        double unit = 1 / past.scale;
        for (int i = 0; i < lags.length; i++) {
            int at = place - lags[i];
            x[i] = lags[i] == 0 || at < 0 ? 0 : bounded((values[at] - from) * unit);
        }
        x[SIZE - 1] = LEVEL * bounded((past.level - from) * unit);
    }

    private static double bounded(double v) {
        return v >= -BOUND && v <= BOUND ? v : v > BOUND ? BOUND : v < -BOUND ? -BOUND : 0;
    }

    /** Writes what it forecasts from a place of the values on behind it. */
    private void run(Past past, Regression regression, int place, int steps) {
        regression.weights(gain);
        double most = BOUND * past.scale;
        boolean plain = past.isWithin(most) && means.reach(past, place);
        if (!plain || !means.run(past, gain, LEVEL * gain[SIZE - 1], range, place, steps, most)) {
            runBounded(past, place, steps);
        }
    }

    private void runBounded(Past past, int place, int steps) {
        double[] values = past.values;
        double scale = past.scale;
        double unit = 1 / scale;
        for (int at = place + 1; at <= place + steps; at++) {
            double from = at < reference ? Double.NaN : values[at - reference];
            // The newest value last: all else can be summed up before it is there.
            double sum = gain[SIZE - 1] * LEVEL * bounded((past.level - from) * unit);
            for (int i = lags.length - 1; i >= 0; i--) {
                int then = at - lags[i];
                sum += lags[i] == 0 || then < 0 ? 0 : gain[i] * bounded((values[then] - from) * unit);
            }
            values[at] = range.limited(from + scale * bounded(sum), at - place);
        }
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        if (isFlattered(past) && h > 1) {
            return said[Buckets.of(h)];
        }
        fit(past.season);
        int place = Past.NOW - ago;
        return trust.autoregression.isReady(past.season) && place >= 0
                ? ahead(past, trust.autoregression, place, h)
                : Double.NaN;
    }

    /** What it forecasts from a place of the values, h steps ahead. */
    private double ahead(Past past, Regression regression, int place, int h) {
        System.arraycopy(past.values, place + 1, saved, 0, h);
        run(past, regression, place, h);
        double forecast = past.values[place + h];
        System.arraycopy(saved, 0, past.values, place + 1, h);
        return forecast;
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        fit(past.season);
        if (!trust.autoregression.isReady(past.season)) {
            return false;
        }
        run(past, trust.autoregression, Past.NOW, steps);
        System.arraycopy(past.values, Past.NOW + 1, out, 0, steps);
        return true;
    }
}
