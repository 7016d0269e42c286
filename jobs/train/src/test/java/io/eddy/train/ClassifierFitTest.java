package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A logistic output on hidden states, by itself. */
class ClassifierFitTest {
    private static final int STEPS = 24;
    private static final Weights NETWORK = Network.random(
                    new Architecture(Forecaster.inputs(), 8, 1, 3, Quantiles.COUNT), 0.01, 1)
            .weights();

    @Test
    void whatTheStateTellsIsToldOfOtherSteps() {
        Classifier classifier = ClassifierFit.fit(LabelledSteps.of(NETWORK, windows(60, 1, 4)), 99);
        assertThat(classifier.fittedToMillis()).isEqualTo(99);
        LabelledSteps others = LabelledSteps.of(NETWORK, windows(40, 2, 4));
        ClassifierJudge.Result own = ClassifierJudge.judge(others, classifier);
        assertThat(own.auc()).isGreaterThan(0.98);
        assertThat(own.logLoss())
                .isLessThan(0.3 * ClassifierJudge.judge(others, others.rate()).logLoss());
    }

    @Test
    void theSameStepsGiveTheSameBits() {
        List<LabelledWindow> windows = windows(20, 3, 4);
        Classifier one = ClassifierFit.fit(LabelledSteps.of(NETWORK, windows), 0);
        Classifier two = ClassifierFit.fit(LabelledSteps.of(NETWORK, windows), 0);
        assertThat(one.weights()).isEqualTo(two.weights());
        assertThat(one.bias()).isEqualTo(two.bias());
    }

    /** Where the state says nothing, the probability is the share of the weights: steps that nobody spoke of count half. */
    @Test
    void stepsThatNobodySpokeOfCountHalf() {
        LabelledSteps steps = LabelledSteps.of(NETWORK, windows(100, 4, 0));
        double rate = steps.rate();
        assertThat(rate).isBetween(0.05, 0.2);
        Classifier classifier = ClassifierFit.fit(steps, 0);
        double sum = 0;
        double all = 0;
        for (int k = 0; k < steps.size(); k++) {
            sum += steps.weight(k) * classifier.probability(steps.state(k));
            all += steps.weight(k);
        }
        assertThat(sum / all).isCloseTo(rate, within(0.01));
        assertThat(steps.weight(0)).isIn(0.5f, 1f);
    }

    /** Of the stream's windows every fifth was kept, beside all those that were spoken of. */
    @Test
    void theMeanProbabilityIsTheShareOfTheStream() {
        List<LabelledWindow> kept = new ArrayList<>(windows(60, 7, 3));
        List<LabelledWindow> stream = new ArrayList<>(windows(60, 8, 3));
        List<LabelledWindow> quiet = windows(400, 9, 0);
        for (int k = 0; k < quiet.size(); k++) {
            LabelledWindow w = quiet.get(k);
            byte[] unsaid = new byte[STEPS];
            if (k % 5 == 0) {
                kept.add(new LabelledWindow(w.series(), 0, STEPS, w.inputs(), unsaid, 5));
            }
            stream.add(new LabelledWindow(w.series(), 0, STEPS, w.inputs(), unsaid));
        }
        LabelledSteps steps = LabelledSteps.of(NETWORK, stream);
        double odd = 0;
        double probabilities = 0;
        Classifier classifier = ClassifierFit.fit(NETWORK, kept);
        for (int k = 0; k < steps.size(); k++) {
            odd += steps.isAnomalous(k) ? 1 : 0;
            probabilities += classifier.probability(steps.state(k));
        }
        assertThat(odd / steps.size()).isLessThan(0.02);
        assertThat(probabilities / odd).isBetween(0.8, 1.25);
        // As it is fitted, anomalies are several times as frequent.
        Classifier raw = ClassifierFit.fit(LabelledSteps.of(NETWORK, kept), 0);
        assertThat(raw.bias() - classifier.bias()).isGreaterThan((float) Math.log(3));
    }

    @Test
    void ranksAndLossesAreThoseOfTheBook() {
        LabelledSteps steps = LabelledSteps.of(NETWORK, windows(3, 5, 4));
        ClassifierJudge.Result same = ClassifierJudge.judge(steps, 0.25);
        double rate = steps.rate();
        assertThat(same.auc()).isCloseTo(0.5, within(1e-12));
        assertThat(same.logLoss()).isCloseTo(-rate * Math.log(0.25) - (1 - rate) * Math.log(0.75), within(1e-9));
        assertThat(same.windows()).hasSize(3).doesNotContain(Double.NaN);
    }

    @Test
    void stepsWithoutAValueAndTheFirstOnesDoNotCount() {
        LabelledWindow window = windows(1, 6, 4).get(0);
        float[] inputs = window.inputs().clone();
        int told = LabelledSteps.count(window, LabelledWindow.ANOMALOUS);
        assertThat(LabelledSteps.of(NETWORK, List.of(window)).size()).isEqualTo(STEPS - STEPS / 4);
        inputs[10 * Forecaster.inputs() + 3] = 0;
        byte[] labels = window.labels().clone();
        labels[10] = LabelledWindow.ANOMALOUS;
        labels[1] = LabelledWindow.ANOMALOUS;
        LabelledWindow missing = new LabelledWindow("s", 0, STEPS, inputs, labels);
        int odd = window.labels()[10] == LabelledWindow.ANOMALOUS ? 1 : 0;
        assertThat(LabelledSteps.count(missing, LabelledWindow.ANOMALOUS)).isEqualTo(told - odd);
        assertThat(LabelledSteps.of(NETWORK, List.of(missing)).size()).isEqualTo(STEPS - STEPS / 4 - 1);
    }

    /** Every tenth step, about, is anomalous: its first inputs are so much higher. */
    private static List<LabelledWindow> windows(int count, long seed, float height) {
        Random random = new Random(seed);
        List<LabelledWindow> windows = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] inputs = new float[STEPS * Forecaster.inputs()];
            byte[] labels = new byte[STEPS];
            for (int t = 0; t < STEPS; t++) {
                labels[t] = random.nextInt(10) == 0 ? LabelledWindow.ANOMALOUS : LabelledWindow.UNSAID;
                for (int i = 0; i < 3; i++) {
                    inputs[t * Forecaster.inputs() + i] =
                            (float) random.nextGaussian() + (labels[t] == LabelledWindow.ANOMALOUS ? height : 0);
                }
                inputs[t * Forecaster.inputs() + 3] = 1;
            }
            windows.add(new LabelledWindow("series " + k % 4, k, STEPS, inputs, labels));
        }
        return windows;
    }
}
