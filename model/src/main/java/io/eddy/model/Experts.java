package io.eddy.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several simple forecasts of one series, mixed by their realised errors: each weighs (loss + 0.02)^-6, with losses of about two weeks of
 * hours in four buckets of steps ahead. The mixture is never much worse than its best member.
 *
 * <p>Holds scratch arrays: one for each thread. What lasts is in the {@link Trust} of the series.
 */
final class Experts {
    /** Steps ahead at which each bucket is judged, and one step more in turn, see {@link #lead}. */
    static final int[] LEADS = {1, 6, 18, 36};
    /** The last step ahead of each bucket but the last. */
    private static final int[] LAST = {2, 11, 24};
    /** Judgements that a loss remembers. */
    private static final int WINDOW = 336;
    /** Young series are judged in every bucket at every step, older ones in the first at every second and in the others at every fourth. */
    static final int YOUNG = 200;

    /** Steps after which each has had more judgements than a loss remembers, however late it began. */
    private static final int SETTLED = 1000;

    private static final int EVERY = LEADS.length;
    private static final int EVERY_FIRST = 2;
    /** Losses far below it are alike; less where one of them may be nearly exact. */
    private static final double FLOOR = 0.02;

    private static final double FINE_FLOOR = 0.01;
    /** The loss of one that was never judged, in those of the best: what comes with a season that is known is mostly better. */
    private static final double FRESH_WITH_SEASON = 0.6;

    /** The same beyond the next steps, while too few values came to tell whether a day is one. */
    private static final double FRESH_WITH_DAY = 0.8;

    private static final double FRESH = 2;
    /** The same of a young series beyond the next steps, where the regression is mostly worth more than it could show. */
    private static final double FRESH_YOUNG = 1.4;
    /** Judgements that count alike at the least, of one who could not be judged at first. */
    private static final int FIRST_JUDGEMENTS = 6;
    /** Weight, where none was judged yet, of one that does not look at the season that is known, beside 1 of those that do. */
    private static final double BLIND = 0.01;
    /** Largest loss of one forecast, in scales. */
    private static final double BOUND = 20;

    private final List<String> names;
    private final Expert[] experts;
    private final int mask;
    private final double floor;
    /** [experts]: 0 of one that another outdoes, else 1. */
    private final double[] counts;

