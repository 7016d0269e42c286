package io.eddy.model;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One step of one series, from the value to score and forecast. It sees the past only.
 *
 * <p>Not safe for several threads: it holds scratch arrays. All that lasts is in the {@link Memory} of the series.
 */
public final class Forecaster {
    /** Gaps longer than this many steps are not walked through; the hidden state has faded by then. */
    private static final int LONGEST_GAP = 48;
    /** Values until the scale of a series is known well enough for its errors to mean something. */
    private static final int SETTLED = 8;
    /** After this many anomalous points in a row the new behaviour is learnt; until then the history holds what was expected instead. */
    private static final int PERSISTENCE = 3;

    /**
     * What a forecaster needs to know.
     *
     * @param horizon steps ahead, 1 to 1024
     * @param season in steps; 0: found from the values, among an hour, a day and a week
     * @param stepMillis length of a step; 0: every reading is a step, however far from the last
     * @param falseAlarmRate share of normal points whose score reaches 1, above 0 and below 0.02
     * @param warmUpSteps values before a series is judged, at least 10
     * @param mergeGap normal points that end an event, at least 1
     */
    public record Options(
            int horizon, int season, long stepMillis, double falseAlarmRate, int warmUpSteps, int mergeGap)
            implements Serializable {
        public Options {
            require(horizon >= 1 && horizon <= 1024, "horizon", "1 to 1024 steps", horizon);
            require(season >= 0 && season < History.CAPACITY, "season", "0 to " + (History.CAPACITY - 1), season);
            require(stepMillis >= 0, "stepMillis", "0 or more", stepMillis);
            require(falseAlarmRate > 0 && falseAlarmRate < 0.02, "falseAlarmRate", "0 to 0.02", falseAlarmRate);
            require(warmUpSteps >= 10, "warmUpSteps", "10 or more", warmUpSteps);
            require(mergeGap >= 1, "mergeGap", "1 or more", mergeGap);
        }

        private static void require(boolean good, String name, String rule, Object found) {
            if (!good) {
                throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
            }
        }
    }

    private final Options options;
    /** [horizon]. */
    private final double[] base;
    /** [{@link #inputs}]. */
    private final float[] x = new float[History.INPUTS];
    /** [4 * hidden] and [horizon * quantiles]; sized when weights are met. */
    private float[] z = {};

    private float[] allDeviations = {};
    /** [quantiles]: those of the next step only. */
    private final float[] nextDeviations = new float[Quantiles.COUNT];
    /** [channels]. */
    private final double[] decades = new double[Channel.values().length];
    /** [quantiles]. */
    private final double[] widths = new double[Quantiles.COUNT];

    public Forecaster(Options options) {
        this.options = options;
        base = new double[options.horizon()];
    }

    /** How many numbers a network gets per step. */
    public static int inputs() {
        return History.INPUTS;
    }

