package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream whose behaviour changes in the middle: every value follows from the one before by a chaotic map, then by its mirror image. */
class RegimeChangeTest {
    private static final int SERIES = 10;
    private static final int CHANGE = 900;
    private static final int WINDOW = 24;
    private static final long STEP_MILLIS = 60_000;

    /** None of them foretells a chaotic map, as the usual ones would: what is learnt is the network's alone. */
    private static final String EXPERTS = "last,seasonal,days,profile,weeks,weeks-persistent,autoregression";

    private static final Options OPTIONS = Options.of(Map.of(
            "forecast.experts",
            EXPERTS,
            "model.hidden",
            "16",
            "forecast.horizon",
            "1",
            "train.window_steps",
            String.valueOf(WINDOW),
            "train.round_windows",
            "100",
            "train.batches",
            "200",
            "train.batch_size",
            "32",
            "train.learning_rate",
            "0.02"));
    private static final Forecaster.Options FORECASTER = new Forecaster.Options(
            1, 0, STEP_MILLIS, 1e-4, 48, 6, 3, 0, NewWeights.CARRY, EXPERTS, Inputs.USUAL, Scoring.USUAL);

    private final Training training = new Training(OPTIONS);
    private final WindowFunction cutter = new WindowFunction(OPTIONS);
    private final List<Training.Outcome> outcomes = new ArrayList<>();
    private @Nullable WeightsVersion champion;
    private long trainedTo = Long.MIN_VALUE;

    /** One forecast job: it uses whichever weights it is given. */
    private static final class Follower {
        private final Forecaster forecaster = new Forecaster(FORECASTER);
        private final Answer answer = new Answer(1);
        private final List<Memory> memories = new ArrayList<>();
        private double error;
        private long count;

        Follower() {
            for (int s = 0; s < SERIES; s++) {
                memories.add(new Memory());
            }
        }

        void step(int series, @Nullable WeightsVersion weights, long at, double y) {
            forecaster.step(memories.get(series), weights, at, y, answer);
            if (answer.scored) {
                error += Math.abs(y - answer.yhat);
                count++;
            }
        }

        /** Mean absolute error since the last call. */
        double takeError() {
            double mean = error / count;
            error = 0;
            count = 0;
            return mean;
        }
    }

    @Test
    void learnsTheNewBehaviourByItself() {
        Follower live = new Follower();
        Follower frozen = new Follower();
        Stream stream = new Stream();
        stream.run(CHANGE - 200, live, frozen, null);
        live.takeError();
        stream.run(200, live, frozen, null);
        double before = live.takeError();
        WeightsVersion old = champion;
        assertThat(old).isNotNull();
        int rounds = outcomes.size();

        stream.mirrored = true;
        stream.run(50, live, frozen, old);
        double changed = live.takeError();
        assertThat(changed).isGreaterThan(2 * before);
        stream.run(1000, live, frozen, old);
        live.takeError();
        frozen.takeError();
        stream.run(200, live, frozen, old);

        List<Training.Outcome> after = outcomes.subList(rounds, outcomes.size());
        assertThat(after).anyMatch(outcome -> outcome.trigger() == Training.Trigger.DRIFT);
        assertThat(after).anyMatch(outcome -> outcome.round().published());
        assertThat(champion).isNotNull().isNotEqualTo(old);
        assertThat(live.answer.version).isEqualTo(version(champion)).isGreaterThan(version(old));
        assertThat(live.takeError())
                .as(after.stream()
                        .map(outcome ->
                                outcome.trigger() + " " + outcome.round().reason())
                        .toList()
                        .toString())
                .isLessThan(0.5 * frozen.takeError());
    }

    private static long version(@Nullable WeightsVersion weights) {
        return weights == null ? 0 : weights.version();
    }

    /** All series step by step, and the train job behind them. */
    private final class Stream {
        private final Random random = new Random(2);
        private final double[] x = random.doubles(SERIES, 0.2, 0.8).toArray();
        private final List<TrainingSeries> cut = new ArrayList<>();
        private boolean mirrored;
        private int t;

        Stream() {
            for (int s = 0; s < SERIES; s++) {
                cut.add(cutter.newSeries("series " + s));
            }
        }

        void run(int steps, Follower live, Follower frozen, @Nullable WeightsVersion old) {
            UnaryOperator<Double> map = v -> 3.9 * v * (1 - v);
            for (int end = t + steps; t < end; t++) {
                long at = t * STEP_MILLIS;
                for (int s = 0; s < SERIES; s++) {
                    double next = mirrored ? 1 - map.apply(x[s]) : map.apply(x[s]);
                    x[s] = Math.max(0.001, Math.min(0.999, next + 0.005 * random.nextGaussian()));
                    live.step(s, champion, at, x[s]);
                    frozen.step(s, old == null ? champion : old, at, x[s]);
                    learn(s, at);
                }
            }
        }

        private void learn(int s, long at) {
            TrainingWindow window = cutter.cut(cut.get(s), "series " + s, at, x[s]);
            if (window == null) {
                return;
            }
            training.add(window, champion);
            if (!training.isDue()) {
                return;
            }
            Training.Outcome outcome = training.nextRound(champion, trainedTo).get();
            training.ended(outcome);
            outcomes.add(outcome);
            if (outcome.round().published() && outcome.round().weights() != null) {
                champion = new WeightsVersion(outcome.version(), outcome.round().weights());
                trainedTo = outcome.trainedToMillis();
            }
        }
    }
}
