package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Classifier;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the forecaster says by a classifier, and what it leaves as it is. */
class ClassifierTest {
    private static final int HORIZON = 3;
    private static final int WARM_UP = 20;
    private static final int STEPS = 80;
    private static final int SPIKE = 60;
    private static final int MISSING = 40;
    private static final Forecaster.Options OPTIONS = TestingOptions.of(HORIZON, 7, 1000, 1e-4, WARM_UP, 3);

    private final Weights plain = TestingWeights.random(1, Forecaster.inputs(), 8, HORIZON);

    private final Weights classifying =
            plain.withClassifier(new Classifier(new float[] {3, -2, 1, 2, -1, 0.5f, 4, -3}, 0, 0));

    @Test
    void theProbabilityIsTheLogisticOfTheTopLayersRow() {
        Classifier classifier = new Classifier(new float[] {1, -1, 2, 0}, 0.5f, 0);
        float[][] h = {{9, 9, 9, 9}, {0.25f, 0.5f, -0.75f, 1}};
        assertThat(classifier.probability(h)).isCloseTo(1 / (1 + Math.exp(1.25)), within(1e-12));
    }

    @Test
    void forecastsAndScoresAreTheSameToTheLastBitWithAndWithout() {
        assertThat(run(classifying).stream().map(ClassifierTest::text))
                .containsExactlyElementsOf(
                        run(plain).stream().map(ClassifierTest::text).toList());
    }

    @Test
    void thereIsNoneWhileWarmingUpWithoutAValueOrWithoutAClassifier() {
        List<Answer> answers = run(classifying);
        for (int k = 0; k < STEPS; k++) {
            boolean none = answers.get(k).warmingUp != null || k == MISSING;
            assertThat(Double.isNaN(answers.get(k).anomalyProbability))
                    .as("step %d", k)
                    .isEqualTo(none);
        }
        assertThat(run(plain)).allMatch(answer -> Double.isNaN(answer.anomalyProbability));
    }

    /** The network is given what was expected in its place; the classifier has to be asked with the value. */
    @Test
    void itSeesTheValueOfAnAnomalyAsItCame() {
        List<Answer> with = run(classifying);
        assertThat(with.get(SPIKE).isAnomaly).isTrue();
        float[] usual = new float[Forecaster.inputs()];
        float[] spike = new float[Forecaster.inputs()];
        History history = history(SPIKE, value(SPIKE));
        Calendar calendar = Inputs.USUAL.calendar().at(1000L * SPIKE);
        Inputs.USUAL.fill(spike, history, Covariates.NONE, calendar);
        double expected = with.get(SPIKE).yhat;
        History limited = history(SPIKE, expected);
        Inputs.USUAL.fill(usual, limited, Covariates.NONE, calendar);
        limited.raise(usual, value(SPIKE) - expected);
        assertThat(usual).containsExactly(spike, within(0.2f)); // closer where the series is older
        double before = with.get(SPIKE - 7).anomalyProbability;
        assertThat(Math.abs(with.get(SPIKE).anomalyProbability - before)).isGreaterThan(0.2);
    }

    private static History history(int steps, double last) {
        History history = new History();
        history.seasons.fix(7);
        for (int k = 0; k <= steps; k++) {
            history.observe(k == steps ? last : value(k), 1000L * k);
        }
        return history;
    }

    private static List<Answer> run(@Nullable Weights weights) {
        Forecaster forecaster = new Forecaster(OPTIONS);
        Memory memory = new Memory();
        List<Answer> answers = new ArrayList<>();
        WeightsVersion version = weights == null ? null : new WeightsVersion(1, weights);
        for (int k = 0; k < STEPS; k++) {
            Answer answer = new Answer(HORIZON);
            forecaster.step(memory, version, 1000L * k, value(k), answer);
            answers.add(answer);
        }
        return answers;
    }

    private static double value(int step) {
        if (step == MISSING) {
            return Double.NaN;
        }
        return 10 * Math.sin(step * 2 * Math.PI / 7) + new Random(step).nextGaussian() + (step == SPIKE ? 60 : 0);
    }

    private static String text(Answer a) {
        return a.yhat + " " + a.anomalyScore + " " + a.pValue + " " + Arrays.toString(a.forecast);
    }
}
