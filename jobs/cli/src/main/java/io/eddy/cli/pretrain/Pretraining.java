package io.eddy.cli.pretrain;

import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.train.Acceptance;
import io.eddy.train.GeneratedWindows;
import io.eddy.train.Reservoir;
import io.eddy.train.Round;
import io.eddy.train.Rounds;
import io.eddy.train.Trainer;
import io.eddy.train.TrainingWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of the train job's trainer on windows of generated series: each round on series of its own, all judged on the same series that none
 * is trained on. A round depends on the seed, its number and the weights it starts from alone.
 */
final class Pretraining {
    private static final int SERIES_STEPS = 1000;
    private static final int BATCH = 32;
    private static final double FIRST_RATE = 0.004;
    private static final double LAST_RATE = 0.0004;
    private static final int JUDGED_WINDOWS = 1200;

    /**
     * What is trained.
     *
     * @param rounds in all, at least 1
     * @param windows new ones a round, at least 32
     * @param hidden size of the LSTM
     * @param horizon steps ahead
     */
    record Settings(long seed, int rounds, int windows, int hidden, int horizon) {}

    private final Settings settings;
    private final Architecture architecture;
    private final List<TrainingWindow> judged;

    Pretraining(Settings settings) {
        this.settings = settings;
        architecture = new Architecture(Forecaster.inputs(), settings.hidden(), 1, settings.horizon(), Quantiles.COUNT);
        judged = windows(settings.seed(), -1, JUDGED_WINDOWS);
    }

    /**
     * One round.
     *
     * @param start weights to go on from; null at the first
     * @param number from 0
     */
    Round round(@Nullable Weights start, int number) {
        double done = (double) number / settings.rounds();
        double rate = FIRST_RATE * (1 - done) + LAST_RATE * done;
        Trainer trainer = new Trainer(
                architecture,
                new Trainer.Options(Math.max(1, settings.windows() / BATCH), BATCH, rate, settings.seed()));
        List<TrainingWindow> training = windows(settings.seed(), number, settings.windows());
        return new Rounds(trainer, new Acceptance(architecture, 0))
                .run(null, start, number, new Reservoir.Split(training, judged));
    }

    /** Windows of series that no other number has; -1 is for judging. */
    private List<TrainingWindow> windows(long seed, int number, int count) {
        int horizon = settings.horizon();
        return GeneratedWindows.of(seed, number, count, SERIES_STEPS, 1, 2 * horizon, horizon, "lean", Inputs.USUAL);
    }
}
