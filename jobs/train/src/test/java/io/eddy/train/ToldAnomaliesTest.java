package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.FeedbackType;
import io.eddy.connectors.Control;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a person calls anomalous is not trained on; windows of ten minutes, of two series by turns. */
class ToldAnomaliesTest {
    private static final long MINUTE = 60_000;
    private static final int STEPS = 8;
    private static final int HORIZON = 2;
    private static final Options OPTIONS = Options.of(Map.of(
            "model.hidden", "4",
            "forecast.horizon", String.valueOf(HORIZON),
            "train.window_steps", String.valueOf(STEPS),
            "train.round_windows", "40",
            "train.trainers", "2"));

    @Test
    void windowsThatTouchTheSpanAreLeftOutWhetherTheyCameBeforeOrComeAfter() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            feed(job, 0, 20);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 95, 104);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 305, 305);
            feed(job, 20, 100);
            // Windows k of series a last from minute 10 k to 10 k + 9, k even.
            assertThat(starts(job, "a")).doesNotContain(100L, 300L).contains(80L, 120L, 280L, 320L);
            assertThat(starts(job, "b")).contains(90L, 110L, 310L);
        }
    }

    @Test
    void whatIsSaidOfAnotherTargetLeavesTheWindows() throws Exception {
        Options two = OPTIONS.with("model.fields", "cpu,memory");
        try (var job = TestingDeal.open(two, null)) {
            TestingDeal.say(job, "a", "memory", FeedbackType.ANOMALY, 95, 104);
            TestingDeal.say(job, "a", "cpu", FeedbackType.ANOMALY, 305, 305);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 500, 500);
            TestingDeal.say(job, "a", "memory", FeedbackType.NO_FEEDBACK, 500, 500);
            feed(job, 0, 100);
            assertThat(starts(job, "a")).contains(100L, 120L).doesNotContain(300L, 500L);
        }
    }

    @Test
    void noRoundIsDueWhileAllWindowsAreGivenUp() {
        Training training = new Training(OPTIONS);
        long minute = 0;
        while (!training.isDue()) {
            training.add(window(minute += 10), null);
        }
        training.forget(window -> true);
        assertThat(training.isDue()).isFalse();

        training.add(window(minute + 10), null);
        assertThat(training.isDue()).isTrue();
        assertThat(training.plan(null, Long.MIN_VALUE).split().heldOut()).hasSize(1);
    }

    private static TrainingWindow window(long minute) {
        float[] inputs = new float[STEPS * NetworkShape.of(OPTIONS).inputs()];
        return new TrainingWindow("a", minute * MINUTE, STEPS, inputs, new float[STEPS * HORIZON]);
    }

    @Test
    void whatWasSaidHoldsAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (var job = TestingDeal.open(OPTIONS, null)) {
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 100, 104);
            state = job.snapshot(1, 1);
        }
        try (var job = TestingDeal.open(OPTIONS, state)) {
            feed(job, 0, 100);
            assertThat(starts(job, "a")).contains(80L, 120L).doesNotContain(100L);
        }
    }

    @Test
    void whatWasSaidCanBeTakenBackForWhatComes() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 100, 104);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 200, 204);
            TestingDeal.say(job, "a", FeedbackType.NOT_ANOMALY, 90, 150);
            TestingDeal.say(job, "b", FeedbackType.NOT_ANOMALY, 190, 250);
            feed(job, 0, 100);
            assertThat(starts(job, "a")).contains(100L).doesNotContain(200L);
        }
    }

    @Test
    void anExpectedAnomalyIsNotLearntEither() throws Exception {
        try (var job = TestingDeal.open(OPTIONS, null)) {
            TestingDeal.say(job, "a", FeedbackType.ANOMALY, 100, 104);
            TestingDeal.say(job, "a", FeedbackType.ANOMALY_EXPECTED, 90, 150);
            feed(job, 0, 100);
            assertThat(starts(job, "a")).doesNotContain(100L);
        }
    }

    private static void feed(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job, int from, int to)
            throws Exception {
        for (int k = from; k < to; k++) {
            TrainingWindow window = new TrainingWindow(
                    k % 2 == 0 ? "a" : "b",
                    10 * k * MINUTE,
                    (10 * k + 9) * MINUTE,
                    STEPS,
                    new float[STEPS * Forecaster.inputs()],
                    new float[STEPS * HORIZON]);
            job.processElement1(window, 0);
        }
    }

    /** The first minutes of the windows that were dealt in the newest round. */
    private static List<Long> starts(
            TwoInputStreamOperatorTestHarness<TrainingWindow, Control, RoundPlan> job, String series) {
        return job.extractOutputValues().stream()
                .flatMap(plan -> Stream.concat(plan.split().training().stream(), plan.split().heldOut().stream()))
                .filter(window -> window.series().equals(series))
                .map(window -> window.endMillis() / MINUTE - 9)
                .distinct()
                .toList();
    }
}
