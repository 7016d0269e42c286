package io.eddy.model;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import org.jspecify.annotations.Nullable;

/**
 * A network that runs beside the one in use on a share of the series: it takes the same inputs into a state of its own, and the forecasts of both
 * are held against what comes. Nothing that is told of a series depends on it.
 *
 * <p>The error of a series is the mean absolute error of the network's median, in scales of the series, over its last forecasts: of the four
 * leads by which {@link NetworkTrust} judges, their mean. Not safe for several threads.
 */
public final class Shadow {
    /** 2^32 over the golden ratio: spreads hash codes, those of names that differ in a number too. */
    private static final int SPREAD = 0x9e3779b9;

    private static final double CODES = 1L << 32;

    /**
     * What has changed; the sum over all series and all times is how things are.
     *
     * @param sinceMillis of the shadow
     * @param series that have an error
     * @param steps that were taken by both networks
     * @param error sum over the series of the shadow's error
     * @param championError the same of the network in use
     */
    public record Sums(long sinceMillis, long series, long steps, double error, double championError) {
        /** Both, of one shadow. */
        public Sums plus(Sums other) {
            return new Sums(
                    sinceMillis,
                    series + other.series,
                    steps + other.steps,
                    error + other.error,
                    championError + other.championError);
        }
    }

    private final Forecaster.Options options;
    private final WeightsVersion version;
    private final double share;
    private final long sinceMillis;
    /** [state rows][hidden]. */
    private final float[][] h;

    private final float[][] c;
    /** [4 * hidden]. */
    private final float[] z;
    /** [inputs] of a step before the newest. */
    private final float[] past;
    /** [horizon * quantiles] and [quantiles]. */
    private final float[] allDeviations;

    private final float[] nextDeviations = new float[Quantiles.COUNT];
    /** [horizon]: medians of the network in use. */
    private final double[] champion;

    private long newSeries;
    private long newSteps;
    private double moreError;
    private double moreChampionError;

    /**
     * @param version of weights that fit ({@link Forecaster#misfit})
     * @param share of the series, above 0 and at most 1
     * @param sinceMillis tells this run from others, of the same weights too
     */
    public Shadow(Forecaster.Options options, WeightsVersion version, double share, long sinceMillis) {
        Expected.that(share > 0 && share <= 1, "share", "above 0, at most 1", share);
        this.options = options;
        this.version = version;
        this.share = share;
        this.sinceMillis = sinceMillis;
        Architecture a = version.weights().architecture();
        h = new float[a.stateRows()][a.hidden()];
        c = new float[a.stateRows()][a.hidden()];
        z = new float[4 * a.hidden()];
        past = new float[options.inputs().count()];
        allDeviations = new float[a.outputs()];
        champion = new double[a.horizon()];
    }

    public WeightsVersion version() {
        return version;
    }

    public long sinceMillis() {
        return sinceMillis;
    }

    /** Whether a series is in the share: by its name alone, so that it is the same wherever it is asked. */
    public boolean takes(String series) {
        return Integer.toUnsignedLong(series.hashCode() * SPREAD) < share * CODES;
    }

    /**
     * Takes the newest step of a series, after the network in use has forecast.
     *
     * @param memory of a series that follows this ({@link Memory#follow})
     * @param own of the series
     * @param draft of the step, with the base forecast of these steps
     * @param inUse [steps * quantiles or more], deviations of the network in use, in scales
     * @param steps ahead that the network in use forecast
     */
    void step(Memory memory, ShadowMemory own, Draft draft, float[] inUse, int steps) {
        int known = Math.min(steps, version.weights().architecture().horizon());
        History history = memory.history;
        judge(own.errors, history);
        boolean anew = own.network.fit(version, NewWeights.REWARM);
        if (anew || own.steps + 1 != history.steps()) {
            long spacing = options.stepMillis() > 0 ? options.stepMillis() : history.seasons.spacingMillis();
            Rewarming.replay(
                    history, 1, version.weights(), memory.lastMillis(), spacing, options.inputs(), past, h, c, z);
        } else {
            own.network.load(h, c);
        }
        version.weights().step(draft.x, h, c, z); // its covariates are known
        own.network.store(h, c);
        own.steps = history.steps();
        float[] deviations = known == 1 ? nextDeviations : allDeviations;
        version.weights().head(h, c, deviations);
        for (int k = 0; k < known; k++) {
            int median = k * Quantiles.COUNT + Quantiles.MEDIAN;
            champion[k] = draft.base[k] + history.scale() * inUse[median];
            deviations[median] -= inUse[median];
        }
        own.errors.remember(history, known, champion, deviations);
    }

    private void judge(NetworkTrust errors, History history) {
        double before = errors.networkLoss();
        double championBefore = errors.baseLoss();
        errors.judge(history);
        double after = errors.networkLoss();
        if (Double.isNaN(after)) {
            return;
        }
        boolean first = Double.isNaN(before);
        newSeries += first ? 1 : 0;
        newSteps++;
        moreError += after - (first ? 0 : before);
        moreChampionError += errors.baseLoss() - (first ? 0 : championBefore);
    }

    /** What has changed since this was asked last; null where nothing has. */
    public @Nullable Sums drain() {
        if (newSteps == 0) {
            return null;
        }
        Sums sums = new Sums(sinceMillis, newSeries, newSteps, moreError, moreChampionError);
        newSeries = 0;
        newSteps = 0;
        moreError = 0;
        moreChampionError = 0;
        return sums;
    }
}
