package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Reject;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person says about a series changes how it is judged, at once and for good, and that of no other series. */
class FeedbackTest {
    private static final int FIRST = 60;
    private static final int SECOND = 200;

    @Test
    void aFalseAlarmIsNoneTheNextTimeInThisSeriesAlone() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            run(job, 0, FIRST);
            List<Score> told = spikes(job, FIRST);
            assertThat(told).extracting(Score::getStatus).containsOnly(Status.ANOMALY);

            job.feedback("a", FeedbackType.NOT_ANOMALY, FIRST, FIRST);

            assertThat(job.events())
                    .filteredOn(event -> event.getSeries().equals("a"))
                    .extracting(Event::getState)
                    .containsExactly(EventState.open, EventState.close);
            run(job, FIRST + 1, SECOND);
            List<Score> again = spikes(job, SECOND);
            assertThat(again).extracting(Score::getStatus).containsExactly(Status.NORMAL, Status.ANOMALY);
            assertThat(again.get(0).getAnomalyScore()).isLessThan(1);
        }
    }

    /** A false alarm weighs as much where a rule says the rate as where the options say it. */
    @Test
    void theRateOfTheRuleOfASeriesIsTheOneThatCounts() throws Exception {
        Rule own =
                TestingRules.rule("own").setSeries("a").setFalseAlarmRate(1e-8).build();
        assertThat(afterAFalseAlarm(1e-4, own)).isEqualTo(afterAFalseAlarm(1e-8, null));
        assertThat(afterAFalseAlarm(1e-4, TestingRules.rule("other").build())).isEqualTo(afterAFalseAlarm(1e-4, null));
    }

    private static Options options(double rate) {
        return Options.of(Map.of(
                "model.season",
                String.valueOf(TestingSignal.SEASON),
                "readings.step",
                "1m",
                "forecast.horizon",
                String.valueOf(TestingWeights.HORIZON),
                "score.warm_up_steps",
                String.valueOf(ForecastHarness.WARM_UP),
                "score.false_alarm_rate",
                String.valueOf(rate)));
    }

    private static List<Double> afterAFalseAlarm(double rate, @Nullable Rule rule) throws Exception {
        try (ForecastHarness job = ForecastHarness.of(options(rate), null)) {
            if (rule != null) {
                job.rule(rule);
            }
            job.run("a", 0, FIRST);
            double told = job.step("a", FIRST, TestingSignal.SPIKE).getAnomalyScore();
            job.feedback("a", FeedbackType.NOT_ANOMALY, FIRST, FIRST);
            job.run("a", FIRST + 1, SECOND);
            double again = job.step("a", SECOND, TestingSignal.SPIKE).getAnomalyScore();
            assertThat(again).isLessThan(1).isLessThan(told);
            return List.of(told, again);
        }
    }

    /** Two series, step by step. */
    private static void run(ForecastHarness job, int from, int to) throws Exception {
        for (int minute = from; minute < to; minute++) {
            job.reading("a", minute * 60_000L, TestingSignal.at("a", minute));
            job.reading("b", minute * 60_000L, TestingSignal.at("b", minute));
            job.endOf(minute);
        }
    }

    private static List<Score> spikes(ForecastHarness job, int minute) throws Exception {
        job.reading("a", minute * 60_000L, TestingSignal.SPIKE);
        job.reading("b", minute * 60_000L, TestingSignal.SPIKE);
        job.endOf(minute);
        List<Score> scores = new ArrayList<>(
                job.scores().subList(job.scores().size() - 2, job.scores().size()));
        scores.sort(Comparator.comparing(Score::getSeries));
        return scores;
    }

    @Test
    void anAnomalyWeighsMoreTheNextTime() throws Exception {
        try (ForecastHarness told = ForecastHarness.withWeights();
                ForecastHarness untold = ForecastHarness.withWeights()) {
            told.run("a", 0, SECOND);
            untold.run("a", 0, SECOND);

            told.feedback("a", FeedbackType.ANOMALY, FIRST, FIRST + 1);

            assertThat(told.step("a", SECOND, TestingSignal.SPIKE).getAnomalyScore())
                    .isGreaterThan(untold.step("a", SECOND, TestingSignal.SPIKE).getAnomalyScore());
        }
    }

    @Test
    void theSameSaidTwiceCountsOnce() throws Exception {
        try (ForecastHarness once = ForecastHarness.withWeights();
                ForecastHarness twice = ForecastHarness.withWeights()) {
            once.run("a", 0, FIRST);
            twice.run("a", 0, FIRST);
            once.feedback("a", FeedbackType.ANOMALY, FIRST - 2, FIRST);
            twice.feedback("a", FeedbackType.ANOMALY, FIRST - 2, FIRST);
            twice.feedback("a", FeedbackType.ANOMALY, FIRST - 2, FIRST);

            assertThat(twice.step("a", FIRST, TestingSignal.SPIKE))
                    .isEqualTo(once.step("a", FIRST, TestingSignal.SPIKE));
        }
    }

    @Test
    void whatIsExpectedIsSuppressedAndStaysVisible() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);

            job.feedback("a", FeedbackType.ANOMALY_EXPECTED, FIRST, FIRST + 5);

            Score score = job.step("a", FIRST, TestingSignal.SPIKE);
            assertThat(score.getStatus()).isEqualTo(Status.SUPPRESSED);
            assertThat(score.getSuppressedBy()).isEqualTo("feedback");
            assertThat(score.getAnomalyScore()).isZero();
            assertThat(score.getAnomalyScoreRaw()).isGreaterThan(1);
            assertThat(score.getIsAnomaly()).isFalse();
            assertThat(job.events()).isEmpty();
        }
    }

    @Test
    void anExpectationCanBeTakenBack() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            job.feedback("a", FeedbackType.ANOMALY_EXPECTED, FIRST, FIRST + 5);
            job.feedback("a", FeedbackType.NO_FEEDBACK, FIRST, FIRST + 5);

            assertThat(job.step("a", FIRST, TestingSignal.SPIKE).getStatus()).isEqualTo(Status.ANOMALY);
        }
    }

    @Test
    void aNewLevelIsLearntAtOnce() throws Exception {
        double shift = 60;
        try (ForecastHarness told = ForecastHarness.withWeights();
                ForecastHarness untold = ForecastHarness.withWeights()) {
            for (ForecastHarness job : new ForecastHarness[] {told, untold}) {
                job.run("a", 0, FIRST);
                assertThat(job.step("a", FIRST, shift + TestingSignal.at("a", FIRST))
                                .getStatus())
                        .isEqualTo(Status.ANOMALY);
            }

            told.feedback("a", FeedbackType.ANOMALY_NEW_TREND, FIRST, FIRST);

            assertThat(told.events()).extracting(Event::getState).containsExactly(EventState.open, EventState.close);
            double errorTold = 0;
            double errorUntold = 0;
            for (int minute = FIRST + 1; minute < FIRST + 4; minute++) {
                double y = shift + TestingSignal.at("a", minute);
                errorTold = Math.abs(y - told.step("a", minute, y).getYhat());
                errorUntold = Math.abs(y - untold.step("a", minute, y).getYhat());
            }
            assertThat(errorTold).isLessThan(0.8 * errorUntold);
        }
    }

    @Test
    void whatWasSaidSurvivesARestart() throws Exception {
        OperatorSubtaskState state;
        Score uninterrupted;
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            job.step("a", FIRST, TestingSignal.SPIKE);
            job.feedback("a", FeedbackType.NOT_ANOMALY, FIRST, FIRST);
            job.feedback("a", FeedbackType.ANOMALY_EXPECTED, FIRST + 1, FIRST + 2);
            state = job.snapshot();
            uninterrupted = job.step("a", FIRST + 1, 2 * TestingSignal.SPIKE);
        }
        try (ForecastHarness job = ForecastHarness.restored(state)) {
            assertThat(job.step("a", FIRST + 1, 2 * TestingSignal.SPIKE)).isEqualTo(uninterrupted);
        }
    }

    @Test
    void whatCannotBeTakenIsRejectedWithTheReasonAndChangesNothing() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights();
                ForecastHarness untold = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            untold.run("a", 0, FIRST);

            job.feedback("a", FeedbackType.ANOMALY_EXPECTED, FIRST, FIRST - 1);
            job.feedback("", FeedbackType.NOT_ANOMALY, FIRST, FIRST);
            job.feedback("a", "load", FeedbackType.ANOMALY_EXPECTED, FIRST, FIRST);
            job.feedback("never-seen", FeedbackType.NOT_ANOMALY, FIRST, FIRST);

            assertThat(job.rejects())
                    .extracting(Reject::getReason)
                    .containsExactly(
                            "to: expected not before from, found 1970-01-01T00:59:00Z before 1970-01-01T01:00:00Z",
                            "series: expected a name, found none",
                            "target: expected one of [value], found load",
                            "series: expected one that model fleet has seen, found never-seen");
            Reject last = job.rejects().get(3);
            assertThat(last.getTopic()).isEqualTo("feedback");
            assertThat(new AvroCodec<>(Feedback.class).decode(last.getBytes().array()))
                    .returns("never-seen", Feedback::getSeries);
            assertThat(job.step("a", FIRST, TestingSignal.SPIKE))
                    .isEqualTo(untold.step("a", FIRST, TestingSignal.SPIKE));
            assertThat(job.stateEntries()).isOne();
        }
    }

    /** A reject larger than Kafka takes would end the job again and again. */
    @Test
    void theRejectOfALongSeriesIsSmall() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.feedback("a".repeat(1_000_000), FeedbackType.NOT_ANOMALY, FIRST, FIRST);

            assertThat(job.rejects()).singleElement().satisfies(reject -> {
                assertThat(reject.getBytes().remaining()).isEqualTo(100_000);
                assertThat(reject.getReason()).hasSizeLessThan(200);
            });
        }
    }

    /** Every subtask is told, and one of them answers. */
    @Test
    void oneOfSeveralSubtasksRejects() throws Exception {
        int rejects = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (ForecastHarness whole = ForecastHarness.withWeights();
                    ForecastHarness job = ForecastHarness.rescaled(whole.snapshot(), subtask)) {
                job.feedback("never-seen", FeedbackType.NOT_ANOMALY, FIRST, FIRST);
                rejects += job.rejects().size();
            }
        }
        assertThat(rejects).isOne();
    }
}
