package io.eddy.model;

/** The newest value, or one that returns from there to the level as an AR(1) process does. */
final class LastValue implements Expert {
    private final boolean returning;

    LastValue(boolean returning) {
        this.returning = returning;
    }

    @Override
    public double at(Past past, Trust trust, int ago, int h) {
        double last = past.ago(ago);
        for (int at = ago + 1; Double.isNaN(last) && at <= Past.NOW; at++) {
            last = past.ago(at);
        }
        return returning ? past.level + past.fade[h] * (last - past.level) : last;
    }
}
