package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rounds whose windows are dealt to several trainers. */
class SeveralTrainersTest {
    private static final Architecture SMALL = new Architecture(Windows.INPUTS, 8, 1, Windows.HORIZON, Quantiles.COUNT);
    private static final List<TrainingWindow> WINDOWS = Windows.autoregressive(400, 11);
    private static final Reservoir.Split SPLIT =
            new Reservoir.Split(WINDOWS.subList(0, 320), WINDOWS.subList(320, 400));
    private static final Acceptance ACCEPTANCE = new Acceptance(SMALL, 0.002);
    private static final int ROUNDS = 6;

    private final Trainer trainer = trainer(7);

    private static Trainer trainer(long seed) {
        return new Trainer(SMALL, new Trainer.Options(40, 32, 0.02, seed));
    }

    private static RoundPlan plan(@Nullable Weights parent, int number) {
        return new RoundPlan(
                Training.Trigger.COUNT,
                number,
                0,
                number,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                parent,
                parent,
                SPLIT,
                Long.MIN_VALUE,
                List.of());
    }

    private static Round round(Trainer trainer, @Nullable Weights parent, int number, int trainers) {
        List<Fitted> shares =
                plan(parent, number).deal(trainers).stream().map(trainer::fit).toList();
        return ACCEPTANCE.judge(parent, SPLIT.heldOut(), SPLIT.trainedToMillis(), shares);
    }

    /** The noise is what other seeds, that is other first weights and orders of the windows, do to one trainer. */
    @Test
    void twoReachTheLossOfOneWithinNoise() {
        double base = Judge.judge(null, SPLIT.heldOut()).pinball();
        double[] one = LongStream.of(7, 8, 9).mapToDouble(seed -> loss(1, seed)).toArray();
        double[] two = LongStream.of(7, 8, 9).mapToDouble(seed -> loss(2, seed)).toArray();
        double worst = Arrays.stream(one).max().orElseThrow();
        assertThat(worst).isLessThan(0.3 * base);
        assertThat(Arrays.stream(two).average().orElseThrow()).isLessThanOrEqualTo(worst);
    }

    /** On the held-out windows, after six rounds from the same random weights. */
    private static double loss(int trainers, long seed) {
        Trainer seeded = trainer(seed);
        Weights weights = null;
        for (int number = 1; number <= ROUNDS; number++) {
            weights = Objects.requireNonNull(
                    round(seeded, weights, number, trainers).weights());
        }
        return Judge.judge(weights, SPLIT.heldOut()).pinball();
    }

    @Test
    void oneTrainerIsARoundAsItIs() {
        Round dealt = round(trainer, null, 1, 1);
        Round plain = new Rounds(trainer, ACCEPTANCE).run(null, null, 1, SPLIT);
        assertThat(Objects.requireNonNull(dealt.weights()).toBytes())
                .isEqualTo(Objects.requireNonNull(plain.weights()).toBytes());
        assertThat(dealt).usingRecursiveComparison().ignoringFields("weights").isEqualTo(plain);
    }

    @Test
    void sharesAreEvenOverSeriesAndKeepTheHeldOutWindowsApart() {
        List<RoundPlan> shares = plan(null, 1).deal(3);
        List<TrainingWindow> all = new ArrayList<>();
        for (RoundPlan share : shares) {
            all.addAll(share.split().training());
            Map<String, Integer> series = new HashMap<>();
            share.split().training().forEach(window -> series.merge(window.series(), 1, Integer::sum));
            assertThat(series.values()).hasSize(4).allMatch(count -> count == 26 || count == 27);
            assertThat(share.split().training()).isSortedAccordingTo(Reservoir.OLDEST_FIRST);
            assertThat(share.split().training()).doesNotContainAnyElementsOf(SPLIT.heldOut());
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(SPLIT.training());
        assertThat(shares.get(0).split().heldOut()).isEqualTo(SPLIT.heldOut());
        assertThat(shares.get(2).split().heldOut()).isEqualTo(WINDOWS.subList(336, 400));
    }

    @Test
    void fewWindowsGoToFewTrainers() {
        Reservoir.Split two = new Reservoir.Split(WINDOWS.subList(0, 2), SPLIT.heldOut());
        RoundPlan plan = new RoundPlan(
                Training.Trigger.TIME, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, null, null, two, Long.MIN_VALUE, List.of());
        assertThat(plan.deal(8)).hasSize(2).allMatch(share -> share.trainers() == 2);
    }

    @Test
    void aShareThatIsLostIsLeftOutOfTheMeanAndSaid() {
        List<RoundPlan> plans = plan(null, 1).deal(3);
        Fitted first = trainer.fit(plans.get(0));
        Fitted third = trainer.fit(plans.get(2));
        Fitted lost = Fitted.failed(106, "trainer: expected weights, found none", 1);
        Round round = ACCEPTANCE.judge(null, SPLIT.heldOut(), SPLIT.trainedToMillis(), List.of(first, lost, third));

        assertThat(round.published()).as(round.reason()).isTrue();
        assertThat(round.trainers()).isEqualTo(3);
        assertThat(round.trainersLost()).isEqualTo(1);
        assertThat(round.trainingWindows()).isEqualTo(first.windows() + third.windows());
        float[] bias = Objects.requireNonNull(round.weights()).headBias();
        float a = Objects.requireNonNull(first.weights()).headBias()[0];
        float b = Objects.requireNonNull(third.weights()).headBias()[0];
        double mean =
                ((double) first.windows() * a + (double) third.windows() * b) / (first.windows() + third.windows());
        assertThat(bias[0]).isEqualTo((float) mean);
    }

    @Test
    void aRoundWithoutAnyShareIsRejectedWithTheReason() {
        Fitted lost = Fitted.failed(106, "trainer: expected weights within 600 s, found none", 600);
        Round round = ACCEPTANCE.judge(null, SPLIT.heldOut(), SPLIT.trainedToMillis(), List.of(lost, lost));
        assertThat(round.published()).isFalse();
        assertThat(round.reason()).isEqualTo("trainer: expected weights within 600 s, found none");
        assertThat(round.trainersLost()).isEqualTo(2);
        assertThat(round.weights()).isNull();
    }
}
