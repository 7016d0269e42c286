package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a round makes of the classifier, whatever became of its network. */
class ClassifyingTest {
    private static final int STEPS = 24;
    private static final Architecture SHAPE = new Architecture(Forecaster.inputs(), 8, 1, 3, Quantiles.COUNT);
    private static final Weights PARENT = Network.random(SHAPE, 0.01, 1).weights();
    private static final Weights CANDIDATE = Network.random(SHAPE, 0.01, 2).weights();
    private static final Judgement JUDGEMENT = new Judgement(1, 1, 0.9, 10, 0, List.of(), java.util.Map.of());

    @Test
    void aBetterNetworkIsPublishedWithAClassifierOfItsOwn() {
        Round round = Classifying.after(plan(PARENT, windows(200, 5)), round(true));
        Weights weights = Objects.requireNonNull(round.weights());
        assertThat(round.published()).isTrue();
        assertThat(round.keepsNetwork()).isFalse();
        assertThat(weights.withClassifier(null).toBytes()).isEqualTo(CANDIDATE.toBytes());
        assertThat(weights.classifier()).isNotNull();
        assertThat(round.reason()).startsWith("a reason; classifier fitted: log loss ");
    }

    /** Else none would ever come where forecasts are good already. */
    @Test
    void whereTheNetworkStaysABetterClassifierIsPublishedWithIt() {
        Round round = Classifying.after(plan(PARENT, windows(200, 5)), round(false));
        Weights weights = Objects.requireNonNull(round.weights());
        assertThat(round.published()).isTrue();
        assertThat(weights.withClassifier(null).toBytes()).isEqualTo(PARENT.toBytes());
        assertThat(round.reason()).startsWith("classifier fitted: log loss ").endsWith("; the network stays: a reason");

        Training.Outcome outcome = plan(PARENT, windows(200, 5)).outcome(round, 1);
        assertThat(outcome.trainedToMillis()).isEqualTo(4321); // what its network was trained on
        io.eddy.Weights record = RoundRecord.of("m", SHAPE, outcome, true, Instant.EPOCH);
        assertThat(record.getMetrics())
                .containsEntry("classifier/attached", 1.0)
                .containsKeys("classifier/log_loss", "classifier/base_rate_log_loss", "classifier/auc")
                .doesNotContainKey("classifier/parent_log_loss")
                .containsEntry(RoundRecord.TRAINED_TO, 4321.0);
        assertThat(record.getMetrics().get("classifier/auc")).isGreaterThan(0.95);
        assertThat(record.getMetrics().get("classifier/anomalous_steps")).isGreaterThan(100);
    }

    @Test
    void aClassifierThatIsNoBetterThanTheParentsIsLeftOut() {
        List<LabelledWindow> windows = windows(200, 5);
        Weights first = Objects.requireNonNull(
                Classifying.after(plan(PARENT, windows), round(false)).weights());
        // The same words again: there is nothing that the parent's was not fitted to beyond what judged it.
        Round second = Classifying.after(plan(first, windows), round(false));
        assertThat(second.published()).isFalse();
        assertThat(second.weights()).isSameAs(CANDIDATE);
        assertThat(Objects.requireNonNull(second.classification()).reason()).startsWith("left out: log loss ");
        assertThat(second.reason()).startsWith("a reason; classifier left out");
    }

    @Test
    void aBadClassifierOfTheParentIsReplaced() {
        Weights worse = PARENT.withClassifier(new Classifier(new float[8], 0, 0));
        Round round = Classifying.after(plan(worse, windows(200, 5)), round(false));
        assertThat(round.published()).isTrue();
        assertThat(Objects.requireNonNull(round.classification()).parentLogLoss())
                .isPositive();
    }

    @Test
    void onlyStepsThatTheParentsClassifierWasNotFittedToJudge() {
        Weights newer = PARENT.withClassifier(new Classifier(new float[8], 0, 199));
        Round round = Classifying.after(plan(newer, windows(200, 5)), round(false));
        assertThat(round.published()).isFalse();
        assertThat(round.reason())
                .isEqualTo("a reason; classifier anomalous steps to judge on, newer than the parent's classifier:"
                        + " expected at least 5, found 0");
    }

    @Test
    void ofFewWordsThereIsNoneAndTheRecordSaysWhy() {
        Round round = Classifying.after(plan(PARENT, windows(10, 5)), round(true));
        assertThat(round.published()).isTrue();
        assertThat(Objects.requireNonNull(round.weights()).classifier()).isNull();
        assertThat(round.reason()).startsWith("a reason; classifier anomalous steps: expected at least 20, found ");
        io.eddy.Weights record =
                RoundRecord.of("m", SHAPE, plan(PARENT, List.of()).outcome(round, 1), true, Instant.EPOCH);
        assertThat(record.getMetrics())
                .containsEntry("classifier/attached", 0.0)
                .doesNotContainKey("classifier/auc");
    }

    @Test
    void labelsThatTheStateDoesNotTellGiveNone() {
        Round round = Classifying.after(plan(PARENT, windows(200, 0)), round(false));
        assertThat(round.published()).isFalse();
        assertThat(Objects.requireNonNull(round.classification()).auc()).isBetween(0.3, 0.7);
    }

    @Test
    void withoutWordsOrANetworkTheRoundStaysAsItIs() {
        Round round = round(false);
        assertThat(Classifying.after(plan(PARENT, List.of()), round)).isSameAs(round);
        assertThat(Classifying.after(plan(null, windows(200, 5)), round)).isSameAs(round);
    }

    private static RoundPlan plan(@Nullable Weights parent, List<LabelledWindow> labelled) {
        Reservoir.Split none = new Reservoir.Split(List.of(), List.of());
        return new RoundPlan(
                Training.Trigger.COUNT, 2, 1, 1, 1, 0, 0, 9999, 0, 0, 0, parent, parent, none, 4321, labelled);
    }

    private static Round round(boolean published) {
        return new Round(
                published,
                "a reason",
                CANDIDATE,
                JUDGEMENT,
                JUDGEMENT,
                JUDGEMENT,
                1,
                1,
                0,
                List.of(),
                List.of(),
                false,
                0,
                1,
                0,
                null);
    }

    /** Window k ends at millisecond k; one step in each but every third is anomalous, its first inputs so much higher. */
    private static List<LabelledWindow> windows(int count, float height) {
        Random random = new Random(7);
        List<LabelledWindow> windows = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] inputs = new float[STEPS * Forecaster.inputs()];
            byte[] labels = new byte[STEPS];
            labels[12] = k % 3 == 0 ? LabelledWindow.UNSAID : LabelledWindow.ANOMALOUS;
            for (int t = 0; t < STEPS; t++) {
                for (int i = 0; i < 3; i++) {
                    inputs[t * Forecaster.inputs() + i] =
                            (float) random.nextGaussian() + (labels[t] == LabelledWindow.ANOMALOUS ? height : 0);
                }
                inputs[t * Forecaster.inputs() + 3] = 1;
            }
            windows.add(new LabelledWindow("series " + k % 12, k, STEPS, inputs, labels));
        }
        return windows;
    }
}
