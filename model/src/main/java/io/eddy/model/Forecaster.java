package io.eddy.model;

import io.eddy.model.network.Vectors;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of one series, from the value to score and forecast. It sees the past only.
 *
 * <p>Not safe for several threads: it holds scratch arrays. All that lasts is in the {@link Memory} of the series.
 */
public final class Forecaster {
    private static final float[] NO_DEVIATIONS = {};

    /**
     * What a forecaster needs to know.
     *
     * @param horizon steps ahead, 1 to 1024
     * @param season in steps; 0: found from the values, among an hour, a day and a week
     * @param stepMillis length of a step; 0: every reading is a step, however far from the last
     * @param falseAlarmRate share of normal points whose score reaches 1, above 0 and below 0.02
     * @param warmUpSteps values before a series is judged, at least 10
     * @param mergeGap normal points that end an event, at least 1
     * @param persistence anomalous points in a row after which what happens is learnt, a new level at once, at least 1
     * @param silenceSteps without a reading after which a series is silent, if it is not used to longer gaps; 0: it is never told
     * @param onNewWeights what becomes of the state of a series when weights of the same shape come
     * @param experts whose mixture is the base forecast: {@code lean}, {@code full} or names with commas between
     * @param inputs what enters the network
     * @param scoring how the channels are weighed
     */
    public record Options(
            int horizon,
            int season,
            long stepMillis,
            double falseAlarmRate,
            int warmUpSteps,
            int mergeGap,
            int persistence,
            int silenceSteps,
            NewWeights onNewWeights,
            String experts,
            Inputs inputs,
            Scoring scoring)
            implements Serializable {
        public Options {
            Expected.that(horizon >= 1 && horizon <= 1024, "horizon", "1 to 1024 steps", horizon);
            Expected.that(season >= 0 && season < Ring.CAPACITY, "season", "0 to " + (Ring.CAPACITY - 1), season);
            Expected.that(stepMillis >= 0, "stepMillis", "0 or more", stepMillis);
            Expected.that(falseAlarmRate > 0 && falseAlarmRate < 0.02, "falseAlarmRate", "0 to 0.02", falseAlarmRate);
            Expected.that(warmUpSteps >= 10, "warmUpSteps", "10 or more", warmUpSteps);
            Expected.that(mergeGap >= 1, "mergeGap", "1 or more", mergeGap);
            Expected.that(persistence >= 1, "persistence", "1 or more", persistence);
            Expected.that(silenceSteps >= 0, "silenceSteps", "0 or more", silenceSteps);
            ExpertNames.of(experts);
        }
    }

    private final Options options;
    private final Listener listener;
    private final Judge judge;
    private final Experts experts;
    private final NetworkStep network;
    private final Fan fan;
    /** The experts, then the network. */
    private final List<String> mixed;

    private final Calendar calendar;
    private final Draft draft;

    public Forecaster(Options options) {
        if (Vectors.THERE) {
            VectorLoops.meet();
        }
        this.options = options;
        listener = new Listener(options);
        judge = new Judge(options);
        experts = new Experts(options.experts(), options.horizon());
        network = new NetworkStep(options);
        fan = new Fan(options.horizon());
        mixed = Stream.concat(experts.names().stream(), Stream.of("network")).toList();
        calendar = options.inputs().calendar();
        draft = newDraft();
    }

    /** The names of what is mixed into a forecast, see {@link #member}. */
    public List<String> members() {
        List<String> names = new ArrayList<>(List.of("experts", "network"));
        names.addAll(experts.names());
        return List.copyOf(names);
    }

    /**
     * What one member forecast at the newest step.
     *
     * @param index among {@link #members}
     * @return [horizon or more], in the unit of the values, NaN where it has nothing to say; valid until the next step
     */
    public double[] member(int index) {
        return index == 0 ? draft.base : index == 1 ? fan.network() : experts.forecast(index - 2);
    }

    /** How many numbers a network gets per step where no others are asked for. */
    public static int inputs() {
        return History.INPUTS;
    }

    /** One for the steps of one series at a time. */
    Draft newDraft() {
        return new Draft(options.inputs().count(), options.horizon());
    }

    /** The weights with the inputs that are asked for here, as far as they go with them; {@link #misfit} says whether they do. */
    public Weights fitted(Weights weights) {
        return weights.widened(options.inputs().names());
    }

    /**
     * Says why weights cannot be used here.
     *
     * @return null if they can
     */
    public @Nullable String misfit(Weights weights) {
        return options.inputs().misfit(weights.architecture());
    }

    /**
     * Takes the value of one step: judges it by what was expected, learns from it, and forecasts.
     *
     * @param memory of the series, changed
     * @param version of weights that fit ({@link #misfit}); null while there are none
     * @param timeMillis event time of the step, later than the last one of the series
     * @param y the value, finite; NaN where it is missing
     * @param answer filled
     */
    public void step(Memory memory, @Nullable WeightsVersion version, long timeMillis, double y, Answer answer) {
        step(memory, version, timeMillis, y, 1, true, null, answer);
    }

