package io.eddy.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several simple forecasts of one series, mixed by their realised errors: each weighs (loss + 0.02)^-6, with losses of about two weeks of
 * hours in four buckets of steps ahead, or up to the cube of that, see {@link Sharpness}. The mixture is never much worse than its best member.
 *
 * <p>Holds scratch arrays: one for each thread. What lasts is in the {@link Trust} of the series.
 */
final class Experts {
    /** Losses far below it are alike; less where one of them may be nearly exact. */
    private static final double FLOOR = 0.02;

    private static final double FINE_FLOOR = 0.01;
    /** Weight, where none was judged yet, of one that does not look at the season that is known, beside 1 of those that do. */
    private static final double BLIND = 0.01;

    private final List<String> names;
    private final Expert[] experts;
    private final int mask;
    private final double floor;
    /** [experts]: 0 of one that another outdoes, else 1. */
    private final double[] counts;

    private final double[] preferences;
    private final double[] youngPreferences;
    /** [experts], scratch: what each counted one step ahead. */
    private final double[] counted;
    /** Of the last {@link #forecast}. */
    private final Mixture mixture;
    /** Of the series that was observed last. */
    private final Losses losses;

    private final Past past;
    /** Null but in the full tier. */
    private final @Nullable Stacking stacking;

    /**
     * @param choice {@code lean}, {@code full}, or names with commas between
     * @throws IllegalArgumentException if a name is unknown
     */
    Experts(String choice, int horizon) {
        names = ExpertNames.of(choice);
        experts = new Expert[names.size()];
        Arrays.setAll(experts, e -> expert(names.get(e), horizon));
        mask = ExpertNames.mask(names);
        floor = ExpertNames.holds(mask, ExpertNames.POLYNOMIAL) ? FINE_FLOOR : FLOOR;
        counts = new double[experts.length];
        Arrays.setAll(counts, e -> Arrays.stream(experts).anyMatch(experts[e]::isOutdoneBy) ? 0 : 1);
        preferences = Arrays.stream(experts).mapToDouble(Expert::preference).toArray();
        youngPreferences =
                Arrays.stream(experts).mapToDouble(Expert::youngPreference).toArray();
        counted = new double[experts.length];
        mixture = new Mixture(experts.length, horizon);
        past = new Past(horizon);
        losses = new Losses(experts, past, floor);
        stacking = ExpertNames.areFull(mask) ? new Stacking(names) : null;
    }

    /** A new one of this name. */
    private static Expert expert(String name, int horizon) {
        return switch (name) {
            case "last" -> new LastValue(false, horizon);
            case "returning" -> new LastValue(true, horizon);
            case "seasonal" -> new SlotMean(1, false, SlotMean.Speaks.AT_ONCE, 1);
            case "days" -> new SlotMean(1, true, SlotMean.Speaks.AT_ONCE, 0.5, 0.3, 0.2);
            case "profile" -> new SlotMean(1, true, SlotMean.Speaks.AFTER_TWO_PERIODS, 1, 1, 1, 1, 1, 1, 1);
            case "weeks" -> new SlotMean(7, false, SlotMean.Speaks.ONCE_JUDGED, 0.6, 0.4);
            case "weeks-persistent" -> new SlotMean(7, true, SlotMean.Speaks.ONCE_JUDGED, 0.6, 0.4);
            case "autoregression" -> new SeasonalAr(horizon);
            case "yule-walker" -> new YuleWalker(horizon);
            case "analogs" -> new Analogs();
            case "polynomial" -> new Polynomial(horizon);
            case "slow-profile" -> new SlowProfile(horizon);
            default -> new DirectRegression();
        };
    }

    /** Which they are, see {@link ExpertNames#mask}. */
    int mask() {
        return mask;
    }

    List<String> names() {
        return names;
    }

    /** What one of them forecast at the last {@link #forecast}, [horizon or more]. */
    double[] forecast(int expert) {
        return mixture.forecasts[expert];
    }

