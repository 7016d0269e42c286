package io.eddy.cli.page;

import io.eddy.model.Answer;
import io.eddy.model.Quantiles;

/** Errors by horizon of one series of a backtest, where every step is seen: forecasts wait in a ring until their targets have come. */
public final class HorizonRing {
    private final int horizon;
    private final HorizonErrors errors;
    /** [horizon][horizon][levels] */
    private final double[][][] quantiles;

    private final double[][] seasonal;
    private final double[] last;
    private long step;

    public HorizonRing(int horizon) {
        this.horizon = horizon;
        errors = new HorizonErrors(horizon, Long.MAX_VALUE);
        quantiles = new double[horizon][horizon][Quantiles.COUNT];
        seasonal = new double[horizon][horizon];
        last = new double[horizon];
    }

    /** Takes the answer for the next step: its value is the actual of earlier forecasts. */
    public void add(Answer answer) {
        for (int h = 1; h <= horizon && h <= step; h++) {
            int slot = (int) ((step - h) % horizon);
            errors.judge(h - 1, answer.y, quantiles[slot][h - 1], last[slot], seasonal[slot][h - 1]);
            if (h == 1 && !Double.isNaN(last[slot])) {
                errors.scale(answer.y - seasonal[slot][0]);
            }
        }
        int slot = (int) (step % horizon);
        last[slot] = answer.isIssued() ? answer.y : Double.NaN;
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

    public HorizonErrors errors() {
        return errors;
    }
}