    private final double[] preferences;
    /** Of the last {@link #forecast}. */
    private final Mixture mixture;
    /** [buckets * experts], experts fastest, of the series that was observed last. */
    private final float[] losses;

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
        Arrays.setAll(experts, e -> ExpertNames.expert(names.get(e), horizon));
        mask = ExpertNames.mask(names);
        floor = ExpertNames.holds(mask, ExpertNames.POLYNOMIAL) ? FINE_FLOOR : FLOOR;
        counts = new double[experts.length];
        Arrays.setAll(counts, e -> Arrays.stream(experts).anyMatch(experts[e]::isOutdoneBy) ? 0 : 1);
        preferences = Arrays.stream(experts).mapToDouble(Expert::preference).toArray();
        mixture = new Mixture(experts.length, horizon);
        losses = new float[LEADS.length * experts.length];
        past = new Past(horizon);
        stacking = ExpertNames.areFull(mask) ? new Stacking(names) : null;
    }

    /** The bucket of a number of steps ahead. */
    static int bucket(int h) {
        int bucket = 0;
        while (bucket < LAST.length && h > LAST[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The last step ahead of a bucket. */
    static int last(int bucket) {
        return bucket == LAST.length ? Integer.MAX_VALUE : LAST[bucket];
    }

    /**
     * The steps ahead at which a bucket is judged at this step: beyond the next steps one of two in turn, for of {@link #LEADS} alone all are multiples of
     * 2, 3 and 6, and who repeats the last value would be without fault where a series comes again after so many.
     */
    static int lead(int bucket, long step) {
        return bucket == 0 ? LEADS[0] : LEADS[bucket] + (int) (step / EVERY & 1);
    }

    /** Whether a bucket is judged at this step, if its value is known. */
    static boolean isDue(int bucket, long step) {
        return step <= YOUNG || step % (bucket == 0 ? EVERY_FIRST : EVERY) == bucket;
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
        trust.fit(this);
        trust.losses(losses);
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
        for (int bucket = 0; bucket < LEADS.length; bucket++) {
            int h = lead(bucket, past.steps);
            if (isDue(bucket, past.steps) && h <= past.horizon && h < past.steps) {
                judge(trust, bucket, h, y);
            }
        }
        for (Expert expert : experts) {
            expert.learn(past, trust);
        }
    }

    private void judge(Trust trust, int bucket, int h, double y) {
        int window = past.steps <= YOUNG ? WINDOW : WINDOW / (bucket == 0 ? EVERY_FIRST : EVERY);
        double least = least(bucket);
        double unit = 1 / past.scale;
        for (int e = 0; e < experts.length; e++) {
            double forecast = experts[e].at(past, trust, h, h);
            if (Double.isNaN(forecast)) {
                continue;
            }
            double error = Math.min(BOUND, Math.abs(y - forecast) * unit);
            int place = bucket * experts.length + e;
            double before = losses[place];
            double next = before + rate(experts[e], h, window) * (error - before);
            losses[place] = trust.loss(place, Double.isNaN(before) ? first(bucket, e, least, error) : next);
        }
    }

    /**
     * What the newest of its judgements counts. One who could not be judged at first, in a first season or for want of values, counts its own; one who goes
     * by the week before does not, for the errors of a few hours say little of a week. Of the next steps that is the season's alone: who is believed sooner
     * there explains anomalies away.
     */
    private double rate(Expert expert, int h, int window) {
        // Of an old series it is the same for all: nothing is asked.
        double rate = past.steps > SETTLED ? 1.0 / window : unsettled(expert, h, window);
        return h == LEADS[0] ? rate : Math.min(0.5, expert.every(past) * rate);
    }

    private double unsettled(Expert expert, int h, int window) {
        boolean own = h > LEADS[0] || expert.seasonsBack(past) == 1;
        int silence = own ? expert.silence(past) : 0;
        double judgements = (past.steps - h - silence) / (own ? expert.progress() : 1);
        return 1 / Math.max(silence > 0 ? FIRST_JUDGEMENTS : 2, Math.min(judgements, window));
    }

    /** The loss of one after its first judgement. */
    private double first(int bucket, int expert, double least, double error) {
        double fresh = fresh(bucket, expert, least);
        return Double.isNaN(fresh) ? error : 0.5 * (fresh + error);
    }

    /** The loss that one who was never judged is taken to have, not below that of nearer steps; NaN where nobody was. */
    private double fresh(int bucket, int expert, double least) {
        boolean seasonal = experts[expert].seasonsBack(past) > 0;
        double unknown = bucket > 0 && past.steps <= YOUNG ? FRESH_YOUNG : FRESH;
        double likely = bucket > 0 && past.isSeasonLikely ? FRESH_WITH_DAY : unknown;
        double fresh = (!seasonal ? unknown : past.isSeasonKnown ? FRESH_WITH_SEASON : likely) * least;
        double nearer = bucket == 0 ? Double.NaN : losses[(bucket - 1) * experts.length + expert];
        return nearer > fresh ? nearer : fresh;
    }

    /**
     * The least loss of a bucket, NaN where nobody was judged. Who says the same of all steps ahead is taken to lose no less than nearer: where the few values of a
     * young series say otherwise, it is by the hour that they came at. Its next judgement there goes on from that.
     */
    private double least(int bucket) {
        float least = Float.POSITIVE_INFINITY;
        for (int e = 0; e < experts.length; e++) {
            int place = bucket * experts.length + e;
            if (bucket > 0 && past.steps <= YOUNG && experts[e].isConstant()) {
                float nearer = losses[place - experts.length];
                losses[place] = nearer > losses[place] ? nearer : losses[place];
            }
            least = losses[place] < least ? losses[place] : least;
        }
        return least == Float.POSITIVE_INFINITY ? Double.NaN : least;
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
        for (int bucket = 0; bucket <= bucket(steps); bucket++) {
            weigh(bucket, mixture.weights[bucket]);
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
                same += forecast(e)[h] == said[h] ? mixture.weights[bucket(h + 1)][e] : 0;
            }
            out[h] = same > mixture.all(h) / 2 ? said[h] : out[h];
        }
    }

    /** Fills {@code out[h - 1]} with how far apart they are for h = 1 to {@code steps}, see {@link Mixture#apart}. */
    void apart(double[] forecast, int steps, double[] out) {
        mixture.apart(forecast, steps, out);
    }

    /**
     * Those who speak. Where nobody was judged so far ahead yet, by what they lost nearer: the season before errs alike at all leads. But unless the season is known,
     * who goes by it counts as the best of the others: those err more the farther ahead.
     */
    private void weigh(int bucket, double[] out) {
        double least = least(bucket);
        if (Double.isNaN(least) && bucket > 0) {
            weigh(bucket - 1, out);
            if (!past.isSeasonLikely) {
                mixture.raise(e -> experts[e].seasonsBack(past) > 0, out);
            }
            return;
        }
        double best = sixth(least + floor);
        for (int i = 0; i < mixture.speaking(); i++) {
            int e = mixture.speaker(i);
            double judged = losses[bucket * experts.length + e];
            double loss = Double.isNaN(judged) ? fresh(bucket, e, least) : judged;
            double weight = sixth(1 / (loss + floor));
            double more = bucket > 0 && past.steps <= YOUNG ? 0 : preferences[e] * weight * best;
            boolean blind = Double.isNaN(loss) && past.isSeasonKnown && experts[e].seasonsBack(past) == 0;
            out[e] = Double.isNaN(loss) ? blind ? BLIND : 1 : counts[e] * weight * (1 + more);
        }
    }

    private static double sixth(double x) {
        double cube = x * x * x;
        return cube * cube;
    }
}
