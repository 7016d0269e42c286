package io.eddy.train;

/**
 * Watches the loss of the weights in use on each new window and says when it leaves its own band.
 *
 * <p>The band is the mean of the logarithm of the loss while the weights were new, and three standard errors of a mean over as many
 * windows as the fast mean remembers: a control chart of exponentially weighted means (Roberts 1959). Only an increase is drift.
 */
final class Drift {
    private static final double FAST = 0.05;
    private static final double WIDTH = 3;
    /** Windows that the band is learnt from. */
    private static final int SETTLED = 60;
    /** A rise of less than this is not worth a round, however sure: a fifth. */
    private static final double LEAST_RISE = Math.log(1.2);

    private long seen;
    private double mean;
    private double squares;
    private double fast;

    /** Takes the loss of a window, above 0; NaN is passed over. */
    void add(double loss) {
        if (!(loss > 0)) {
            return;
        }
        double log = Math.log(loss);
        if (seen < SETTLED) {
            seen++;
            double before = log - mean;
            mean += before / seen;
            squares += before * (log - mean);
            fast = mean;
            return;
        }
        fast += FAST * (log - fast);
    }

    /** Whether the loss has left its band. */
    boolean detected() {
        return seen >= SETTLED && fast > mean + Math.max(LEAST_RISE, WIDTH * error());
    }

    /** Of the fast mean: that of a mean over (2 - weight) / weight windows. */
    private double error() {
        return Math.sqrt(squares / (seen - 1) * FAST / (2 - FAST));
    }

    /** The loss now, a geometric mean over about the newest 20 windows; NaN before the first. */
    double rolling() {
        return seen == 0 ? Double.NaN : Math.exp(fast);
    }

    /** The upper edge of the band; NaN while it is not known. */
    double edge() {
        return seen < SETTLED ? Double.NaN : Math.exp(mean + Math.max(LEAST_RISE, WIDTH * error()));
    }
}
