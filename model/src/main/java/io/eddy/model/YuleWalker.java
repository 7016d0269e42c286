package io.eddy.model;

/**
 * An autoregression of the deviations from the {@link Profile} of the season; it says nothing where there is no season. Its coefficients come from the autocorrelations (Yule 1927, Walker 1931), so a series
 * keeps 60 bytes, where recursive least squares with as many inputs would keep 1.5 kB.
 */
final class YuleWalker extends Expert {
    /** Past deviations that it looks at: more than a day of hours. */
    static final int ORDER = 26;

    /** Deviations until it speaks. */
    private static final int ENOUGH = 52;
    /** Deviations that each coefficient asks for. */
    private static final int DEVIATIONS_EACH = 12;

    /** White noise that is added, beside the variance: keeps the coefficients small where they hardly matter. */
    private static final float NOISE = 0.005f;

    private static final float TINY = 1e-6f;

    /** [ORDER + 1], from lag 0 on. */
    private final float[] correlations = new float[ORDER + 1];

    private final Levinson levinson = new Levinson();
    /** [ORDER], of the oldest deviation first. */
    private final float[] phi = new float[ORDER];

    private boolean isReady;
    /** [ORDER + horizon and 3]: deviations, then those that are forecast. */
    private final float[] path;

    YuleWalker(int horizon) {
        path = new float[ORDER + horizon + 3];
    }

    @Override
    void look(Past past, Trust trust) {
        trust.autocovariances.fit(past.season);
        isReady = past.season > 0 && trust.autocovariances.count() >= ENOUGH && trust.autocovariances.variance() > TINY;
        if (isReady) {
            trust.autocovariances.correlations(correlations);
            isReady = solve(Math.min(ORDER, trust.autocovariances.count() / DEVIATIONS_EACH));
        }
    }

    /** Fills {@link #phi} with so many coefficients or fewer; the result is false where there is none. */
    private boolean solve(int most) {
        correlations[0] = 1 + NOISE;
        int found = levinson.solve(correlations, most);
        for (int lag = 1; lag <= ORDER; lag++) {
            phi[ORDER - lag] = lag <= found ? levinson.coefficient(lag) : 0;
        }
        return found > 0;
    }

    @Override
    void learn(Past past, Trust trust) {
        int oldest = Past.NOW - ORDER;
        if (past.profile.isKnown(oldest)) {
            trust.autocovariances.learn(past.profile.deviations(past, oldest), Past.NOW, past.steps);
        }
    }

    /** Fills {@link #path} behind the deviations that it begins with, for so many steps from this place on. */
    private void run(Past past, int now, int steps) {
        int oldest = now + 1 - ORDER;
        System.arraycopy(past.profile.deviations(past, oldest), oldest, path, 0, ORDER);
        for (int h = 0; h < steps; h += 4) {
            four(h);
        }
    }

    /** Writes the four that follow the deviations of the path from this place on, each sum with the newest last: it was only just forecast. */
    private void four(int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int at = from;
        for (int j = 0; j < ORDER - 3; j++, at++) {
            float share = phi[j];
            a += share * path[at];
            b += share * path[at + 1];
            c += share * path[at + 2];
            d += share * path[at + 3];
        }
        float third = phi[ORDER - 3];
        float second = phi[ORDER - 2];
        float first = phi[ORDER - 1];
        a += third * path[at] + second * path[at + 1] + first * path[at + 2];
        b += third * path[at + 1] + second * path[at + 2] + first * a;
        c += third * path[at + 2] + second * a + first * b;
        d += third * a + second * b + first * c;
        path[at + 3] = a;
        path[at + 4] = b;
        path[at + 5] = c;
        path[at + 6] = d;
    }

    @Override
    double preference() {
        return 2;
    }

    @Override
    boolean isOutdoneBy(Expert other) {
        return other instanceof SlowProfile;
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        int now = Past.NOW - ago;
        if (!isReady || !past.profile.isKnown(now + 1 - ORDER)) {
            return Double.NaN;
        }
        run(past, now, h);
        return past.profile.target(past, now + 1) + past.scale * path[ORDER + h - 1];
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        if (!isReady) {
            return false;
        }
        run(past, Past.NOW, steps);
        past.profile.ahead(past, steps, out);
        for (int h = 0; h < steps; h++) {
            out[h] += past.scale * path[ORDER + h];
        }
        return true;
    }
}
