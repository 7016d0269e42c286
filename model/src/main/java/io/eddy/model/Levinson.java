package io.eddy.model;

import io.eddy.model.network.Vectors;

/**
 * The coefficients of an autoregression from its autocorrelations (Levinson 1947, Durbin 1960), by reflections as Schur found them (1917): what the errors of
 * prediction, forward and backward, have in common with values farther back is carried along, so that no reflection waits for a sum over all coefficients. With
 * each coefficient there is one place less of that, so both share an array. Holds scratch arrays.
 */
final class Levinson {
    /** Numbers of an array: whole vectors, two or more of them beyond the largest order. */
    static final int SIZE = 32;

    /** Correlations that ask for more contradict each other: they are means of other values at each lag. */
    static final float LARGEST_REFLECTION = 0.999f;

    /**
     * [{@link #SIZE}]: 1, the m coefficients so far with the other sign, then the covariance of the forward error with the values more than m steps back.
     */
    private final float[] x = new float[SIZE];
    /** [{@link #SIZE}], from place 1 on: the same coefficients turned round, then the covariance of the backward error with the values m and more steps back. */
    private float[] y = new float[SIZE];

    private float[] next = new float[SIZE];

    /**
     * Finds so many coefficients, or fewer where the correlations contradict each other.
     *
     * @param correlations [{@code most} + 1 or more], from lag 0 on, that one above 0
     * @param most up to {@link #SIZE} - 2
     * @return how many were found
     */
    int solve(float[] correlations, int most) {
        begin(correlations);
        return Vectors.THERE && VectorLevinson.FITS ? VectorLevinson.run(x, y, most) : run(most);
    }

    /** Takes the correlations; what is behind them may be anything, for places know of earlier ones only. */
    void begin(float[] correlations) {
        System.arraycopy(correlations, 0, x, 0, Math.min(correlations.length, SIZE));
        System.arraycopy(correlations, 0, y, 1, Math.min(correlations.length, SIZE - 1));
        x[0] = 1;
        y[0] = 0;
    }

    /** The coefficient of a lag, from 1 to as many as were found. */
    float coefficient(int lag) {
        return -x[lag];
    }

    /** Finds so many coefficients, or fewer, without the Vector API. */
    int run(int most) {
        float inverse = 1 / y[1];
        float reflection = x[1] * inverse;
        int m = 0;
        for (; m < most && Math.abs(reflection) < LARGEST_REFLECTION; m++) {
            for (int t = 0; t < SIZE - 1; t++) {
                next[t + 1] = Math.fma(x[t], -reflection, y[t]);
                x[t] = Math.fma(y[t], -reflection, x[t]);
            }
            x[m + 1] -= reflection;
            float[] before = y;
            y = next;
            next = before;
            float more = 1 / Math.fma(-reflection, reflection, 1);
            reflection = x[m + 2] * inverse * more;
            inverse *= more;
        }
        return m;
    }
}
