package io.eddy.model;

/**
 * An autoregression of the deviations from a profile that has a longer memory than the values that are remembered, by recursive least squares; it says
 * nothing where there is no season. Its profile goes on with each value, so what it said is kept until the actual comes.
 */
final class SlowProfile extends Expert {
    private final int horizon;
    /** [ORDER + horizon]. */
    private final double[] path;
    /** [ORDER], scratch. */
    private final double[] x = new double[ProfileFit.ORDER];

    private final double[] gain = new double[ProfileFit.ORDER];

    SlowProfile(int horizon) {
        this.horizon = horizon;
        path = new double[ProfileFit.ORDER + horizon];
    }

    @Override
    void look(Past past, Trust trust) {
        trust.heavy.profile.fit(past, x, gain);
        if (Double.isNaN(past.newest)) {
            take(past, trust.heavy.profile);
        }
    }

    @Override
    void learn(Past past, Trust trust) {
        take(past, trust.heavy.profile);
    }

    private void take(Past past, ProfileFit fit) {
        fit.take(past.newest, past.scale, x, gain);
        int farthest = 0;
        for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
            farthest = isAsked(past, fit, bucket) ? Buckets.LEADS[bucket] : farthest;
        }
        if (farthest > 0) {
            fit.run(path, farthest);
        }
        for (int bucket = 0; bucket < Buckets.LEADS.length; bucket++) {
            boolean isAsked = isAsked(past, fit, bucket);
            fit.wait(bucket, past.steps, isAsked ? forecast(past, fit, Buckets.LEADS[bucket]) : Double.NaN);
        }
    }

    private boolean isAsked(Past past, ProfileFit fit, int bucket) {
        int lead = Buckets.LEADS[bucket];
        return fit.isReady() && lead <= horizon && Buckets.isDue(bucket, past.steps + lead);
    }

    private double forecast(Past past, ProfileFit fit, int h) {
        return fit.profile(h) + past.scale * path[ProfileFit.ORDER + h - 1];
    }

    @Override
    int every(Past past) {
        return 2; // kept is what was said of the first of a bucket's two leads
    }

    @Override
    double at(Past past, Trust trust, int ago, int h) {
        int bucket = Buckets.of(h);
        boolean isKept = ago == h && Buckets.LEADS[bucket] == h;
        return isKept ? trust.heavy.profile.said(bucket, past.steps) : Double.NaN;
    }

    @Override
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        ProfileFit fit = trust.heavy.profile;
        if (!fit.isReady()) {
            return false;
        }
        fit.run(path, steps);
        for (int h = 1; h <= steps; h++) {
            out[h - 1] = forecast(past, fit, h);
        }
        return true;
    }
}
