package io.eddy.model;

import java.util.Arrays;

/** What the experts of one series have learnt that take kilobytes of it. Series that have none of these experts share {@link #NONE}. */
final class Heavy {
    static final Heavy NONE = new Heavy(0);

    /** [buckets], or empty. */
    Regression[] direct;

    PolynomialFit polynomial;
    ProfileFit profile;
    StackFit stack;
    FineWidths widths;

    private Heavy(int mask) {
        direct = new Regression[ExpertNames.holds(mask, ExpertNames.DIRECT) ? Buckets.LEADS.length : 0];
        Arrays.setAll(direct, bucket -> new Regression(DirectRegression.SIZE));
        polynomial = new PolynomialFit(ExpertNames.holds(mask, ExpertNames.POLYNOMIAL));
        profile = new ProfileFit(ExpertNames.holds(mask, ExpertNames.SLOW_PROFILE));
        widths = new FineWidths(ExpertNames.areFull(mask));
        stack = new StackFit(ExpertNames.areFull(mask) ? Stacking.SIZE : 0);
    }

    /** For these experts, see {@link ExpertNames#mask}. */
    static Heavy of(int mask) {
        boolean isHeavy = ExpertNames.holds(mask, ExpertNames.DIRECT)
                || ExpertNames.holds(mask, ExpertNames.POLYNOMIAL)
                || ExpertNames.holds(mask, ExpertNames.SLOW_PROFILE);
        return isHeavy ? new Heavy(mask) : NONE;
    }

    /** Takes over what those of the experts had learnt that stay. */
    void keep(Heavy old, int stay) {
        if (ExpertNames.holds(stay, ExpertNames.DIRECT)) {
            direct = old.direct;
        }
        if (ExpertNames.holds(stay, ExpertNames.POLYNOMIAL)) {
            polynomial = old.polynomial;
        }
        if (ExpertNames.holds(stay, ExpertNames.SLOW_PROFILE)) {
            profile = old.profile;
        }
        if (ExpertNames.areFull(stay)) {
            stack = old.stack;
            widths = old.widths;
        }
    }

    /** Moves all of the past by so much; what all lean series share stays as it is. */
    void shift(double distance) {
        if (this != NONE) {
            polynomial.shift(distance);
            profile.shift(distance);
            stack.shift(distance);
        }
    }
}
