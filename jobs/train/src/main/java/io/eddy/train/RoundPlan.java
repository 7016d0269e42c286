package io.eddy.train;

import io.eddy.model.network.Weights;
import java.util.ArrayList;
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
 * @param parentTrainedToMillis event time of the newest window that the parent was trained on; {@link Long#MIN_VALUE}: not known
 * @param labelled what a classifier is fitted to, oldest first, in the first share alone; empty: none is asked for, or nobody has spoken
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
        Reservoir.Split split,
        long parentTrainedToMillis,
        List<LabelledWindow> labelled) {

    /** Deals the training windows to so many trainers, see {@link Reservoir.Split#deal}. */
    List<RoundPlan> deal(int most) {
        List<Reservoir.Split> hands = split.deal(most);
        if (hands.size() == 1) {
            return List.of(this);
        }
        List<RoundPlan> shares = new ArrayList<>();
        for (int k = 0; k < hands.size(); k++) {
            shares.add(with(hands.size(), k, start, hands.get(k)));
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
                windows,
                parentTrainedToMillis,
                k == 0 ? labelled : List.of());
    }

    Training.Outcome outcome(Round round, double seconds) {
        return new Training.Outcome(
                round,
                trigger,
                version,
                parentVersion,
                fromMillis,
                round.keepsNetwork() ? parentTrainedToMillis : trainedToMillis,
                toMillis,
                leftOutAnomalous,
                leftOutMissing,
                seconds);
    }
}
