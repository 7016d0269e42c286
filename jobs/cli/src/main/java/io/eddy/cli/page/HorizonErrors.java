package io.eddy.cli.page;

import io.eddy.model.WaitingForecasts;
import io.eddy.model.network.Quantiles;
import java.util.Collection;

/**
 * How far off the forecasts of one series were, horizon step by horizon step, beside two baselines judged on the same actuals: the last
 * value before the forecast, and the value one season before the target.
 */
public final class HorizonErrors {
    private static final int EDDY = 0;
    private static final int LAST_VALUE = 1;
    private static final int SEASONAL = 2;
    /** The seasonal baseline is shown where it existed for this share of the actuals. */
    private static final double MOST = 0.9;

    /**
     * The mean over series with equal weight; each series' errors are divided by its own one-step error of a baseline, so that units
     * cancel. NaN where there is nothing.
     *
     * @param eddy [horizon] scaled mean absolute error of the median
     * @param lastValue [horizon] the same of the last value
     * @param seasonal [horizon] the same of the value one season before
     * @param coverage80 [horizon] share of actuals within the 80 % interval, over all series together
     * @param coverage95 [horizon] the same for 95 %
     * @param series with at least one error
     * @param pairs of forecast and actual
     */
    public record Summary(
            double[] eddy,
            double[] lastValue,
            double[] seasonal,
            double[] coverage80,
            double[] coverage95,
            int series,
            long pairs) {}

    private final int horizon;
    private final long forgetAt;
    /** [who][horizon] */
    private final double[][] absolute;

    private final double[] count;
    private final double[] seasonalCount;
    private final double[] within80;
    private final double[] within95;
    private final double[] quantiles = new double[Quantiles.COUNT];
    private double scaleSum;
    private double scaleCount;
    private long pairs;

    /** @param forgetAt pairs of a horizon step at which the weight of the old ones is halved */
    public HorizonErrors(int horizon, long forgetAt) {
        this.horizon = horizon;
        this.forgetAt = forgetAt;
        absolute = new double[3][horizon];
        count = new double[horizon];
        seasonalCount = new double[horizon];
        within80 = new double[horizon];
        within95 = new double[horizon];
    }

    /** Takes the one-step error of the baseline that scales this series; NaN is passed over. */
    public void scale(double error) {
        if (Double.isFinite(error)) {
            scaleSum += Math.abs(error);
            scaleCount++;
        }
    }

    /** Takes the actual of a step with all forecasts that were made of it, every step in turn. */
    public void judge(double y, WaitingForecasts waiting) {
        for (int h = 1; h <= horizon; h++) {
            waiting.quantiles(h, quantiles);
            judge(h - 1, y, quantiles, waiting.last(h), waiting.seasonal(h));
        }
        if (!Double.isNaN(waiting.last(1))) {
            scale(y - waiting.seasonal(1));
        }
    }

    /**
     * Takes one actual.
     *
     * @param h horizon step, from 0
     * @param quantiles the levels 0.025, 0.1, 0.5, 0.9, 0.975
     * @param last value before the forecast; a pair without it is passed over, like one without an actual
     * @param seasonal value one season before the target; NaN: there is none
     */
    public void judge(int h, double y, double[] quantiles, double last, double seasonal) {
        if (!Double.isFinite(y) || !Double.isFinite(last) || !Double.isFinite(quantiles[2])) {
            return;
        }
        if (count[h] >= forgetAt) {
            forget(h);
        }
        pairs++;
        count[h]++;
        absolute[EDDY][h] += Math.abs(y - quantiles[2]);
        absolute[LAST_VALUE][h] += Math.abs(y - last);
        within80[h] += quantiles[1] <= y && y <= quantiles[3] ? 1 : 0;
        within95[h] += quantiles[0] <= y && y <= quantiles[4] ? 1 : 0;
        if (Double.isFinite(seasonal)) {
            seasonalCount[h]++;
            absolute[SEASONAL][h] += Math.abs(y - seasonal);
        }
    }

    private void forget(int h) {
        for (double[] sums : absolute) {
            sums[h] /= 2;
        }
        count[h] /= 2;
        seasonalCount[h] /= 2;
        within80[h] /= 2;
        within95[h] /= 2;
    }

    private double scaled(int who, int h) {
        double n = who == SEASONAL ? seasonalCount[h] : count[h];
        boolean enough = n > 0 && n >= MOST * count[h];
        return enough && scaleSum > 0 ? absolute[who][h] / n / (scaleSum / scaleCount) : Double.NaN;
    }

    /** The mean over these series, all of the same horizon. */
    public static Summary summarise(Collection<HorizonErrors> all, int horizon) {
        double[][] errors = new double[3][horizon];
        double[] coverage80 = new double[horizon];
        double[] coverage95 = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            double[] n = new double[3];
            double counted = 0;
            for (HorizonErrors one : all) {
                for (int who = 0; who < 3; who++) {
                    double error = one.scaled(who, h);
                    if (Double.isFinite(error)) {
                        errors[who][h] += error;
                        n[who]++;
                    }
                }
                counted += one.count[h];
                coverage80[h] += one.within80[h];
                coverage95[h] += one.within95[h];
            }
            for (int who = 0; who < 3; who++) {
                errors[who][h] = n[who] > 0 && n[who] >= MOST * n[EDDY] ? errors[who][h] / n[who] : Double.NaN;
            }
            coverage80[h] = counted > 0 ? coverage80[h] / counted : Double.NaN;
            coverage95[h] = counted > 0 ? coverage95[h] / counted : Double.NaN;
        }
        long pairs = all.stream().mapToLong(one -> one.pairs).sum();
        int series = (int) all.stream()
                .filter(one -> one.horizon > 0 && Double.isFinite(one.scaled(EDDY, 0)))
                .count();
        return new Summary(errors[EDDY], errors[LAST_VALUE], errors[SEASONAL], coverage80, coverage95, series, pairs);
    }
}
