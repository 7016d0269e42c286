package io.eddy.train;

import io.eddy.model.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round before it runs, or the share of it that one of several trainers gets.
 *
 * @param version its number: one more than the newest version of the model
 * @param parentVersion the version it goes on from, 0: none
 * @param number of the round since the job started, varies the order of the windows
 * @param trainers among which it is dealt, at least 1
 * @param share which of them this is for, from 0
 * @param fromMillis event time of the oldest window
 * @param trainedToMillis event time of the newest window to train on
 * @param toMillis event time of the newest window
 * @param leftOutAnomalous windows left out until now, see {@link WindowFilter}
 * @param leftOutMissing the same
 * @param parent weights that the candidate must beat, in the first share alone; null: there are none
 * @param start weights to go on from; null: random ones
 * @param split the windows to train on and to judge on
 */
record RoundPlan(
        Training.Trigger trigger,
        long version,
        long parentVersion,
        long number,
        int trainers,
        int share,
        long fromMillis,
        long trainedToMillis,
        long toMillis,
        long leftOutAnomalous,
        long leftOutMissing,
        @Nullable Weights parent,
        @Nullable Weights start,
        Reservoir.Split split) {

    /**
     * Deals the training windows to so many trainers, or to one per window if there are fewer: the windows of each series by turns, and no
     * share larger than another by more than one. The first share carries all held-out windows, which are judged on once, the others those
     * that a trainer watches its loss on.
     */
    List<RoundPlan> deal(int most) {
        int n = Math.max(1, Math.min(most, split.training().size()));
        if (n == 1) {
            return List.of(this);
        }
        List<List<TrainingWindow>> hands = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            hands.add(new ArrayList<>());
        }
        List<TrainingWindow> bySeries = split.training().stream()
                .sorted(Comparator.comparing(TrainingWindow::series).thenComparing(Reservoir.OLDEST_FIRST))
                .toList();
        for (int k = 0; k < bySeries.size(); k++) {
            hands.get(k % n).add(bySeries.get(k));
        }
        List<RoundPlan> shares = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            hands.get(k).sort(Reservoir.OLDEST_FIRST);
            List<TrainingWindow> heldOut = k == 0 ? split.heldOut() : Fit.validation(split.heldOut());
            shares.add(with(n, k, start, new Reservoir.Split(hands.get(k), heldOut)));
        }
        return shares;
    }

    /** The same without what only a trainer needs. */
    RoundPlan fitted() {
        return with(trainers, share, null, new Reservoir.Split(List.of(), share == 0 ? split.heldOut() : List.of()));
    }

    private RoundPlan with(int of, int k, @Nullable Weights from, Reservoir.Split windows) {
        return new RoundPlan(
                trigger,
                version,
                parentVersion,
                number,
                of,
                k,
                fromMillis,
                trainedToMillis,
                toMillis,
                leftOutAnomalous,
                leftOutMissing,
                k == 0 ? parent : null,
                from,
                windows);
    }

    Training.Outcome outcome(Round round, double seconds) {
        return new Training.Outcome(
                round,
                trigger,
                version,
                parentVersion,
                fromMillis,
                trainedToMillis,
                toMillis,
                leftOutAnomalous,
                leftOutMissing,
                seconds);
    }
}
