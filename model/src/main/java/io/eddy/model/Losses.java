package io.eddy.model;

import java.util.stream.IntStream;

/**
 * What the experts of a series have lost, in scales, by bucket of steps ahead: means of their absolute errors that forget. Who was judged at other steps than
 * the others, or not at all yet, is taken to have lost what makes it comparable.
 *
 * <p>Holds scratch arrays: one for each thread. What lasts is in the {@link Trust} of the series.
 */
final class Losses {
    /** Steps that a loss remembers; of a young series, judged at each, as many judgements beyond the next steps as of an old one. */
    private static final int WINDOW = 336;
    /** Steps after which each has had more judgements than a loss remembers, however late it began. */
    private static final int SETTLED = 1000;
    /** The loss of one that was never judged, in those of the best. */
    private static final double FRESH = 2;
    /** The same of a young series beyond the next steps, where the regression is mostly worth more than it could show. */
    private static final double FRESH_YOUNG = 1.4;
    /** The same of one who goes by a season that is known: what comes with it is mostly better. */
    private static final double FRESH_WITH_SEASON = 0.6;
    /** The same beyond the next steps, while too few values came to tell whether a day is one. */
    private static final double FRESH_WITH_DAY = 0.74;
    /** The most of both, beyond the next steps, and what it is from the third season on, when others that go by it were judged as far ahead. */
    private static final double FRESH_BESIDE_SEASON = 1;
    /** So many times what it loses at the next step the last value mostly loses six steps ahead. */
    private static final double SWING = 3;
    /** Six steps say as much of a season of so many as of a shorter one, and of a longer one the less. */
    private static final double SHORT = 48;
    /** While too few values came to tell whether a day is the season, more must speak for it where the first one was calm: so much at the most. */
    private static final double DOUBT = 1.2;
    /** What a first judgement counts beside what was assumed before, and no later one counts more. */
    private static final double FIRST = 0.5;
    /** Judgements that count alike at the least, of one who could not be judged at first. */
    private static final int FIRST_JUDGEMENTS = 6;
    /** The same beyond the next steps, where one judgement says nearly what the one before it said. */
    private static final int FIRST_JUDGEMENTS_AHEAD = 10;
    /** The newest judgements of one who learns from all that it has seen count more where those who go by a season, if there is one, lose so many times as much. */
    private static final double BESIDE_SEASON = 1.2;
    /** So many times more. */
    private static final double FASTER = 2;
    /** Largest loss of one forecast, in scales. */
    private static final double BOUND = 20;

    private final Expert[] experts;
    /** Of the series that is judged. */
    private final Past past;
    /** Who says the same of all steps ahead; -1: none. */
    private final int last;
    /** Losses far below it are alike. */
    private final double floor;
    /** [buckets * experts], experts fastest, of the series that was taken last; NaN of who was never judged. */
    private final float[] losses;
    /** [experts], at the last judgement: by how much its forecast was below the value, in scales, NaN of who said nothing. */
    private final double[] errors;
    /** [experts], at the last judgement: the loss before it. */
    private final double[] before;
    /** [experts], at the last judgement: what it counted. */
    private final double[] rates;

    Losses(Expert[] experts, Past past, double floor) {
        this.experts = experts;
        this.past = past;
        last = IntStream.range(0, experts.length)
                .filter(e -> experts[e].isConstant())
                .findFirst()
                .orElse(-1);
        this.floor = floor;
        losses = new float[Buckets.LEADS.length * experts.length];
        errors = new double[experts.length];
        before = new double[experts.length];
        rates = new double[experts.length];
    }

    /** Takes those of a series. */
    void take(Trust trust) {
        trust.losses(losses);
    }

    /** [experts], of the last judgement: by how much each forecast was below the value, in scales, NaN of who said nothing. */
    double[] errors() {
        return errors;
    }

    /** The loss of one, in scales; NaN where it was never judged. */
    double of(int bucket, int expert) {
        return losses[bucket * experts.length + expert];
    }