    /** Takes in the newest value, which the history has taken: each is judged by what it would have said of it, then those that learn do. */
    void observe(History history, Trust trust) {
        trust.fit(mask);
        losses.take(trust);
        history.fill(past);
        for (Expert expert : experts) {
            expert.look(past, trust);
        }
        if (stacking != null) {
            stacking.learn(past, trust.heavy.stack);
        }
        double y = past.ago(0);
        if (Double.isNaN(y)) {
            return;
        }
        for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
            int h = Buckets.lead(bucket, past.steps);
            if (Buckets.isDue(bucket, past.steps) && h <= past.horizon && h < past.steps) {
                judge(trust, bucket, h, y);
            }
        }
        for (Expert expert : experts) {
            expert.learn(past, trust);
        }
    }

    /** Judges each, and at the next step, once the series is no longer young, what the mixture by the cubes would have gained. */
    private void judge(Trust trust, int bucket, int h, double y) {
        boolean isWeighed = bucket == 0 && past.steps > Buckets.YOUNG;
        if (isWeighed) {
            count(bucket);
        }
        losses.judge(trust, bucket, h, y);
        if (isWeighed) {
            trust.gain = Sharpness.gain(trust.gain, past.steps, counted, losses.errors());
        }
    }

    /** Fills {@code out} with each one's share in the first step of the last {@link #forecast}, [experts], 0 to 1. */
    void shares(double[] out) {
        for (int e = 0; e < experts.length; e++) {
            boolean counts = mixture.all(0) > 0 && !Double.isNaN(forecast(e)[0]);
            out[e] = counts ? mixture.weights[0][e] / mixture.all(0) : 0;
        }
    }

    /** Fills {@code out[h - 1]} with the mixture for h = 1 to {@code steps}, after {@link #observe} of the same series. */
    void forecast(History history, Trust trust, int steps, double[] out) {
        mixture.begin();
        for (int e = 0; e < experts.length; e++) {
            if (experts[e].fill(past, trust, steps, forecast(e))) {
                mixture.speaks(e);
            } else {
                mixture.staysSilent(e);
            }
        }
        for (int bucket = 0; bucket <= Buckets.of(steps); bucket++) {
            weigh(bucket, mixture.weights[bucket]);
        }
        if (past.steps > Buckets.YOUNG) {
            sharpen(Buckets.of(steps), trust.gain);
        }
        if (past.isSeasonLikely && !past.isSeasonKnown && past.steps > past.candidate && past.steps <= Buckets.YOUNG) {
            prefer(Buckets.of(steps));
        }
        mixture.mix(steps, history.observed() == 0 ? 0 : history.last(), out);
        if (stacking != null) {
            stacking.correct(past, trust.heavy.stack, steps, mixture.forecasts, out);
            if (past.steps > past.candidate) agree(steps, out);
        }
    }

    /**
     * Where those with more than half of the weight say what the season before said, to the last bit, it is that: a night has no sun. Before two
     * seasons they all have but the one value to go by, and nothing follows from it.
     */
    private void agree(int steps, double[] out) {
        if (past.steps <= 2L * past.candidate) {
            return;
        }
        double[] said = forecast(names.indexOf("seasonal"));
        for (int h = 0; h < steps; h++) {
            double same = 0;
            for (int e = 0; e < experts.length; e++) {
                same += forecast(e)[h] == said[h] ? mixture.weights[Buckets.of(h + 1)][e] : 0;
            }
            out[h] = same > mixture.all(h) / 2 ? said[h] : out[h];
        }
    }

    /** Fills {@code out[h - 1]} with how far apart they are for h = 1 to {@code steps}, see {@link Mixture#apart}. */
    void apart(double[] forecast, int steps, double[] out) {
        mixture.apart(forecast, steps, out);
    }

    /**
     * Fills what those who speak count, bucket by bucket from the nearest on. Where nobody was judged so far ahead yet, by what they lost nearer: the season
     * before errs alike at all leads. But unless the season is known, who goes by it counts as the best of the others: those err more the farther ahead.
     */
    private void weigh(int bucket, double[] out) {
        losses.raise(bucket);
        double least = losses.least(bucket);
        if (Double.isNaN(least) && bucket > 0) {
            System.arraycopy(mixture.weights[bucket - 1], 0, out, 0, out.length);
            if (!past.isSeasonLikely) {
                mixture.raise(e -> experts[e].seasonsBack(past) > 0, out);
            }
            return;
        }
        double best = sixth(least + floor);
        for (int i = 0; i < mixture.speaking(); i++) {
            int e = mixture.speaker(i);
            double judged = losses.of(bucket, e);
            double loss = Double.isNaN(judged) ? losses.fresh(bucket, e, least) : judged;
            boolean blind = Double.isNaN(loss) && past.isSeasonKnown && experts[e].seasonsBack(past) == 0;
            out[e] = Double.isNaN(loss) ? blind ? BLIND : 1 : weight(bucket, e, loss, best);
        }
    }

    /** What one counts by its loss; {@code best} is the sixth power of the least one. */
    private double weight(int bucket, int e, double loss, double best) {
        double weight = sixth(1 / (loss + floor));
        return counts[e] * weight * (1 + preference(bucket, e) * Math.min(1, weight * best));
    }

    /** Fills what each has counted so far. */
    private void count(int bucket) {
        double best = sixth(losses.least(bucket) + floor);
        for (int e = 0; e < experts.length; e++) {
            double loss = losses.of(bucket, e);
            counted[e] = Double.isNaN(loss) ? 0 : weight(bucket, e, loss, best);
        }
    }

    /**
     * Lets the season before count more in the second day while that is only likely to be the season, the less the less the first one swings. Not before
     * the bucket that begins 12 steps ahead, as nearer the newest deviation is mostly worth taking along, nor where nobody was judged so far ahead.
     */
    private void prefer(int farthest) {
        double swing = Math.min(1, losses.swing());
        for (int bucket = 2; bucket <= farthest; bucket++) {
            double best = sixth(losses.least(bucket) + floor);
            for (int i = 0; i < mixture.speaking() && !Double.isNaN(best); i++) {
                int e = mixture.speaker(i);
                double weight = mixture.weights[bucket][e];
                mixture.weights[bucket][e] += swing * swing * youngPreferences[e] * weight * Math.min(1, weight * best);
            }
        }
    }

    /** Lets the best count more, up to the cubes of the weights, but for the next steps: scores go by the error there, and find more by it as it is. */
    private void sharpen(int farthest, double gain) {
        double share = Sharpness.share(gain / (losses.least(0) + floor), past.season > 0);
        for (int bucket = 1; bucket <= farthest; bucket++) {
            mixture.sharpen(share, mixture.weights[bucket]);
        }
    }

    private double preference(int bucket, int expert) {
        boolean isYoung = bucket > 0 && past.steps <= Buckets.YOUNG;
        return !isYoung ? preferences[expert] : past.isSeasonKnown ? youngPreferences[expert] : 0;
    }

    private static double sixth(double x) {
        double cube = x * x * x;
        return cube * cube;
    }
}
