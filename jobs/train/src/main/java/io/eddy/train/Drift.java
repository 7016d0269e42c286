package io.eddy.train;

/**
 * Watches the loss of the weights in use on each new window and says when it leaves its own band.
 *
 * <p>The band is the mean of the logarithm of the loss while the weights were new, and three standard errors of a mean over as many
 * windows as the fast mean remembers: a control chart of exponentially weighted means (Roberts 1959). Only an increase is drift.
 *
 * <p>A large fleet cuts a few windows at each step, so that a given number of them may all end in one morning, and the losses of a morning are not
 * those of the night. So both means are over one window's time at least: until a window begins after the first one has ended.
 */
final class Drift {
    private static final double WIDTH = 3;
    /** Windows that the band is learnt from at least. */
    private static final int SETTLED = 60;
    /** Windows that the fast mean remembers at least. */
    private static final int FAST = 39;
    /** A rise of less than this is not worth a round, however sure: a fifth. */
    private static final double LEAST_RISE = Math.log(1.2);

    /** Windows that the band was learnt from. */
    private long seen;
    /** Those of one window's time; 0: not known yet. */
    private long atOnce;
    /** Event time of the end of the first window. */
    private long firstMillis;

    private double mean;
    private double squares;
    private double fast;

    /**
     * Takes the loss of a window.
     *
     * @param loss above 0; NaN is passed over
     * @param fromMillis event time of the window's first step
     * @param toMillis of its last
     */
    void add(double loss, long fromMillis, long toMillis) {
        if (!(loss > 0)) {
            return;
        }
        firstMillis = seen == 0 ? toMillis : firstMillis;
        atOnce = atOnce == 0 && fromMillis > firstMillis ? seen : atOnce;
        double log = Math.log(loss);
        if (!isSettled()) {
            seen++;
            double before = log - mean;
            mean += before / seen;
            squares += before * (log - mean);
            fast = mean;
            return;
        }
        fast += weight() * (log - fast);
    }

    private boolean isSettled() {
        return seen >= SETTLED && atOnce > 0;
    }

    /** Of the newest window in the fast mean, whose variance is that of a mean over (2 - weight) / weight windows. */
    private double weight() {
        return 2.0 / (Math.max(FAST, atOnce) + 1);
    }

    /** Whether the loss has left its band. */
    boolean detected() {
        return isSettled() && fast > mean + rise();
    }

    private double rise() {
        double error = Math.sqrt(squares / (seen - 1) * weight() / (2 - weight()));
        return Math.max(LEAST_RISE, WIDTH * error);
    }

    /** The loss now, the geometric mean that is watched; NaN before the first window. */
    double rolling() {
        return seen == 0 ? Double.NaN : Math.exp(fast);
    }

    /** The upper edge of the band; NaN while it is not known. */
    double edge() {
        return isSettled() ? Math.exp(mean + rise()) : Double.NaN;
    }
}