    /** Judges all that have something to say by what they would have said of the newest value h steps ago. */
    void judge(Trust trust, int bucket, int h, double y) {
        int window = bucket == 0 && past.steps <= Buckets.YOUNG ? WINDOW : WINDOW / Buckets.every(bucket);
        raise(bucket);
        double least = least(bucket);
        double unit = 1 / past.scale;
        for (int e = 0; e < experts.length; e++) {
            double forecast = experts[e].at(past, trust, h, h);
            errors[e] = Math.max(-BOUND, Math.min(BOUND, (y - forecast) * unit));
            if (Double.isNaN(forecast)) {
                continue;
            }
            double known = of(bucket, e);
            before[e] = Double.isNaN(known) ? fresh(bucket, e, least) : known;
            rates[e] = Double.isNaN(known) ? FIRST : rate(bucket, e, h, window);
            double error = Math.abs(errors[e]);
            double loss = Double.isNaN(before[e]) ? error : before[e] + rates[e] * (error - before[e]);
            losses[bucket * experts.length + e] = trust.loss(bucket * experts.length + e, loss);
        }
        boolean isYoung = past.steps <= Math.min(Buckets.YOUNG, 3L * past.candidate);
        if (bucket > 0 && isYoung && past.steps > past.candidate && past.isSeasonLikely) {
            compare(trust, bucket);
        }
    }

    /**
     * What the newest of its judgements counts. One who could not be judged at first, in a first season or for want of values, counts its own. One who goes by
     * the weeks before counts all steps, but the newest several times: it comes with much trust and is soon known. One step ahead only who goes by the season
     * before counts its own, and nobody the newest more: who is believed sooner there explains anomalies away.
     */
    private double rate(int bucket, int e, int h, int window) {
        // Of an old series it is the same for all: nothing is asked.
        double rate = past.steps > SETTLED ? 1.0 / window : unsettled(bucket, e, h, window);
        return bucket == 0 ? rate : Math.min(FIRST, experts[e].every(past) * rate);
    }

    private double unsettled(int bucket, int e, int h, int window) {
        boolean own = bucket > 0 || experts[e].seasonsBack(past) == 1;
        int silence = own ? experts[e].silence(past) : 0;
        double judgements = (past.steps - h - silence) / (own ? progress(bucket, e) : 1);
        int alike = silence == 0 ? 2 : bucket == 0 ? FIRST_JUDGEMENTS : FIRST_JUDGEMENTS_AHEAD;
        return 1 / Math.max(alike, Math.min(judgements, window));
    }

    /** How many times one of its judgements so far the newest counts. */
    private double progress(int bucket, int expert) {
        double progress = experts[expert].progress();
        boolean isBeside = progress > 1 && experts[expert].seasonsBack(past) == 0;
        return isBeside && isBeyondSeason(bucket, expert) ? FASTER * progress : progress;
    }

    /** Whether there is no season, or one loses far less than all who go by it. */
    private boolean isBeyondSeason(int bucket, int expert) {
        double least = Double.NaN;
        for (int e = 0; e < experts.length; e++) {
            double loss = experts[e].seasonsBack(past) > 0 ? of(bucket, e) : Double.NaN;
            least = loss < least || Double.isNaN(least) ? loss : least;
        }
        return Double.isNaN(least) ? !past.isSeasonLikely : least > BESIDE_SEASON * of(bucket, expert);
    }

    /**
     * Compares those who began late with one who was judged at the same steps and more. Those who go by the season begin with the second one: where the last
     * value erred little in the first, by night for one, and much since, they have lost no more than they did beside it. And who is silent for longer than a
     * season was judged at other hours of the day than the best of those.
     */
    private void compare(Trust trust, int bucket) {
        double doubt = past.isSeasonKnown ? 1 : Math.max(1, Math.min(DOUBT, 1 / Math.sqrt(swing())));
        for (int e = 0; e < experts.length; e++) {
            int seasonsBack = experts[e].seasonsBack(past);
            boolean isSecond = past.steps <= 2L * past.candidate && seasonsBack == 1;
            boolean isLater = seasonsBack == 0 && experts[e].silence(past) > past.candidate;
            int other = isSecond ? last : isLater ? bestOfSeason() : -1;
            if (other >= 0 && isJudged(e) && isJudged(other) && rates[other] < rates[e]) {
                double beside = doubt * beside(bucket, e, other);
                double loss = isSecond ? Math.min(of(bucket, e), beside) : beside;
                losses[bucket * experts.length + e] = trust.loss(bucket * experts.length + e, Math.max(0, loss));
            }
        }
    }

