package io.eddy.model;

import org.jspecify.annotations.Nullable;

/** A step of one series: what came, and what the parts of the step hand on to each other, its network and its {@link Fan}; used again and again. */
final class Draft {
    /** [inputs]: what enters the network. */
    final float[] x;
    /** [horizon]: the mixture of the experts, in the unit of the values, as far as the answer is to have steps. */
    final double[] base;
    /** [horizon]: how far apart the experts are, likewise. */
    final double[] apart;
    /** Event time of the step. */
    long timeMillis;
    /** The value, the mean of {@link #readings}; NaN where it is missing. */
    double y;

    int readings;
    /** Whether the whole horizon is forecast; it is, too, when the value is anomalous, held back or not. */
    boolean whole;
    /** Which anomalous values are alarms; null: all. */
    @Nullable
    AlarmRule rule;
    /** The value as the history may learn it, once it is judged. */
    double learnt;

    Draft(int inputs, int horizon) {
        x = new float[inputs];
        base = new double[horizon];
        apart = new double[horizon];
    }

    /** Begins with what came. */
    void take(long timeMillis, double y, int readings, boolean whole, @Nullable AlarmRule rule) {
        this.timeMillis = timeMillis;
        this.y = y;
        this.readings = readings;
        this.whole = whole;
        this.rule = rule;
    }
}
