package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.train.Reservoir.Split;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Architecture SMALL = new Architecture(Windows.INPUTS, 8, 1, Windows.HORIZON, Quantiles.COUNT);
    private static final List<TrainingWindow> WINDOWS = Windows.autoregressive(240, 11);
    private static final Split SPLIT = new Split(WINDOWS.subList(0, 180), WINDOWS.subList(180, 240));
    /** Learnt once for all tests. */
    private static final Round LEARNT = rounds(120, 0.02).run(null, null, 1, SPLIT);

    private final Rounds rounds = rounds(30, 0.02);

    private static Rounds rounds(int batches, double learningRate) {
        return new Rounds(
                new Trainer(SMALL, new Trainer.Options(batches, 16, learningRate, 7)), new Acceptance(SMALL, 0.002));
    }

    @Test
    void learnsWhatTheBaseDoesNotKnow() {
        Round round = LEARNT;

        // The best possible forecast has 57 % of the base's error on average over three steps ahead.
        assertThat(round.published()).as(round.reason()).isTrue();
        assertThat(candidate(round).medianLoss()).isLessThan(0.75 * round.base().medianLoss());
        assertThat(candidate(round).coverage()).isBetween(0.88, 0.99);
        assertThat(candidate(round).targets()).isEqualTo(60L * (Windows.STEPS - Windows.HORIZON) * Windows.HORIZON);
        assertThat(round.parent()).isNull();
        assertThat(round.base().pinball()).isEqualTo(round.base().medianLoss(), within(1e-9));
        assertThat(round.trainLoss()).isLessThan(round.base().pinball());
    }

    @Test
    void rejectsPoisonedTargets() {
        Split poisoned = new Split(Windows.poisoned(SPLIT.training(), 0, 9), SPLIT.heldOut());
        Round round = rounds.run(null, null, 1, poisoned);
        assertThat(round.published()).isFalse();
        assertThat(round.reason()).startsWith("pinball loss: expected below the base's ");
        assertThat(round.weights()).isNotNull();
    }

    @Test
    void rejectsARoundOnShuffledTargets() {
        Weights parent = weights(LEARNT);
        Round round = rounds.run(parent, parent, 2, new Split(Windows.shuffled(SPLIT.training(), 4), SPLIT.heldOut()));
        assertThat(round.published()).isFalse();
        assertThat(candidate(round).pinball()).isGreaterThan(candidate(LEARNT).pinball());
        assertThat(round.gain()).isNegative();
        assertThat(round.epochs()).hasSize(10);
    }

    @Test
    void rejectsWhatIsWorseThanItsParent() {
        Weights parent = weights(LEARNT);
        Split weak = new Split(Windows.poisoned(SPLIT.training(), 0.6f, 0), SPLIT.heldOut());
        Round round = rounds.run(parent, parent, 2, weak);
        assertThat(round.published()).isFalse();
        assertThat(round.reason()).startsWith("pinball loss: expected at most ");
        assertThat(round.parent()).isEqualTo(Judge.judge(parent, SPLIT.heldOut()));
    }

    @Test
    void rejectsWhatExplodes() {
        Weights parent = weights(LEARNT);
        Split far = new Split(Windows.poisoned(SPLIT.training(), 1, Float.MAX_VALUE), SPLIT.heldOut());
        Round round = rounds.run(parent, parent, 2, far);
        assertThat(round.published()).isFalse();
        assertThat(round.reason()).startsWith("training: expected a finite loss, found ");
        assertThat(round.weights()).isNull();
        assertThat(round.candidate()).isNull();
    }

    @Test
    void goesOnFromItsParent() {
        Round first = rounds(5, 0.01).run(null, null, 1, SPLIT);
        Round second = rounds.run(first.weights(), first.weights(), 2, SPLIT);
        assertThat(second.published()).as(second.reason()).isTrue();
        assertThat(second.parent()).isEqualTo(first.candidate());
        assertThat(second.reason()).contains("; pinball loss ").contains(", parent ");
    }

    @Test
    void sameArgumentsGiveTheSameRound() {
        Round one = rounds.run(null, null, 1, SPLIT);
        Round two = rounds(30, 0.02).run(null, null, 1, SPLIT);
        assertThat(weights(two).toBytes()).isEqualTo(weights(one).toBytes());
        assertThat(two).usingRecursiveComparison().ignoringFields("weights").isEqualTo(one);
    }

    @Test
    void publishesNothingThatCannotBeJudged() {
        Split nothing = new Split(SPLIT.training(), List.of());
        assertThat(rounds.run(null, null, 1, nothing).reason())
                .isEqualTo("held-out targets: expected at least 1, found 0");
        Split unknown = new Split(SPLIT.training(), Windows.poisoned(SPLIT.heldOut(), 1, Float.NaN));
        assertThat(rounds.run(null, null, 1, unknown).published()).isFalse();
        assertThat(rounds.run(null, null, 1, new Split(List.of(), SPLIT.heldOut()))
                        .reason())
                .isEqualTo("training windows: expected at least 1, found 0");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rounds.run(null, null, 1, SPLIT)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatThrownBy(() -> new Trainer.Options(0, 16, 0.01, 7))
                .hasMessage("batches: expected at least 1, found 0");
        assertThatThrownBy(() -> new Trainer.Options(1, 16, Double.NaN, 7))
                .hasMessage("learningRate: expected above 0, at most 1, found NaN");
        assertThatThrownBy(() -> new Acceptance(SMALL, 1))
                .hasMessage("minImprovement: expected 0 to below 1, found 1.0");
    }

    @Test
    void refusesWeightsOfAnotherShape() {
        Weights other = Network.random(new Architecture(2, 4, 1, 3, Quantiles.COUNT), 0.01, 1)
                .weights();
        assertThatThrownBy(() -> rounds.run(other, null, 1, SPLIT))
                .hasMessageStartingWith("parent: expected Architecture[inputs=2, hidden=8");
        assertThatThrownBy(() -> rounds.run(null, other, 1, SPLIT))
                .hasMessageStartingWith("start: expected Architecture[inputs=2, hidden=8");
    }

    private static Judgement candidate(Round round) {
        return Objects.requireNonNull(round.candidate());
    }

    private static Weights weights(Round round) {
        return Objects.requireNonNull(round.weights());
    }
}