    /**
     * Says why weights cannot be used here.
     *
     * @return null if they can
     */
    public @Nullable String misfit(Weights weights) {
        Architecture a = weights.architecture();
        if (a.inputs() != inputs()) {
            return "inputs: expected " + inputs() + ", found " + a.inputs();
        }
        if (a.quantiles() != Quantiles.COUNT) {
            return "quantiles: expected " + Quantiles.COUNT + ", found " + a.quantiles();
        }
        if (a.horizon() < options.horizon()) {
            return "horizon: expected at least " + options.horizon() + ", found " + a.horizon()
                    + "; retrain or set forecast.horizon=" + a.horizon();
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
        step(memory, version, timeMillis, y, true, answer);
    }

    /**
     * The same where the forecast of the whole horizon may not be wanted, only that of the next step, by which its value will be judged.
     *
     * @param whole whether the whole horizon is forecast; it is, too, when the value is anomalous
     */
    public void step(
            Memory memory, @Nullable WeightsVersion version, long timeMillis, double y, boolean whole, Answer answer) {
        memory.history.seasons.fix(options.season());
        walkGap(memory, version, timeMillis);
        double learnt = judge(memory, version, timeMillis, y, answer);
        memory.lastMillis = timeMillis;
        int season = memory.history.seasons.season();
        memory.history.observe(learnt, timeMillis);
        if (memory.history.seasons.season() != season) {
            memory.surprise.loosen();
        }
        advance(memory, version, timeMillis);
        answer.steps = whole || answer.isAnomaly ? answer.forecast.length : 1;
        forecast(memory, version, answer);
        answer.samplesSeen = memory.history.observed();
        answer.stepMillis = options.stepMillis() > 0 ? options.stepMillis() : memory.history.seasons.spacingMillis();
        answer.version = version == null ? 0 : version.version();
        answer.memoryVersion = memory.startedByVersion;
    }

    /** Steps that never came are steps without a value. */
    private void walkGap(Memory memory, @Nullable WeightsVersion version, long timeMillis) {
        long step = options.stepMillis();
        if (step == 0 || memory.lastMillis == Long.MIN_VALUE) {
            return;
        }
        long missing = Math.min(LONGEST_GAP, (timeMillis - memory.lastMillis) / step - 1);
        for (long k = missing; k > 0; k--) {
            long at = timeMillis - k * step;
            memory.history.observe(Double.NaN, at);
            advance(memory, version, at);
            memory.pending.known = false;
        }
        if (missing == LONGEST_GAP) {
            memory.leads.forget();
        }
    }

    /** Fills the score; the result is the value as the history may learn it. */
    private double judge(Memory memory, @Nullable WeightsVersion version, long timeMillis, double y, Answer answer) {
        Pending pending = memory.pending;
        answer.y = y;
        answer.scored = pending.known && !Double.isNaN(y);
        answer.yhat = pending.known ? pending.yhat : Double.NaN;
        answer.yhatLower = Double.NaN;
        answer.yhatUpper = Double.NaN;
        answer.anomalyScore = 0;
        answer.pValue = 1;
        answer.alert = 0;
        answer.direction = 0;
        answer.isAnomaly = false;
        answer.change = Incident.Change.NONE;
        answer.warmingUp = version == null
                ? "no weights yet"
                : memory.surprise.count() < options.warmUpSteps()
                        ? memory.surprise.count() + " of " + options.warmUpSteps() + " steps"
                        : null;
        if (!answer.scored) {
            return y;
        }
        double error = (y - pending.yhat) / pending.scale;
        double edge = memory.surprise.edge(options.falseAlarmRate()) * pending.scale;
        weigh(memory, error, y);
        answer.yhatLower = pending.yhat - edge;
        answer.yhatUpper = pending.yhat + edge;
        answer.anomalyScore = memory.evidence.logP / Math.log(options.falseAlarmRate());
        answer.pValue = Math.exp(memory.evidence.logP);
        answer.alert = memory.evidence.alert / -Math.log10(options.falseAlarmRate());
        answer.channel = memory.evidence.channel;
        answer.direction = answer.anomalyScore < 1 ? 0 : (int) Math.signum(error);
        answer.isAnomaly = answer.warmingUp == null && answer.anomalyScore >= 1;
        answer.change = memory.incident.observe(
                timeMillis,
                answer.isAnomaly,
                answer.alert > 0,
                answer.anomalyScore,
                answer.direction,
                answer.channel,
                options.mergeGap());
        pending.realise(y);
        memory.leads.realise(memory.history.steps() + 1, y);
        boolean outside = y < answer.yhatLower || y > answer.yhatUpper;
        return answer.isAnomaly && outside && memory.incident.run() <= PERSISTENCE ? pending.yhat : y;
    }

    /** All channels, and what they say together. */
    private void weigh(Memory memory, double error, double y) {
        History history = memory.history;
        double scale = memory.pending.scale;
        double seasonal = (y - history.seasonalNaive(1)) / scale;
        int season = history.seasons.season();
        memory.surprise.judge(error, y == history.last(), decades);
        memory.novelty.judge(y, scale, seasonal, season, decades);
        boolean habit = memory.evidence.judge(decades, season);
        memory.novelty.learn(y, habit);
    }

    /** One step of the network. */
    private void advance(Memory memory, @Nullable WeightsVersion version, long timeMillis) {
        if (version == null) {
            return;
        }
        Architecture a = version.weights().architecture();
        if (z.length != 4 * a.hidden() || allDeviations.length != a.outputs()) {
            z = new float[4 * a.hidden()];
            allDeviations = new float[a.outputs()];
        }
        memory.fit(version);
        memory.history.inputs(timeMillis, x);
        version.weights().step(x, memory.h, memory.c, z);
    }

    /**
     * The quantiles of all horizons: those of the base forecast, spread as an AR(1) process would, and those of the network, averaged
     * level by level by the trust that each has earned (Vincent 1912), then widened to the coverage they promise.
     */
    private void forecast(Memory memory, @Nullable WeightsVersion version, Answer answer) {
        History history = memory.history;
        Pending pending = memory.pending;
        double scale = history.scale();
        int steps = answer.steps;
        history.base(base, steps);
        double share = 0;
        float[] deviations = steps == 1 ? nextDeviations : allDeviations;
        if (version != null) {
            version.weights().head(memory.h[memory.h.length - 1], deviations);
            share = pending.networkShare();
        }
        pending.widths(widths);
        double phi2 = history.persistence() * history.persistence();
        double variance = 0;
        double grown = 1;
        // The mean absolute error of a normal distribution is 0.8 of its deviation.
        double deviation = Math.max(memory.surprise.meanError(), 0.05) / 0.8;
        int lead = -1;
        for (int h = 0; h < steps; h++) {
            if (h > 0) {
                lead = widen(memory.leads, h + 1, lead);
            }
            answer.seasonalNaive[h] = history.seasonalNaive(h + 1);
            variance += grown;
            grown *= phi2;
            double spread = (1 - share) * deviation * Math.sqrt(variance);
            int first = h * Quantiles.COUNT;
            double median = share == 0 ? 0 : deviations[first + Quantiles.MEDIAN];
            double centre = base[h] + scale * share * median;
            double[] row = answer.forecast[h];
            for (int q = 0; q < Quantiles.COUNT; q++) {
                double network = share == 0 ? 0 : share * (deviations[first + q] - median);
                row[q] = centre + scale * widths[q] * (Quantiles.NORMAL[q] * spread + network);
            }
            order(row);
        }
        memory.leads.issue(history.steps(), answer.forecast, steps);
        remember(memory, version, scale, deviations, answer);
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

    private void remember(
            Memory memory, @Nullable WeightsVersion version, double scale, float[] deviations, Answer answer) {
        Pending pending = memory.pending;
        pending.known = memory.history.observed() >= SETTLED;
        pending.scale = scale;
        pending.yhat = answer.forecast[0][Quantiles.MEDIAN];
        pending.base = base[0];
        pending.network = version == null ? Double.NaN : base[0] + scale * deviations[Quantiles.MEDIAN];
        pending.seasonalNaive = answer.seasonalNaive[0];
        System.arraycopy(answer.forecast[0], 0, pending.quantiles, 0, Quantiles.COUNT);
        answer.realisedError = pending.meanError();
        answer.realisedSkill = pending.skill();
        answer.realisedCoverage80 = pending.covered80();
        answer.realisedCoverage95 = pending.covered95();
    }
}
