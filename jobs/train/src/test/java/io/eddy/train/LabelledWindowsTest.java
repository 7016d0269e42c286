package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.FeedbackType;
import io.eddy.connectors.Control;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What people have said of the steps of windows: eight steps of a minute and a horizon of two, of two series by turns. */
class LabelledWindowsTest {
    private static final long MINUTE = 60_000;
    private static final int STEPS = 8;
    private static final int HORIZON = 2;
    private static final Options OPTIONS = Options.of(Map.of(
            "model.classifier", "true",
            "model.hidden", "4",
            "forecast.horizon", String.valueOf(HORIZON),
            "train.window_steps", String.valueOf(STEPS),
            "train.round_windows", "40",
            "train.trainers", "2"));
    private static final byte[] NOBODY = new byte[STEPS];

    @Test
    void theStepsOfASpanAreLabelledWhetherTheWindowCameBeforeOrComesAfter() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 102, 104);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY_EXPECTED, 300, 300);
            TestingDeal.say(job, "b", FeedbackType.NOT_ANOMALY, 113, 114);
            feed(job, 20, 100);
            List<LabelledWindow> labelled = labelled(job);
            assertThat(labels(labelled, "a", 100)).containsExactly(0, 0, 2, 2, 2, 0, 0, 0);
            assertThat(labels(labelled, "a", 300)).containsExactly(2, 0, 0, 0, 0, 0, 0, 0);
            assertThat(labels(labelled, "b", 110)).containsExactly(0, 0, 0, 1, 1, 0, 0, 0);
            assertThat(labels(labelled, "a", 120)).isEqualTo(NOBODY);
            assertThat(labels(labelled, "b", 310)).isEqualTo(NOBODY);
            assertThat(labelled).extracting(LabelledWindow::lastMillis).isSorted();
            // Each window once, though those called normal stay in the reservoir too.
            assertThat(labelled)
                    .extracting(window -> window.series() + window.lastMillis())
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(30);
            assertThat(labelled).extracting(LabelledWindow::stands).containsOnly(1);
        }
    }

    @Test
    void withoutAWordThereIsNothingToFit() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 100);
            assertThat(labelled(job)).isEmpty();
        }
    }

    @Test
    void whatIsTakenBackIsNoAnomalyAnyMore() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 102, 104);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 142, 142);
            TestingDeal.say(job, "a", FeedbackType.NOT_ANOMALY, 100, 105);
            TestingDeal.say(job, "a", FeedbackType.NO_FEEDBACK, 140, 145);
            TestingDeal.say(job, "b", FeedbackType.NOT_ANOMALY, 113, 114);
            TestingDeal.say(job, "b", FeedbackType.ANOMALY, 114, 114);
            feed(job, 20, 100);
            List<LabelledWindow> labelled = labelled(job);
            assertThat(labels(labelled, "a", 100)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0);
            assertThat(labels(labelled, "a", 140)).isEqualTo(NOBODY);
            assertThat(labels(labelled, "b", 110)).containsExactly(0, 0, 0, 0, 2, 0, 0, 0);
        }
    }

    /** One whose deviations are very large is left out by itself, before anybody says a word. */
    @Test
    void aWindowThatWasLeftOutAsAnomalousIsFoundWhenFeedbackComes() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            job.processElement1(window(20, 100), 0);
            feed(job, 21, 35);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 203, 203);
            feed(job, 35, 100);
            assertThat(labels(labelled(job), "a", 200)).containsExactly(0, 0, 0, 2, 0, 0, 0, 0);
        }
    }

    /** The windows too: the reservoir is empty after a restart, and who has spoken does not speak again. */
    @Test
    void whatWasSaidAndWhatItWasSaidOfSurviveARestart() throws Exception {
        OperatorSubtaskState state;
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 102, 104);
            state = job.snapshot(1, 1);
        }
        try (var job = TestingDeal.open(OPTIONS, state)) {
            feed(job, 20, 100);
            List<LabelledWindow> labelled = labelled(job);
            assertThat(labels(labelled, "a", 100)).containsExactly(0, 0, 2, 2, 2, 0, 0, 0);
            // It is older than the others, and so says nothing of how often anomalies come now.
            assertThat(labelled.get(0).stands()).isZero();
            assertThat(labelled.get(1).stands()).isEqualTo(1);
        }
    }

    @Test
    void windowsOfAnotherStepAreGivenUp() throws Exception {
        OperatorSubtaskState state;
        try (var job = TestingDeal.open(OPTIONS.with("readings.step", "10m"), null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 102, 104);
            state = job.snapshot(1, 1);
        }
        try (var job = TestingDeal.open(OPTIONS, state)) {
            feed(job, 20, 100);
            assertThat(labelled(job)).isEmpty();
        }
    }

    @Test
    void onlyTheShareThatIsJudgedCarriesThem() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 102, 104);
            feed(job, 20, 100);
            List<RoundPlan> shares = job.extractOutputValues();
            assertThat(shares).hasSize(2);
            assertThat(shares.get(0).fitted().labelled()).isNotEmpty();
            assertThat(shares.get(1).labelled()).isEmpty();
        }
    }

    private static List<LabelledWindow> labelled(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job) {
        return job.extractOutputValues().get(0).labelled();
    }

    private static byte[] labels(List<LabelledWindow> windows, String series, int startMinute) {
        long last = (startMinute + STEPS - 1) * MINUTE;
        return windows.stream()
                .filter(window -> window.series().equals(series) && window.lastMillis() == last)
                .findFirst()
                .orElseThrow()
                .labels();
    }

    private static void feed(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job, int from, int to)
            throws Exception {
        for (int k = from; k < to; k++) {
            job.processElement1(window(k, 1), 0);
        }
    }

    /** Window k begins at minute 10 k. */
    private static TrainingWindow window(int k, float size) {
        float[] inputs = new float[STEPS * Forecaster.inputs()];
        Arrays.fill(inputs, 1);
        float[] targets = new float[STEPS * HORIZON];
        Arrays.fill(targets, size);
        long start = 10L * k * MINUTE;
        return new TrainingWindow(
                k % 2 == 0 ? "a" : "b", start, start + (STEPS - 1 + HORIZON) * MINUTE, STEPS, inputs, targets);
    }
}
