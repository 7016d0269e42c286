package io.eddy.bench;

import java.util.Arrays;
import java.util.List;

/** The one threshold that a detector would be given by those who have never seen a set: the best one for the other sets. */
final class LeftOut {
    private LeftOut() {}

    /**
     * The threshold.
     *
     * @param scored all sets as one detector has scored them
     * @param left the name of the set that is left out
     */
    static double threshold(List<ScoredSet> scored, String left) {
        List<ScoredSet> others = scored.stream()
                .filter(one -> !one.set().equals(left) && one.hasThreshold())
                .toList();
        double[] candidates = others.stream()
                .flatMapToDouble(one -> Arrays.stream(one.thresholds()))
                .sorted()
                .distinct()
                .toArray();
        double best = Double.NaN;
        double most = Double.NEGATIVE_INFINITY;
        int every = Math.max(1, candidates.length / 100);
        for (int i = 0; i < candidates.length; i += every) {
            double sum = 0;
            for (ScoredSet other : others) {
                sum += ScoredSet.criterion(other.at(candidates[i]));
            }
            if (sum > most) {
                most = sum;
                best = candidates[i];
            }
        }
        return best;
    }
}
