package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForgettingTest {
    private static final int HORIZON = 6;
    private static final int STEPS = 16;
    private static final Architecture SMALL = new Architecture(Forecaster.inputs(), 8, 1, HORIZON, Quantiles.COUNT);
    /** Knows generated series. */
    private static final io.eddy.model.network.Weights BASE = base();

    private static final Reservoir.Split NARROW = narrow();

    private static io.eddy.model.network.Weights base() {
        List<TrainingWindow> windows = GeneratedWindows.of(4, 0, 1500, 200, 1, STEPS, HORIZON, "lean", Inputs.USUAL);
        Round round = rounds(120, null)
                .run(null, null, 1, new Reservoir.Split(windows.subList(0, 1300), windows.subList(1300, 1500)));
        return Objects.requireNonNull(round.weights());
    }

    /** Windows of one family: series that swing from one step to the next. */
    private static Reservoir.Split narrow() {
        Reservoir reservoir = new Reservoir(1000);
        for (int k = 0; k < 16; k++) {
            Random random = new Random(k);
            TrainingSeries series = new TrainingSeries(STEPS, HORIZON, 0, "lean", k);
            double y = 0;
            for (int t = 0; t < 600; t++) {
                y = -0.9 * y + random.nextGaussian();
                TrainingSeries.Window window = series.add(t * 3_600_000L, 50 + y);
                if (window != null) {
                    reservoir.add(
                            new TrainingWindow("pump-" + k, t * 3_600_000L, STEPS, window.inputs(), window.targets()));
                }
            }
        }
        return reservoir.split(0.2, 0, Long.MIN_VALUE);
    }

    private static Rounds rounds(int batches, @Nullable Rehearsal rehearsal) {
        return new Rounds(
                new Trainer(SMALL, new Trainer.Options(batches, 32, 0.02, 1), rehearsal),
                new Acceptance(SMALL, 0.002, rehearsal));
    }

    private static Round fineTune(double rehearsal) {
        return rounds(60, new Rehearsal(SMALL, "lean", rehearsal)).run(BASE, BASE, 1, NARROW);
    }

    @Test
    void aCandidateThatIsBetterOnItsFleetAndRuinsGeneratedSeriesIsRejectedWithTheReasonOnItsRecord() {
        Round round = fineTune(0);
        assertThat(round.gain()).isGreaterThan(3); // it would be published for its own windows
        assertThat(round.published()).isFalse();
        assertThat(round.reason()).startsWith("forgets: expected losses of at most 1.05 x the parent's on generated");
        Weights record = RoundRecord.of("model", SMALL, outcome(round), round.published(), Instant.EPOCH);
        assertThat(record.getStatus()).isEqualTo(WeightsStatus.rejected);
        assertThat(record.getTrainer()).contains("forgets: ");
        assertThat(record.getMetrics().get("generated_ratio")).isGreaterThan(1.05);
        assertThat(record.getMetrics())
                .containsKeys("generated_pinball", "generated_parent_pinball", "old_pinball", "old_ratio")
                .containsKeys(
                        "family/generated_walk/generated_pinball", "family/generated_walk/generated_parent_pinball");
    }

    @Test
    void rehearsalKeepsWhatTheBaseKnows() {
        Round without = fineTune(0);
        Round with = fineTune(0.4);
        assertThat(ratio(with)).isLessThan(ratio(without));
        assertThat(with.published()).as(with.reason()).isTrue();
        assertThat(with.trainingWindows()).isEqualTo(NARROW.training().size());
    }

    @Test
    void whatIsGainedOnTheFleetPaysForAsMuchOfGeneratedSeriesUpToAPoint() {
        assertThat(Acceptance.forgotten(1)).isEqualTo(1.02);
        assertThat(Acceptance.forgotten(1.03)).isEqualTo(1.03);
        assertThat(Acceptance.forgotten(1.3)).isEqualTo(1.05);
    }

    private static double ratio(Round round) {
        return round.forgetting().stream()
                .filter(known -> known.what().equals("generated"))
                .findFirst()
                .orElseThrow()
                .ratio();
    }

    @Test
    void weightsThatDoNotKnowGeneratedSeriesHaveNothingToForget() {
        Rounds plain = rounds(30, null);
        io.eddy.model.network.Weights stranger = Network.random(SMALL, 0.01, 3).weights();
        Rehearsal rehearsal = new Rehearsal(SMALL, "lean", 0.4);
        assertThat(rehearsal.judged(stranger, STEPS)).isEmpty();
        assertThat(rehearsal.with(stranger, NARROW.training())).isEqualTo(NARROW.training());
        assertThat(rehearsal.judged(null, STEPS)).isEmpty();
        assertThat(plain.run(BASE, BASE, 1, NARROW).forgetting())
                .extracting(Forgetting::what)
                .containsExactly("old");
    }

    @Test
    void aCandidateThatForgetsTheOldWindowsOfTheFleetIsRejected() {
        // What was normal before the newest windows is turned around in what is trained on.
        List<TrainingWindow> training = new ArrayList<>();
        for (TrainingWindow window : NARROW.training()) {
            float[] targets = window.targets().clone();
            for (int i = 0; i < targets.length; i++) {
                targets[i] = 3 * targets[i] + 1;
            }
            training.add(
                    new TrainingWindow(window.series(), window.endMillis(), window.steps(), window.inputs(), targets));
        }
        List<TrainingWindow> heldOut = new ArrayList<>();
        long trainedTo = NARROW.trainedToMillis();
        for (TrainingWindow window : NARROW.heldOut()) {
            float[] targets = window.targets().clone();
            for (int i = 0; i < targets.length && window.endMillis() >= trainedTo; i++) {
                targets[i] = 3 * targets[i] + 1;
            }
            heldOut.add(
                    new TrainingWindow(window.series(), window.endMillis(), window.steps(), window.inputs(), targets));
        }
        Round round = rounds(60, null).run(BASE, BASE, 1, new Reservoir.Split(training, heldOut));
        assertThat(round.gain()).isGreaterThan(3);
        assertThat(round.reason()).startsWith("forgets: expected losses of at most 1.02 x the parent's on old windows");
    }

    private static Training.Outcome outcome(Round round) {
        return new Training.Outcome(round, Training.Trigger.COUNT, 2, 1, 0, 0, 0, 0, 0, 1);
    }
}