    /**
     * The same where the forecast of the whole horizon may not be wanted, only that of the next step, by which its value will be judged.
     *
     * @param readings of the step that had a value; y is their mean
     * @param whole whether the whole horizon is forecast; it is, too, when the value is anomalous, held back or not
     * @param rule which anomalous values are alarms; null: all
     */
    public void step(
            Memory memory,
            @Nullable WeightsVersion version,
            long timeMillis,
            double y,
            int readings,
            boolean whole,
            @Nullable AlarmRule rule,
            Answer answer) {
        draft.take(timeMillis, y, readings, whole, rule);
        judge(memory, version, draft, answer);
        observe(memory, version, draft, answer);
        expect(memory, draft, answer);
        float[] deviations = NO_DEVIATIONS;
        if (version != null) {
            deviations = network.forecast(memory, version.weights(), draft.x, answer.isWhole());
            network.classify(version.weights(), answer);
        }
        forecast(memory, version, draft, deviations, answer);
    }

    /**
     * Adds a reading to a step that is over, and judges the step again by what was expected of it. The network and all else that has learnt from
     * the step is not taken back, and no event changes.
     *
     * @param startMillis of the step
     * @param value finite
     * @param rule for the step; null: none
     * @param answer filled where the step is kept; without a forecast
     * @return whether it is, see {@link ClosedSteps#add}
     */
    public boolean correct(Memory memory, long startMillis, double value, @Nullable AlarmRule rule, Answer answer) {
        boolean expected = memory.verdicts.isExpected(startMillis);
        boolean isKept = memory.closed().correct(startMillis, value, rule, options.falseAlarmRate(), expected, answer);
        if (isKept) {
            answer.samplesSeen = memory.history.observed();
            answer.memoryVersion = memory.network.startedByVersion();
        }
        return isKept;
    }

    /**
     * The first part of a step: what came is judged by what was expected.
     *
     * @param draft with what came
     */
    void judge(Memory memory, @Nullable WeightsVersion version, Draft draft, Answer answer) {
        if (version != null) {
            network.fit(memory, version, draft.x);
        }
        memory.history.seasons.fix(options.season());
        Incident.Change heard = listener.hear(memory, draft.timeMillis);
        walkGap(memory, version, draft);
        draft.learnt = judge.judge(memory, version, draft.timeMillis, draft.y, draft.readings, draft.rule, answer);
        if (heard != Incident.Change.NONE) {
            answer.change = heard; // there was no forecast for this step, so that nothing was judged
        }
        memory.inbox().lastMillis(draft.timeMillis);
        answer.listenMillis = listener.watch(memory);
    }

    /** The second: the series takes what may be learnt, and what enters the network is there. */
    void observe(Memory memory, @Nullable WeightsVersion version, Draft draft, Answer answer) {
        int season = memory.history.seasons.season();
        memory.observe(draft.learnt, draft.timeMillis);
        memory.slotErrors.fit(memory.history);
        if (memory.history.seasons.season() != season) {
            memory.surprise.loosen();
        }
        memory.networkTrust.judge(memory.history);
        options.inputs().fill(draft.x, memory.history, memory.covariates, calendar.at(draft.timeMillis));
        memory.covariates.missing();
        if (version != null && draft.learnt != draft.y && !Double.isNaN(draft.y)) {
            network.aside(memory, version.weights(), draft.x, draft.y - draft.learnt, answer);
        }
    }

    /** The third: what the experts make of it. */
    void expect(Memory memory, Draft draft, Answer answer) {
        experts.observe(memory.history, memory.trust);
        boolean odd = answer.isAnomaly || answer.hold != Hold.NONE;
        answer.steps = draft.whole || odd ? answer.horizon() : 1;
        experts.forecast(memory.history, memory.trust, answer.steps, draft.base);
        experts.apart(draft.base, answer.steps, draft.apart);
        if (answer.mixed != mixed) {
            answer.mixed = mixed;
            answer.weights = new double[mixed.size()];
        }
        experts.shares(answer.weights);
    }

    /**
     * The fourth, after the network's: the forecast.
     *
     * @param deviations the head's outputs, [steps that the network knows * quantiles or more], or those of the next step only where the
     *     answer is to have no more; anything where there are no weights
     */
    void forecast(Memory memory, @Nullable WeightsVersion version, Draft draft, float[] deviations, Answer answer) {
        fan.issue(memory, version, draft, deviations, answer);
        answer.samplesSeen = memory.history.observed();
        answer.stepMillis = options.stepMillis() > 0 ? options.stepMillis() : memory.history.seasons.spacingMillis();
        answer.version = version == null ? 0 : version.version();
        answer.memoryVersion = memory.network.startedByVersion();
    }

    /** Steps that never came are steps without a value. */
    private void walkGap(Memory memory, @Nullable WeightsVersion version, Draft draft) {
        long step = options.stepMillis();
        long missing = Gap.missing(memory.lastMillis(), draft.timeMillis, step);
        if (missing <= 0) {
            return;
        }
        int walked = Gap.walked(missing, memory.history.seasons.longest());
        for (int k = walked; k > 0; k--) {
            long at = draft.timeMillis - k * step;
            memory.history.observe(Double.NaN, at);
            experts.observe(memory.history, memory.trust);
            if (version != null && k <= Gap.LONGEST) {
                options.inputs().fill(draft.x, memory.history, Covariates.NONE, calendar.at(at));
                network.take(memory, version.weights(), draft.x);
            }
        }
        memory.pending.known = false;
        Judge.pass(memory, walked, missing);
        if (!Double.isNaN(draft.y)) {
            memory.novelty.pass(draft.y, missing + 1);
        }
        if (missing >= Gap.LONGEST) {
            memory.giveUp();
        }
    }
}
