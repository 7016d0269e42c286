package io.eddy.model;

import java.util.Arrays;

/**
 * A nonlinear map, learnt from the series and iterated over the horizon: the next value as a polynomial of the {@link Delays} by recursive least
 * squares. It is for series that follow a law, chaotic ones too; of all others it is judged to be no better than the rest.
 *
 * <p>With 113 weights it would be flattered by forecasts that are made again with those of today, so what it said is kept until the actual comes. A run
 * that leaves the range of what was seen has nothing to say from there on.
 */
final class Polynomial extends Expert {
    private static final int NEWEST = Delays.DEPTH - 1;

    private final int horizon;
    /** [DEPTH + horizon]: the last values, then those that are forecast, as distances. */
    private final double[] path;
    /** Steps of the path that are filled. */
    private int ran;
    /** [SIZE], scratch. */
    private final double[] x = new double[Delays.SIZE];

    private final double[] gain = new double[Delays.SIZE];

    Polynomial(int horizon) {
        this.horizon = horizon;
        path = new double[Delays.DEPTH + horizon];
    }

    @Override
    int silence(Past past) {
        return PolynomialFit.SILENCE;
    }

    @Override
    void look(Past past, Trust trust) {
        ran = 0;
        Arrays.fill(path, Double.NaN);
        if (Double.isNaN(past.newest)) {
            trust.heavy.polynomial.miss();
            foretell(past, trust.heavy.polynomial);
        }
    }

    @Override
    void learn(Past past, Trust trust) {
        PolynomialFit fit = trust.heavy.polynomial;
        fit.learn(past.newest, x, gain);
        fit.fill(path);
        foretell(past, fit);
    }

    /** Keeps what is said of the steps that will be judged. */
    private void foretell(Past past, PolynomialFit fit) {
        for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
            int lead = Buckets.LEADS[bucket];
            boolean isAsked = fit.isReady() && lead <= horizon && Buckets.isDue(bucket, past.steps + lead);
            if (isAsked) {
                run(fit, lead);
            }
            fit.wait(bucket, past.steps, isAsked ? path[NEWEST + lead] : Double.NaN);
        }
    }

    private void run(PolynomialFit fit, int steps) {
        for (; ran < steps; ran++) {
            int at = NEWEST + ran;
            if (Double.isNaN(path[at])) {
                Arrays.fill(path, at + 1, Delays.DEPTH + steps, Double.NaN);
                ran = steps;
                return;
            }
            Delays.fill(path, at, x);
            path[at + 1] = fit.next(x, path[at]);
        }
    }

    @Override
    int every(Past past) {
        return 2; // kept is what was said of the first of a bucket's two leads
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        int bucket = Buckets.of(h);
        boolean isKept = ago == h && Buckets.LEADS[bucket] == h;
        return isKept ? trust.heavy.polynomial.said(bucket, past.steps) : Double.NaN;
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        PolynomialFit fit = trust.heavy.polynomial;
        if (!fit.isSettled()) {
            return false;
        }
        run(fit, steps);
        for (int h = 0; h < steps; h++) {
            out[h] = fit.value(path[NEWEST + 1 + h]);
        }
        return true;
    }
}
