package io.eddy.model;

/**
 * What the experts of a series have lost, in scales, by bucket of steps ahead: means of their absolute errors that forget. Who was not judged
 * yet is taken to have lost what the best has, times what such are mostly worth.
 *
 * <p>Holds scratch arrays: one for each thread. What lasts is in the {@link Trust} of the series.
 */
final class Losses {
    /** Judgements that a loss remembers. */
    private static final int WINDOW = 336;
    /** Steps after which each has had more judgements than a loss remembers, however late it began. */
    private static final int SETTLED = 1000;
    /** The loss of one that was never judged, in those of the best: what comes with a season that is known is mostly better. */
    private static final double FRESH_WITH_SEASON = 0.6;
    /** The same beyond the next steps, while too few values came to tell whether a day is one. */
    private static final double FRESH_WITH_DAY = 0.8;

    private static final double FRESH = 2;
    /** The same of a young series beyond the next steps, where the regression is mostly worth more than it could show. */
    private static final double FRESH_YOUNG = 1.4;
    /** What a first judgement counts beside what was assumed before. */
    private static final double FIRST = 0.5;
    /** Judgements that count alike at the least, of one who could not be judged at first. */
    private static final int FIRST_JUDGEMENTS = 6;
    /** Largest loss of one forecast, in scales. */
    private static final double BOUND = 20;

    private final Expert[] experts;
    /** [buckets * experts], experts fastest, of the series that was taken last; NaN of who was never judged. */
    private final float[] losses;

    Losses(Expert[] experts) {
        this.experts = experts;
        losses = new float[Experts.LEADS.length * experts.length];
    }

    /** Takes those of a series. */
    void take(Trust trust) {
        trust.losses(losses);
    }

    /** The loss of one, in scales; NaN where it was never judged. */
    double of(int bucket, int expert) {
        return losses[bucket * experts.length + expert];
    }

    /** Judges all that have something to say by what they would have said of the newest value h steps ago. */
    void judge(Past past, Trust trust, int bucket, int h, double y) {
        int window = past.steps <= Experts.YOUNG ? WINDOW : WINDOW / Experts.every(bucket);
        double least = least(past, bucket);
        double unit = 1 / past.scale;
        for (int e = 0; e < experts.length; e++) {
            double forecast = experts[e].at(past, trust, h, h);
            if (Double.isNaN(forecast)) {
                continue;
            }
            double error = Math.min(BOUND, Math.abs(y - forecast) * unit);
            double known = of(bucket, e);
            double before = Double.isNaN(known) ? fresh(past, bucket, e, least) : known;
            double rate = Double.isNaN(known) ? FIRST : rate(past, experts[e], h, window);
            double loss = Double.isNaN(before) ? error : before + rate * (error - before);
            losses[bucket * experts.length + e] = trust.loss(bucket * experts.length + e, loss);
        }
    }

    /**
     * What the newest of its judgements counts. One who could not be judged at first, in a first season or for want of values, counts its own; one who goes
     * by the week before does not, for the errors of a few hours say little of a week. Of the next steps that is the season's alone: who is believed sooner
     * there explains anomalies away.
     */
    private static double rate(Past past, Expert expert, int h, int window) {
        // Of an old series it is the same for all: nothing is asked.
        double rate = past.steps > SETTLED ? 1.0 / window : unsettled(past, expert, h, window);
        return h == Experts.LEADS[0] ? rate : Math.min(0.5, expert.every(past) * rate);
    }

    private static double unsettled(Past past, Expert expert, int h, int window) {
        boolean own = h > Experts.LEADS[0] || expert.seasonsBack(past) == 1;
        int silence = own ? expert.silence(past) : 0;
        double judgements = (past.steps - h - silence) / (own ? expert.progress() : 1);
        return 1 / Math.max(silence > 0 ? FIRST_JUDGEMENTS : 2, Math.min(judgements, window));
    }

    /** The loss that one who was never judged is taken to have, not below that of nearer steps; NaN where nobody was. */
    double fresh(Past past, int bucket, int expert, double least) {
        int seasonsBack = experts[expert].seasonsBack(past);
        double unknown = bucket > 0 && past.steps <= Experts.YOUNG ? FRESH_YOUNG : FRESH;
        double likely = bucket > 0 && past.isSeasonLikely ? FRESH_WITH_DAY : unknown;
        double fresh = (seasonsBack == 0 ? unknown : past.isSeasonKnown ? FRESH_WITH_SEASON : likely) * least;
        double nearer = bucket == 0 ? Double.NaN : of(bucket - 1, expert);
        return nearer > fresh ? nearer : fresh;
    }

    /**
     * The least loss of a bucket, NaN where nobody was judged. Who says the same of all steps ahead is taken to lose no less than nearer: where the few values of a
     * young series say otherwise, it is by the hour that they came at. Its next judgement there goes on from that.
     */
    double least(Past past, int bucket) {
        float least = Float.POSITIVE_INFINITY;
        for (int e = 0; e < experts.length; e++) {
            int place = bucket * experts.length + e;
            if (bucket > 0 && past.steps <= Experts.YOUNG && experts[e].isConstant()) {
                float nearer = losses[place - experts.length];
                losses[place] = nearer > losses[place] ? nearer : losses[place];
            }
            least = losses[place] < least ? losses[place] : least;
        }
        return least == Float.POSITIVE_INFINITY ? Double.NaN : least;
    }
}
