package io.eddy.model;

import io.eddy.model.network.Vectors;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop of {@link Profile} over places whose values all counted the same, with the JDK's Vector API (incubating, JEP 414), to the same bits. Nothing here can be
 * called where {@link Vectors#THERE} is false.
 */
final class VectorProfile {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorProfile() {}

    /**
     * Fills means and deviations of whole vectors of places before one, up to another.
     *
     * @param season {@link #LANES} or more: so many places further on is the mean after the value of a place
     * @param first the first place that is filled
     * @param from the last one that is to be filled
     * @return the first place that is filled then
     */
    static int reach(
            float[] values,
            float[] before,
            float[] deviations,
            int season,
            int first,
            int from,
            float rate,
            float most,
            float perScale,
            float bound) {
        float more = 1 / (1 - rate);
        int at = first;
        while (at > from) {
            at -= LANES;
            FloatVector y = FloatVector.fromArray(SPECIES, values, at);
            VectorMask<Float> isThere = y.compare(VectorOperators.EQ, y);
            FloatVector after = FloatVector.fromArray(SPECIES, before, at + season);
            FloatVector change = y.sub(after).mul(more).min(most).max(-most);
            FloatVector mean = after.blend(after.sub(change.mul(rate)), isThere);
            mean.intoArray(before, at);
            FloatVector deviation = y.sub(mean).mul(perScale).min(bound).max(-bound);
            FloatVector.zero(SPECIES).blend(deviation, isThere).intoArray(deviations, at);
        }
        return at;
    }
}