    /** Whether it was judged at the last judgement. */
    private boolean isJudged(int expert) {
        return !Double.isNaN(errors[expert]) && !Double.isNaN(before[expert]);
    }

    /** The best of those who go by the season; -1: none. */
    private int bestOfSeason() {
        int best = -1;
        for (int e = 0; e < experts.length; e++) {
            boolean fits = experts[e].seasonsBack(past) == 1 && isJudged(e);
            best = fits && (best < 0 || before[e] < before[best]) ? e : best;
        }
        return best;
    }

    /** The loss of one as that of another, times what both have lost at the steps of this one. */
    private double beside(int bucket, int expert, int other) {
        double judgements = 1 / rates[expert] - 1;
        double own = judgements * (before[expert] + floor) + Math.abs(errors[expert]) + floor;
        double others = judgements * (before[other] + floor) + Math.abs(errors[other]) + floor;
        return (of(bucket, other) + floor) * own / others - floor;
    }

    /** The loss that one who was never judged is taken to have, not below that of nearer steps; NaN where nobody was. */
    double fresh(int bucket, int expert, double least) {
        double fresh = fresh(bucket, experts[expert].seasonsBack(past)) * least;
        double nearer = bucket == 0 ? Double.NaN : of(bucket - 1, expert);
        return nearer > fresh ? nearer : fresh;
    }

    /** The same in losses of the best. While a day is only likely, who does not go by it is taken to lose the more the more the first one swings. */
    private double fresh(int bucket, int seasonsBack) {
        double unknown = bucket > 0 && past.steps <= Buckets.YOUNG ? FRESH_YOUNG : FRESH;
        if (!past.isSeasonLikely || bucket == 0 && (seasonsBack == 0 || !past.isSeasonKnown)) {
            return unknown;
        }
        if (seasonsBack == 0) {
            boolean isFirst = !past.isSeasonKnown && past.steps <= past.candidate;
            return isFirst ? unknown * Math.sqrt(Math.max(1, swing())) : unknown;
        }
        double season = past.isSeasonKnown ? FRESH_WITH_SEASON : FRESH_WITH_DAY;
        if (bucket == 0 || seasonsBack > 1) {
            return season;
        }
        double fresh = season / Math.sqrt(swing());
        return past.steps <= 2L * past.candidate && fresh < FRESH_BESIDE_SEASON ? fresh : FRESH_BESIDE_SEASON;
    }

    /**
     * How much a series swings, 1 being usual and where that is not known: what the last value loses six steps ahead beside what it loses at the next. Noise is as
     * far away at any step, a walk goes 2.4 times as far in six, and a day that the season before foretells well five times.
     */
    double swing() {
        double swing = last < 0 ? 1 : (of(1, last) + floor) / (SWING * (of(0, last) + floor));
        double part = past.candidate > SHORT ? SHORT / past.candidate : 1;
        return Double.isNaN(swing) ? 1 : swing * part;
    }

    /** The least loss of a bucket, NaN where nobody was judged. */
    double least(int bucket) {
        float least = Float.POSITIVE_INFINITY;
        for (int place = bucket * experts.length; place < (bucket + 1) * experts.length; place++) {
            least = losses[place] < least ? losses[place] : least;
        }
        return least == Float.POSITIVE_INFINITY ? Double.NaN : least;
    }

    /**
     * Takes the last value to lose no less than at nearer steps: where the few values of a young series say otherwise, it is by the hour that they came at. Its next
     * judgement there goes on from that.
     */
    void raise(int bucket) {
        if (bucket > 0 && last >= 0 && past.steps <= Buckets.YOUNG) {
            int place = bucket * experts.length + last;
            float nearer = losses[place - experts.length];
            losses[place] = nearer > losses[place] ? nearer : losses[place];
        }
    }
}
