package io.eddy.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of one series, from the value to score and forecast. It sees the past only.
 *
 * <p>Not safe for several threads: it holds scratch arrays. All that lasts is in the {@link Memory} of the series.
 */
public final class Forecaster {
    /** Gaps longer than this many steps are not walked through; the hidden state has faded by then. */
    private static final int LONGEST_GAP = 48;

    private static final int PERSISTENCE = 3;
    /** The network's share in the distances of the quantiles from the median, which it knows better than one width for all times does. */
    private static final double NETWORK_SPREAD = 1.0 / 3;

    /** Values until the scale of a series is known well enough for its errors to mean something. */
    private static final int SETTLED = 8;

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
            Inputs inputs)
            implements Serializable {
        /** With the usual inputs. */
        public Options(
                int horizon,
                int season,
                long stepMillis,
                double falseAlarmRate,
                int warmUpSteps,
                int mergeGap,
                int persistence,
                int silenceSteps,
                NewWeights onNewWeights,
                String experts) {
            this(
                    horizon,
                    season,
                    stepMillis,
                    falseAlarmRate,
                    warmUpSteps,
                    mergeGap,
                    persistence,
                    silenceSteps,
                    onNewWeights,
                    experts,
                    Inputs.USUAL);
        }

        /** With the usual persistence, no silence, the state carried to new weights, and the lean experts. */
        public Options(int horizon, int season, long stepMillis, double falseAlarmRate, int warmUpSteps, int mergeGap) {
            this(
                    horizon,
                    season,
                    stepMillis,
                    falseAlarmRate,
                    warmUpSteps,
                    mergeGap,
                    PERSISTENCE,
                    0,
                    NewWeights.CARRY,
                    Experts.BY_DEFAULT);
        }

        public Options {
            require(horizon >= 1 && horizon <= 1024, "horizon", "1 to 1024 steps", horizon);
            require(season >= 0 && season < History.CAPACITY, "season", "0 to " + (History.CAPACITY - 1), season);
            require(stepMillis >= 0, "stepMillis", "0 or more", stepMillis);
            require(falseAlarmRate > 0 && falseAlarmRate < 0.02, "falseAlarmRate", "0 to 0.02", falseAlarmRate);
            require(warmUpSteps >= 10, "warmUpSteps", "10 or more", warmUpSteps);
            require(mergeGap >= 1, "mergeGap", "1 or more", mergeGap);
            require(persistence >= 1, "persistence", "1 or more", persistence);
            require(silenceSteps >= 0, "silenceSteps", "0 or more", silenceSteps);
            Experts.names(experts);
        }

        static void require(boolean good, String name, String rule, Object found) {
            if (!good) {
                throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
            }
        }
    }

    private final Options options;
    private final double logRate;
    private final Listener listener;
    private final Experts experts;
    /** The experts, then the network. */
    private final List<String> mixed;
    /** [horizon]. */
    private final double[] base;
    /** [horizon]: what the network alone forecasts; NaN without one. */
    private final double[] network;
    /** [inputs]. */
    private final float[] x;

    private final Calendar calendar;
    /** [state rows][hidden], that of the series at hand; sized when weights are met, as the next two. */
    private float[][] h = {};

    private float[][] c = {};
    /** [4 * hidden] and [horizon * quantiles]. */
    private float[] z = {};

    private float[] allDeviations = {};
    /** [quantiles]: those of the next step only. */
    private final float[] nextDeviations = new float[Quantiles.COUNT];
    /** [buckets]: the network's share in the median. */
    private final double[] shares = new double[Experts.LEADS.length];
    /** [channels]. */
    private final double[] decades = new double[Channel.values().length];
    /** [quantiles]. */
    private final double[] widths = new double[Quantiles.COUNT];

    public Forecaster(Options options) {
        this.options = options;
        logRate = Math.log(options.falseAlarmRate());
        listener = new Listener(options);
        experts = new Experts(options.experts(), options.horizon());
        mixed = Stream.concat(experts.names().stream(), Stream.of("network")).toList();
        x = new float[options.inputs().count()];
        calendar = new Calendar(options.inputs());
        base = new double[options.horizon()];
        network = new double[options.horizon()];
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
     * @return [horizon], in the unit of the values, NaN where it has nothing to say; valid until the next step
     */
    public double[] member(int index) {
        return index == 0 ? base : index == 1 ? network : experts.forecast(index - 2);
    }

    /** How many numbers a network gets per step where no others are asked for. */
    public static int inputs() {
        return History.INPUTS;
    }

    /** How many numbers a network gets per step here. */
    int width() {
        return x.length;
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
        Architecture a = weights.architecture();
        if (!a.extras().equals(options.inputs().names())) {
            return "inputs: expected " + options.inputs().names() + " beside the usual ones, found " + a.extras()
                    + "; retrain or set model.inputs=" + String.join(",", a.extras());
        }
        if (a.inputs() != x.length) {
            return "inputs: expected " + x.length + ", found " + a.inputs();
        }
        if (a.quantiles() != Quantiles.COUNT) {
            return "quantiles: expected " + Quantiles.COUNT + ", found " + a.quantiles();
        }
        return null;
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
        before(memory, version, timeMillis, y, readings, whole, rule, x, base, answer);
        float[] deviations = answer.isWhole() ? allDeviations : nextDeviations;
        if (version != null) {
            memory.network.load(h, c);
            version.weights().step(x, h, c, z);
            version.weights().head(h, c, deviations);
            memory.network.store(h, c);
        }
        after(memory, version, base, deviations, answer);
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
        return memory.closed().correct(memory, startMillis, value, rule, options.falseAlarmRate(), answer);
    }

    /**
     * All of a step that comes before the network's.
     *
     * @param x [{@link #width}], filled for the network
     * @param base [horizon], filled with the experts' forecast as far as the answer is to have steps
     */
    void before(
            Memory memory,
            @Nullable WeightsVersion version,
            long timeMillis,
            double y,
            int readings,
            boolean whole,
            @Nullable AlarmRule rule,
            float[] x,
            double[] base,
            Answer answer) {
        fit(memory, version);
        memory.history.seasons.fix(options.season());
        Incident.Change heard = listener.hear(memory, timeMillis);
        walkGap(memory, version, timeMillis, x);
        double learnt = judge(memory, version, timeMillis, y, readings, rule, answer);
        if (heard != Incident.Change.NONE) {
            answer.change = heard; // there was no forecast for this step, so that nothing was judged
        }
        memory.lastMillis = timeMillis;
        answer.listenMillis = listener.watch(memory);
        int season = memory.history.seasons.season();
        memory.history.observe(learnt, timeMillis);
        experts.observe(memory.history, memory.trust);
        if (memory.history.seasons.season() != season) {
            memory.surprise.loosen();
        }
        memory.networkTrust.judge(memory.history);
        options.inputs().fill(x, memory.history, calendar.at(timeMillis));
        boolean odd = answer.isAnomaly || answer.hold != AlarmRule.Hold.NONE;
        answer.steps = whole || odd ? answer.forecast.length : 1;
        experts.forecast(memory.history, memory.trust, answer.steps, base);
        if (answer.mixed != mixed) {
            answer.mixed = mixed;
            answer.weights = new double[mixed.size()];
        }
        experts.shares(answer.weights);
    }

    /**
     * All of a step that comes after the network's.
     *
     * @param base [horizon], what {@link #before} filled
     * @param deviations the head's outputs, [steps that the network knows * quantiles or more], or those of the next step only where the
     *     answer is to have no more; anything where there are no weights
     */
    void after(Memory memory, @Nullable WeightsVersion version, double[] base, float[] deviations, Answer answer) {
        forecast(memory, version, base, deviations, answer);
        answer.samplesSeen = memory.history.observed();
        answer.stepMillis = options.stepMillis() > 0 ? options.stepMillis() : memory.history.seasons.spacingMillis();
        answer.version = version == null ? 0 : version.version();
        answer.memoryVersion = memory.network.startedByVersion();
    }

    private void fit(Memory memory, @Nullable WeightsVersion version) {
        if (version == null) {
            return;
        }
        Architecture a = version.weights().architecture();
        if (h.length != a.stateRows() || z.length != 4 * a.hidden() || allDeviations.length != a.outputs()) {
            h = new float[a.stateRows()][a.hidden()];
            c = new float[a.stateRows()][a.hidden()];
            z = new float[4 * a.hidden()];
            allDeviations = new float[a.outputs()];
        }
        if (memory.network.fit(version, options.onNewWeights())) {
            long spacing = options.stepMillis() > 0 ? options.stepMillis() : memory.history.seasons.spacingMillis();
            Rewarming.replay(
                    memory.history, version.weights(), memory.lastMillis, spacing, options.inputs(), x, h, c, z);
            memory.network.store(h, c);
        }
    }

    /** Steps that never came are steps without a value. */
    private void walkGap(Memory memory, @Nullable WeightsVersion version, long timeMillis, float[] x) {
        long step = options.stepMillis();
        if (step == 0 || memory.lastMillis == Long.MIN_VALUE) {
            return;
        }
        long missing = Math.min(LONGEST_GAP, (timeMillis - memory.lastMillis) / step - 1);
        for (long k = missing; k > 0; k--) {
            long at = timeMillis - k * step;
            memory.history.observe(Double.NaN, at);
            experts.observe(memory.history, memory.trust);
            if (version != null) {
                options.inputs().fill(x, memory.history, calendar.at(at));
                memory.network.load(h, c);
                version.weights().step(x, h, c, z);
                memory.network.store(h, c);
            }
            memory.pending.known = false;
        }
        if (missing == LONGEST_GAP) {
            memory.leads.forget();
        }
    }

    /** Fills the score; the result is the value as the history may learn it. */
    private double judge(
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
        answer.warmingUp = version == null
                ? "no weights yet"
                : memory.surprise.count() < options.warmUpSteps()
                        ? memory.surprise.count() + " of " + options.warmUpSteps() + " steps"
                        : null;
        if (!pending.known) {
            return y;
        }
        double usual = options.falseAlarmRate();
        double rate = rule == null ? usual : rule.rate(usual);
        double usualEdge = memory.surprise.edge(usual) * pending.scale;
        double edge = rate == usual ? usualEdge : memory.surprise.edge(rate) * pending.scale;
        answer.yhatLower = pending.yhat - edge;
        answer.yhatUpper = pending.yhat + edge;
        if (!answer.scored) {
            return y;
        }
        weigh(memory, (y - pending.yhat) / pending.scale, y, readings);
        answer.anomalyScore = memory.evidence.logP / (rate == usual ? logRate : Math.log(rate));
        answer.rawScore = answer.anomalyScore;
        answer.pValue = Math.exp(memory.evidence.logP);
        answer.alert = memory.evidence.alert / -Math.log10(rate);
        answer.channel = memory.evidence.channel;
        answer.direction = answer.anomalyScore < 1 ? 0 : (int) Math.signum(y - pending.yhat);
        answer.isAnomaly = answer.warmingUp == null && answer.anomalyScore >= 1;
        boolean expected = memory.verdicts.isExpected(timeMillis);
        if (rule != null || expected || memory.heldBack.isOwed()) {
            double evidence = memory.evidence.decades / -Math.log10(rate);
            memory.heldBack.apply(rule == null ? AlarmRule.NONE : rule, expected, evidence, answer);
        }
        answer.change = memory.incident.observe(
                timeMillis,
                answer.isAnomaly,
                answer.alert > 0,
                answer.anomalyScore,
                answer.direction,
                answer.channel,
                options.mergeGap());
        pending.realise(y);
        memory.leads.realise(memory.history, y);
        // What is learnt goes by the options alone: a rule says what is told, and so it does with and without weights.
        boolean odd = memory.surprise.count() >= options.warmUpSteps() && memory.evidence.logP / logRate >= 1;
        boolean outside = y < pending.yhat - usualEdge || y > pending.yhat + usualEdge;
        return switch (memory.newLevel.observe(odd, outside, y - pending.yhat, options.persistence())) {
            case THE_VALUE -> y;
            case WHAT_WAS_EXPECTED -> pending.yhat;
            case A_NEW_LEVEL -> {
                memory.moveBy(memory.newLevel.distance());
                if (memory.incident.isOpen()) {
                    answer.change = memory.incident.accept();
                }
                yield y;
            }
        };
    }

    /** All channels, and what they say together. */
    private void weigh(Memory memory, double error, double y, int readings) {
        History history = memory.history;
        double scale = memory.pending.scale;
        double seasonal = (y - memory.pending.seasonalNaive) / scale;
        int season = history.seasons.season();
        memory.surprise.judge(error, y == history.last(), decades);
        memory.novelty.judge(y, scale, seasonal, season, decades);
        decades[Channel.BURST.ordinal()] = memory.burst.judge(readings);
        memory.verdicts.weigh(decades);
        boolean habit = memory.evidence.judge(decades, season);
        memory.novelty.learn(y, habit);
    }

    /**
     * The quantiles of all horizons. The median is that of the base forecast, moved towards the network's as far as that is trusted; the
     * others lie around it as those of an AR(1) process and of the network do, averaged level by level (Vincent 1912), then widened to the
     * coverage they promise.
     */
    private void forecast(
            Memory memory, @Nullable WeightsVersion version, double[] base, float[] deviations, Answer answer) {
        History history = memory.history;
        Pending pending = memory.pending;
        double scale = history.scale();
        int steps = answer.steps;
        history.seasonalNaive(answer.seasonalNaive, steps);
        Arrays.fill(shares, 0);
        if (version != null) {
            memory.networkTrust.shares(history, shares);
        }
        pending.widths(widths);
        double phi2 = history.persistence() * history.persistence();
        double variance = 0;
        double grown = 1;
        // The mean absolute error of a normal distribution is 0.8 of its deviation.
        double deviation = Math.max(memory.surprise.meanError(), 0.05) / 0.8;
        int known = version == null
                ? 0
                : Math.min(steps, version.weights().architecture().horizon());
        double spreadShare = known > 0 ? NETWORK_SPREAD : 0;
        int lead = -1;
        for (int h = 0; h < steps; h++) {
            if (h > 0) {
                lead = widen(memory.leads, h + 1, lead);
            }
            boolean isKnown =
                    h < known; // beyond, the median is the experts', the spread that of the last step that the network
            // knows
            double share = isKnown ? shares[Experts.bucket(h + 1)] : 0;
            variance += grown;
            grown *= phi2;
            double spread = (1 - spreadShare) * deviation * Math.sqrt(variance);
            int first = Math.min(h, known - 1) * Quantiles.COUNT;
            double median = known > 0 ? deviations[first + Quantiles.MEDIAN] : 0;
            double centre = base[h] + scale * share * median;
            network[h] = isKnown ? base[h] + scale * median : Double.NaN;
            double[] row = answer.forecast[h];
            for (int q = 0; q < Quantiles.COUNT; q++) {
                double fromNetwork = known > 0 ? spreadShare * (deviations[first + q] - median) : 0;
                row[q] = centre + scale * widths[q] * (Quantiles.NORMAL[q] * spread + fromNetwork);
            }
            order(row);
        }
        for (int e = 0; e < answer.weights.length; e++) {
            answer.weights[e] *= 1 - shares[0];
        }
        answer.weights[answer.weights.length - 1] = shares[0];
        memory.leads.covered(history.steps(), answer.leadCoverage95);
        if (version != null) {
            memory.networkTrust.remember(history, known, base, deviations);
        }
        memory.leads.issue(history, answer.forecast, steps);
        remember(memory, scale, answer);
    }

    /** Beyond the first horizon step the widths are those of the nearest lead time, once its index is another than before. */
    private int widen(Leads leads, int horizonStep, int before) {
        int lead = Leads.nearest(horizonStep, options.horizon());
        if (lead >= 0 && lead != before) {
            Arrays.fill(widths, leads.width(lead));
        }
        return lead;
    }

    /** Outer quantiles give way where they cross, the median stays. */
    private static void order(double[] row) {
        for (int q = Quantiles.MEDIAN - 1; q >= 0; q--) {
            if (row[q] > row[q + 1]) {
                row[q] = row[q + 1];
            }
        }
        for (int q = Quantiles.MEDIAN + 1; q < row.length; q++) {
            if (row[q] < row[q - 1]) {
                row[q] = row[q - 1];
            }
        }
    }

    private static void remember(Memory memory, double scale, Answer answer) {
        Pending pending = memory.pending;
        pending.known = memory.history.observed() >= SETTLED;
        pending.issue(answer.forecast[0], scale, answer.seasonalNaive[0]);
        answer.realisedError = pending.meanError();
        answer.realisedSkill = pending.skill();
        answer.realisedCoverage80 = pending.covered80();
        answer.realisedCoverage95 = pending.covered95();
    }
}
