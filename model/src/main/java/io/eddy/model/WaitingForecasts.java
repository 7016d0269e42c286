package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The forecasts of one series that wait for their actuals, issued over the last horizon steps. */
public final class WaitingForecasts {
    private static final int SEASONAL = Quantiles.COUNT;
    private static final int OTHER = SEASONAL + 1;
    private static final int WIDTH = OTHER + 1;

    private final int horizon;
    /** [horizon][horizon][WIDTH], a ring over the steps at which they were issued */
    private final double[] values;
    /** [horizon]; NaN where no forecast was issued */
    private final double[] last;

    private long step;

    public WaitingForecasts(int horizon) {
        this.horizon = horizon;
        values = new double[horizon * horizon * WIDTH];
        last = new double[horizon];
        Arrays.fill(last, Double.NaN);
    }

    /**
     * Takes the forecast of the next step.
     *
     * @param other [horizon] a forecast to compare with; null: none
     */
    public void add(Answer answer, double @Nullable [] other) {
        int slot = (int) (step++ % horizon);
        last[slot] = answer.isIssued() ? answer.y : Double.NaN;
        for (int h = 1; h <= horizon; h++) {
            int from = place(slot, h);
            System.arraycopy(answer.forecast, Quantiles.place(h, 0), values, from, Quantiles.COUNT);
            values[from + SEASONAL] = answer.seasonalNaive[h - 1];
            values[from + OTHER] = other == null ? Double.NaN : other[h - 1];
        }
    }

    /** Takes steps that never came. */
    public void skip(long missing) {
        for (long k = 0; k < Math.min(missing, horizon); k++) {
            last[(int) (step++ % horizon)] = Double.NaN;
        }
    }

    /** The value after which the next step was forecast h steps ahead; NaN where it was not. */
    public double last(int h) {
        return last[slot(h)];
    }

    /**
     * What the next step was forecast to be, h steps ahead.
     *
     * @param h from 1 to the horizon
     * @param quantiles [levels of {@link Quantiles}] is written
     */
    public void quantiles(int h, double[] quantiles) {
        System.arraycopy(values, place(slot(h), h), quantiles, 0, Quantiles.COUNT);
    }

    /** The same by the value one season before; NaN: there was none. */
    public double seasonal(int h) {
        return values[place(slot(h), h) + SEASONAL];
    }

    /** The same by the forecast to compare with; NaN: there was none. */
    public double other(int h) {
        return values[place(slot(h), h) + OTHER];
    }

    private int slot(int h) {
        return (int) Math.floorMod(step - h, (long) horizon);
    }

    private int place(int slot, int h) {
        return (slot * horizon + h - 1) * WIDTH;
    }
}
