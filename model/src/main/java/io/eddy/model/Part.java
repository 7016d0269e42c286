package io.eddy.model;

/**
 * A part of the {@link Memory} of a series. There is one of each for every series, so its numbers stand in as few objects as read well: a
 * million series are met in turn, and each object is a miss of the cache, and one more for the collector to follow and to move.
 *
 * @param <P> the part itself
 */
abstract class Part<P extends Part<P>> implements Cloneable {
    /** A copy that nothing done to this one changes. Who holds arrays or parts copies these too. */
    @SuppressWarnings("unchecked")
    P copy() {
        try {
            return (P) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
