package io.eddy.cli;

import io.eddy.connectors.Options;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Training;
import io.eddy.train.TrainingWindow;
import io.eddy.train.WindowFunction;
import org.jspecify.annotations.Nullable;

/**
 * The train job between the steps of a replay: the same windows, the same rounds. A round runs between two steps, on what came before, so that
 * the outcome depends on the data alone.
 */
public final class FineTuning {
    private final WindowFunction windows;
    private final Training training;
    private @Nullable WeightsVersion weights;
    /** Event time of the newest window that they were trained on. */
    private long trainedToMillis = Long.MIN_VALUE;

    /** @param start weights to go on from; null: none, as before the first round */
    public FineTuning(Options options, @Nullable WeightsVersion start) {
        windows = new WindowFunction(options);
        training = new Training(options);
        weights = start;
    }

    /** @param key of the series and target */
    public TrainingSeries newSeries(String key) {
        return windows.newSeries(key);
    }

    /** The weights in use, those of the newest round that was published. */
    public @Nullable WeightsVersion weights() {
        return weights;
    }

    /**
     * Takes a step, and runs a round if that makes one due.
     *
     * @param key of the series and target
     * @param value mean of the step, NaN is missing
     * @param covariates the same of the covariates
     * @return the round; null where none was due
     */
    public Training.@Nullable Outcome learn(
            TrainingSeries series, String key, long timeMillis, double value, double... covariates) {
        TrainingWindow window = windows.cut(series, key, timeMillis, value, covariates);
        if (window == null) {
            return null;
        }
        training.add(window, weights);
        if (!training.isDue()) {
            return null;
        }
        Training.Outcome outcome = training.nextRound(weights, trainedToMillis).get();
        training.ended(outcome);
        Weights candidate = outcome.round().weights();
        if (outcome.round().published() && candidate != null) {
            weights = new WeightsVersion(outcome.version(), candidate);
            trainedToMillis = outcome.trainedToMillis();
        }
        return outcome;
    }
}
