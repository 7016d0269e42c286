package io.eddy.train;

import io.eddy.model.network.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one round of training.
 *
 * @param published whether the candidate should replace its parent
 * @param reason why, or why not, in one line
 * @param weights the candidate's, rejected or not; null if there is none or they are no longer finite
 * @param candidate null without weights
 * @param parent null without a parent
 * @param base the judgement of the base forecast itself
 * @param trainingWindows windows that were trained on
 * @param heldOutWindows new windows that were judged on
 * @param gain of the candidate over its parent in standard errors, 0 without a parent
 * @param forgetting candidate and parent on what the parent knew; empty without a parent
 * @param epochs how training went, as far as it came
 * @param diverged whether training was cut off because the loss was no number any more or exploded
 * @param trainLoss mean pinball loss over the batches of the round, NaN if there was none
 * @param trainers among which the training windows were dealt
 * @param trainersLost of them, those whose share is not in the candidate: they failed, diverged or did not answer in time
 * @param classification what came of the classifier; null where none was asked for, nobody has spoken, or there is no network
 */
public record Round(
        boolean published,
        String reason,
        @Nullable Weights weights,
        @Nullable Judgement candidate,
        @Nullable Judgement parent,
        Judgement base,
        int trainingWindows,
        int heldOutWindows,
        double gain,
        List<Forgetting> forgetting,
        List<Epoch> epochs,
        boolean diverged,
        double trainLoss,
        int trainers,
        int trainersLost,
        @Nullable Classification classification) {

    /** Whether the weights are the parent's network with another classifier. */
    boolean keepsNetwork() {
        return published && classification != null && classification.keepsNetwork();
    }

    /**
     * The round with what came of the classifier. Where the parent's network stays and its classifier is better, that is published too, else no
     * classifier would ever come where forecasts are good already.
     *
     * @param network that the classifier is for: the candidate's where it is published, else the parent's
     */
    Round with(Weights network, Classification found) {
        boolean only = found.keepsNetwork() && found.classifier() != null;
        return new Round(
                published || only,
                only
                        ? "classifier " + found.reason() + "; the network stays: " + reason
                        : reason + "; classifier " + found.reason(),
                found.classifier() == null ? weights : network.withClassifier(found.classifier()),
                only ? parent : candidate,
                parent,
                base,
                trainingWindows,
                heldOutWindows,
                only ? 0 : gain,
                only ? List.of() : forgetting,
                epochs,
                diverged,
                trainLoss,
                trainers,
                trainersLost,
                found);
    }
}
