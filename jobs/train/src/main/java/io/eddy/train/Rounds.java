package io.eddy.train;

import io.eddy.connectors.Options;
import io.eddy.model.network.Weights;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Whole rounds in one thread: fits a candidate to the training windows, starting from its parent, and judges both on windows held out. A
 * round has no memory: the same arguments give the same result, bit for bit.
 */
public record Rounds(Trainer trainer, Acceptance acceptance) {
    /** Rounds as the options ask for them. */
    public static Rounds of(Options options) {
        Rehearsal rehearsal = Rehearsal.of(options);
        return new Rounds(Trainer.of(options, rehearsal), Acceptance.of(options, rehearsal));
    }

    /**
     * Runs one round.
     *
     * @param parent weights that the candidate must beat; null: there are none
     * @param start weights to go on from; null: random ones
     * @param number of the round, varies the order of the windows
     * @param split windows to train on and windows, later than those, to judge on; their steps exceed the horizon
     * @throws CancellationException if the thread is interrupted, within one batch
     */
    public Round run(@Nullable Weights parent, @Nullable Weights start, long number, Reservoir.Split split) {
        Fitted fitted = trainer.fit(start, number, split, 1);
        return acceptance.judge(parent, split.heldOut(), split.trainedToMillis(), List.of(fitted));
    }

    /** Runs a round that was planned, dealt to so many trainers, one after the other. */
    Round run(RoundPlan plan, int trainers) {
        return acceptance.judge(
                plan, plan.deal(trainers).stream().map(trainer::fit).toList());
    }
}
