package io.eddy.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the forecasts of one series were, over all horizons, beside those of the naive (last value) and the seasonal-naive forecast
 * and, where it is given, of an autoregression.
 *
 * <p>MASE (Hyndman and Koehler 2006) is scaled by the one-step error of the seasonal-naive forecast over the same steps; sMAPE is in percent,
 * 0 to 200; the weighted quantile loss is 2 x pinball loss / sum |y|, averaged over the levels of {@link Quantiles}.
 */
public final class Accuracy {
    private static final int EDDY = 0;
    private static final int SEASONAL_NAIVE = 1;
    private static final int NAIVE = 2;
    private static final int AUTOREGRESSION = 3;
    private static final String[] NAMES = {"eddy", "seasonal_naive", "naive", "autoregression"};

    private final int horizon;
    /** Rings over the last horizon steps. */
    private final double[][][] quantiles;

    private final double[][] seasonal;
    /** NaN where it has nothing to say. */
    private final double[][] regressed;

    /** NaN where no forecast was issued. */
    private final double[] last;

    private long step;

    private boolean isRegressed;

    private long count;
    private double sumAbs;
    private double sumPinball;
    private long in80;
    private long in95;
    private final double[] absError = new double[NAMES.length];
    private final double[] smape = new double[NAMES.length];
    private double oneStepSeasonal;
    private long oneStepCount;

    public Accuracy(int horizon) {
        this.horizon = horizon;
        quantiles = new double[horizon][horizon][Quantiles.COUNT];
        seasonal = new double[horizon][horizon];
        regressed = new double[horizon][horizon];
        last = new double[horizon];
    }

    /** Takes the answer for the next step: its value is the actual of earlier forecasts, its forecast waits for later ones. */
    public void add(Answer answer) {
        take(answer);
        Arrays.fill(regressed[(int) ((step - 1) % horizon)], Double.NaN);
    }

    /**
     * The same with another forecast to compare with.
     *
     * @param autoregression [horizon]; where it is NaN the last value stands in for it
     */
    public void add(Answer answer, double[] autoregression) {
        isRegressed = true;
        take(answer);
        System.arraycopy(autoregression, 0, regressed[(int) ((step - 1) % horizon)], 0, horizon);
    }

    private void take(Answer answer) {
        double y = answer.y;
        if (!Double.isNaN(y)) {
            for (int h = 1; h <= horizon && h <= step; h++) {
                judge(y, (int) ((step - h) % horizon), h - 1);
            }
        }
        int slot = (int) (step % horizon);
        last[slot] = answer.isIssued() ? y : Double.NaN;
        System.arraycopy(answer.seasonalNaive, 0, seasonal[slot], 0, horizon);
        for (int h = 0; h < horizon; h++) {
            System.arraycopy(answer.forecast[h], 0, quantiles[slot][h], 0, Quantiles.COUNT);
        }
        step++;
    }

    /** Takes steps that never came. */
    public void skip(long missing) {
        for (long k = 0; k < Math.min(missing, horizon); k++) {
            last[(int) (step % horizon)] = Double.NaN;
            step++;
        }
    }

    private void judge(double y, int slot, int h) {
        if (Double.isNaN(last[slot])) {
            return;
        }
        double[] q = quantiles[slot][h];
        count++;
        sumAbs += Math.abs(y);
        for (int i = 0; i < Quantiles.COUNT; i++) {
            double level = Quantiles.level(i);
            sumPinball += Math.max(level * (y - q[i]), (level - 1) * (y - q[i])) / Quantiles.COUNT;
        }
        in80 += q[Quantiles.LOWER_80] <= y && y <= q[Quantiles.UPPER_80] ? 1 : 0;
        in95 += q[Quantiles.LOWER_95] <= y && y <= q[Quantiles.UPPER_95] ? 1 : 0;
        add(EDDY, y, q[Quantiles.MEDIAN]);
        add(SEASONAL_NAIVE, y, seasonal[slot][h]);
        add(NAIVE, y, last[slot]);
        add(AUTOREGRESSION, y, Double.isNaN(regressed[slot][h]) ? last[slot] : regressed[slot][h]);
        if (h == 0) {
            oneStepSeasonal += Math.abs(y - seasonal[slot][0]);
            oneStepCount++;
        }
    }

    private void add(int who, double y, double forecast) {
        double error = Math.abs(y - forecast);
        double size = Math.abs(y) + Math.abs(forecast);
        absError[who] += error;
        smape[who] += size == 0 ? 0 : 200 * error / size;
    }

    /** Pairs of forecast and actual that were judged. */
    public long count() {
        return count;
    }

    /** The metrics by name; without forecasts that met an actual, only their count. Undefined ones are left out. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("pairs", (double) count);
        double scale = oneStepCount == 0 ? 0 : oneStepSeasonal / oneStepCount;
        for (int who = 0; who < (isRegressed ? NAMES.length : AUTOREGRESSION); who++) {
            put(metrics, "mae", who, absError[who] / count);
            put(metrics, "mase", who, absError[who] / count / scale);
            put(metrics, "smape", who, smape[who] / count);
        }
        put(metrics, "wql", EDDY, 2 * sumPinball / sumAbs);
        put(metrics, "wql", SEASONAL_NAIVE, absError[SEASONAL_NAIVE] / sumAbs);
        put(metrics, "wql", NAIVE, absError[NAIVE] / sumAbs);
        if (isRegressed) {
            put(metrics, "wql", AUTOREGRESSION, absError[AUTOREGRESSION] / sumAbs);
        }
        put(metrics, "coverage_80", EDDY, (double) in80 / count);
        put(metrics, "coverage_95", EDDY, (double) in95 / count);
        return metrics;
    }

    private static void put(Map<String, Double> metrics, String name, int who, double value) {
        if (Double.isFinite(value)) {
            metrics.put(who == EDDY ? name : name + "_" + NAMES[who], value);
        }
    }
}
