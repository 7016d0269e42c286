package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final WaitingForecasts waiting;
    private final double[] quantiles = new double[Quantiles.COUNT];
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
        waiting = new WaitingForecasts(horizon);
    }

    /** The forecasts that the next step is judged by. */
    public WaitingForecasts waiting() {
        return waiting;
    }

    /** Takes the answer for the next step: its value is the actual of earlier forecasts, its forecast waits for later ones. */
    public void add(Answer answer) {
        add(answer, null);
    }

    /**
     * The same with another forecast to compare with.
     *
     * @param autoregression [horizon]; where it is NaN the last value stands in for it
     */
    public void add(Answer answer, double @Nullable [] autoregression) {
        isRegressed |= autoregression != null;
        for (int h = 1; h <= horizon && !Double.isNaN(answer.y); h++) {
            judge(answer.y, h);
        }
        waiting.add(answer, autoregression);
    }

    /** Takes steps that never came. */
    public void skip(long missing) {
        waiting.skip(missing);
    }

    private void judge(double y, int h) {
        double last = waiting.last(h);
        if (Double.isNaN(last)) {
            return;
        }
        waiting.quantiles(h, quantiles);
        count++;
        sumAbs += Math.abs(y);
        for (int i = 0; i < Quantiles.COUNT; i++) {
            double error = y - quantiles[i];
            sumPinball += Math.max(Quantiles.level(i) * error, (Quantiles.level(i) - 1) * error) / Quantiles.COUNT;
        }
        in80 += quantiles[Quantiles.LOWER_80] <= y && y <= quantiles[Quantiles.UPPER_80] ? 1 : 0;
        in95 += quantiles[Quantiles.LOWER_95] <= y && y <= quantiles[Quantiles.UPPER_95] ? 1 : 0;
        add(EDDY, y, quantiles[Quantiles.MEDIAN]);
        add(SEASONAL_NAIVE, y, waiting.seasonal(h));
        add(NAIVE, y, last);
        add(AUTOREGRESSION, y, Double.isNaN(waiting.other(h)) ? last : waiting.other(h));
        if (h == 1) {
            oneStepSeasonal += Math.abs(y - waiting.seasonal(h));
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
