package io.eddy.model;

import io.eddy.model.network.WeightsVersion;
import org.jspecify.annotations.Nullable;

/** Judges the value of a step by what was expected of it: score, event, and what of the value may be learnt. Holds scratch numbers. */
final class Judge {
    private final Forecaster.Options options;
    private final double logRate;
    /** [channels]. */
    private final double[] decades = new double[Channel.values().length];

    private final Evidence.Outcome outcome = new Evidence.Outcome();
    /** The last text that was made, and for how many steps: young series are often as young as each other. */
    private String warmText = "";

    private int warmSteps = -1;

    Judge(Forecaster.Options options) {
        this.options = options;
        logRate = Math.log(options.falseAlarmRate());
    }

    /** Fills the score; the result is the value as the history may learn it. */
    double judge(
            Memory memory,
            @Nullable WeightsVersion version,
            long timeMillis,
            double y,
            int readings,
            @Nullable AlarmRule rule,
            Answer answer) {
        Pending pending = memory.pending;
        answer.nothing();
        answer.y = y;
        answer.scored = pending.known && !Double.isNaN(y);
        answer.yhat = pending.known ? pending.yhat : Double.NaN;
        answer.warmingUp = version == null ? "no weights yet" : warmingUp(memory.surprise.count());
        if (!pending.known) {
            pass(memory, 1, 1);
            return y;
        }
        double usual = options.falseAlarmRate();
        double rate = rule == null ? usual : rule.rate(usual);
        double usualEdge = memory.surprise.edge(usual) * pending.scale;
        double edge = rate == usual ? usualEdge : memory.surprise.edge(rate) * pending.scale;
        answer.yhatLower = pending.yhat - edge;
        answer.yhatUpper = pending.yhat + edge;
        if (!answer.scored) {
            memory.novelty.pass(pending.yhat, 1);
            pass(memory, 1, 1);
            return y;
        }
        double level = memory.novelty.level();
        double range = memory.novelty.range();
        weigh(memory, (y - pending.yhat) / pending.scale, y, readings);
        // What is learnt goes by the options alone: a rule says what is told, and so it does with and without weights.
        boolean odd = memory.surprise.count() >= options.warmUpSteps() && outcome.logP / logRate >= 1;
        Aftermath aftermath = Aftermath.next(memory.aftermath, y, odd, level, memory.novelty.deviation(), range);
        memory.aftermath = aftermath;
        double alone = outcome.logScore / (rate == usual ? logRate : Math.log(rate));
        double score = aftermath != null && aftermath.isBack(y) ? Aftermath.IS_BACK * alone : alone;
        boolean follows = aftermath != null && !odd && aftermath.holds(y);
        answer.anomalyScore = follows ? Math.max(score, Aftermath.SCORE) : score;
        answer.rawScore = answer.anomalyScore;
        answer.pValue = outcome.pValue;
        answer.alert = outcome.alert == 0 ? 0 : outcome.alert / -Math.log10(rate);
        answer.channel = outcome.channel;
        answer.direction = answer.anomalyScore < 1 ? 0 : (int) Math.signum(y - pending.yhat);
        answer.isAnomaly = answer.warmingUp == null && score >= 1;
        boolean expected = memory.verdicts.isExpected(timeMillis);
        if (rule != null || expected || memory.isOwed()) {
            double evidence = outcome.decades / -Math.log10(rate);
            memory.heldBack().apply(rule == null ? AlarmRule.NONE : rule, expected, evidence, answer);
        }
        boolean routine = answer.isAnomaly && outcome.routine;
        if (routine) {
            memory.incident().dismiss();
        }
        answer.change = memory.incident()
                .observe(
                        timeMillis,
                        answer.isAnomaly,
                        answer.alert > 0,
                        answer.anomalyScore,
                        answer.direction,
                        answer.channel,
                        options.mergeGap());
        if (routine || answer.isAnomaly && memory.incident().isOpen()) {
            memory.evidence.know();
        }
        boolean still = memory.surprise.standsStill();
        if (memory.surprise.meanError() > 0 && !still) {
            memory.slotErrors.learn(
                    memory.history, Math.abs(y - pending.yhat) / pending.scale / memory.surprise.meanError());
        }
        pending.realise(y, still);
        if (!still) {
            memory.leads.realise(memory.history, memory.trust.heavy.widths, memory.slotErrors, y);
        }
        boolean outside = y < pending.yhat - usualEdge || y > pending.yhat + usualEdge;
        return switch (memory.lesson(odd, outside, y - pending.yhat, options.persistence())) {
            case THE_VALUE -> y;
            case WHAT_WAS_EXPECTED -> pending.yhat;
            case A_NEW_LEVEL -> {
                moveToNewLevel(memory);
                // One that opens with this very value is told as any other, and ends when it has been quiet.
                if (memory.incident().isOpen() && answer.change != Incident.Change.OPEN) {
                    answer.change = memory.incident().accept();
                }
                yield y;
            }
        };
    }

    /** Goes over steps that are not judged, of which the history walks through so many. */
    static void pass(Memory memory, int walked, long missing) {
        memory.evidence.pass(walked, missing);
        memory.surprise.pass(missing);
        memory.aftermath = Aftermath.pass(memory.aftermath, missing);
    }

    private @Nullable String warmingUp(int judged) {
        if (judged >= options.warmUpSteps()) {
            return null;
        }
        if (judged != warmSteps) {
            warmSteps = judged;
            warmText = judged + " of " + options.warmUpSteps() + " steps judged";
        }
        return warmText;
    }

    /** All channels, and what they say together. */
    private void weigh(Memory memory, double error, double y, int readings) {
        History history = memory.history;
        double scale = memory.pending.scale;
        double seasonal = (y - memory.pending.seasonalNaive) / scale;
        int season = history.seasons.season();
        memory.surprise.judge(error, y == history.last(), decades);
        boolean still = memory.surprise.standsStill();
        memory.novelty.judge(y, scale, seasonal, season, options.scoring().range(), decades);
        decades[Channel.BURST.ordinal()] = memory.burst.judge(readings);
        options.scoring().silence(decades);
        memory.verdicts.weigh(decades);
        boolean habit = memory.evidence.judge(
                decades,
                isSurprising() ? memory.novelty.evidenceTail() : 1,
                still,
                memory.surprise.awake(),
                season,
                history.seasons.routine(),
                options.scoring(),
                outcome);
        if (!still) {
            memory.novelty.learn(y, habit);
        }
    }

    /** Whether any channel says anything; else no tail makes a difference. */
    private boolean isSurprising() {
        double most = 0;
        for (double one : decades) {
            most = Math.max(most, one);
        }
        return most > 0;
    }

    /** Moves all that is known of the level to that of the odd values: the series has a new one, with the same shape around it. */
    private static void moveToNewLevel(Memory memory) {
        double distance = memory.newLevel == null ? 0 : memory.newLevel.distance();
        memory.history.shift(distance);
        memory.trust.heavy.shift(distance);
        memory.novelty.shift(distance);
        memory.surprise.settle();
        memory.evidence.settle();
        memory.leads.forget();
    }
}
