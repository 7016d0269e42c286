package io.eddy.model;

import java.util.Arrays;

/** What the experts of one series have learnt that take kilobytes of it. Series that have none of these experts share {@link #NONE}. */
final class Heavy extends Part<Heavy> {
    static final Heavy NONE = new Heavy(0);

    /** [buckets], or empty. */
    Regression[] direct;

    PolynomialFit polynomial;
    ProfileFit profile;

    private Heavy(int mask) {
        direct = new Regression[Experts.holdsDirect(mask) ? Experts.LEADS.length : 0];
        Arrays.setAll(direct, bucket -> new Regression(DirectRegression.SIZE));
        polynomial = new PolynomialFit(Experts.holdsPolynomial(mask));
        profile = new ProfileFit(Experts.holdsSlowProfile(mask));
    }

    /** For these experts, see {@link Experts#mask}. */
    static Heavy of(int mask) {
        boolean isHeavy = Experts.holdsDirect(mask) || Experts.holdsPolynomial(mask) || Experts.holdsSlowProfile(mask);
        return isHeavy ? new Heavy(mask) : NONE;
    }

    /** Takes over what those of the experts had learnt that stay. */
    void keep(Heavy old, int stay) {
        if (Experts.holdsDirect(stay)) {
            direct = old.direct;
        }
        if (Experts.holdsPolynomial(stay)) {
            polynomial = old.polynomial;
        }
        if (Experts.holdsSlowProfile(stay)) {
            profile = old.profile;
        }
    }

    /** Moves all of the past by so much; what all lean series share stays as it is. */
    void shift(double distance) {
        if (this != NONE) {
            polynomial.shift(distance);
            profile.shift(distance);
        }
    }

    @Override
    Heavy copy() {
        if (this == NONE) {
            return this;
        }
        Heavy copy = super.copy();
        copy.direct = Arrays.stream(direct).map(Regression::copy).toArray(Regression[]::new);
        copy.polynomial = polynomial.copy();
        copy.profile = profile.copy();
        return copy;
    }
}
