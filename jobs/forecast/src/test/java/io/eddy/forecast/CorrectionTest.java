package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A late reading corrects its step within the allowed lateness: judged by the forecast that the step was judged by, and nothing else changes. */
class CorrectionTest {
    private static final int NOW = 59;
    private static final int LATENESS = 5;

    private static ForecastHarness fresh() throws Exception {
        ForecastHarness job = ForecastHarness.correcting(LATENESS, List.of(), null);
        job.run("a", 0, NOW + 1);
        return job;
    }

    private static Score late(ForecastHarness job, int minute, Double value) throws Exception {
        job.reading("a", minute * 60_000L + 1, value);
        return job.scores().get(job.scores().size() - 1);
    }

    @Test
    void theStepIsJudgedAgainByTheForecastThatItWasJudgedBy() throws Exception {
        try (ForecastHarness job = fresh()) {
            for (int minute = NOW - LATENESS + 1; minute <= NOW; minute++) {
                Score first = job.scores().get(minute);
                Score correction = late(job, minute, first.getY() + 2);

                assertThat(correction)
                        .returns(minute(minute), Score::getEventTime)
                        .returns(minute(minute), Score::getCorrectionOf)
                        .returns(Status.NORMAL, Score::getStatus)
                        .returns(first.getYhat(), Score::getYhat)
                        .returns(first.getModelVersion(), Score::getModelVersion);
                assertThat(correction.getY()).isCloseTo(first.getY() + 1, within(1e-9));
                assertThat(correction.getYhatLower()).isCloseTo(first.getYhatLower(), within(1e-9));
                assertThat(correction.getYhatUpper()).isCloseTo(first.getYhatUpper(), within(1e-9));
            }
        }
    }

    @Test
    void aCorrectedValueOutsideOfTheRangeIsAnAnomalyWithoutAnEvent() throws Exception {
        try (ForecastHarness job = fresh()) {
            assertThat(late(job, NOW, TestingSignal.SPIKE)).satisfies(score -> {
                assertThat(score.getStatus()).isEqualTo(Status.ANOMALY);
                assertThat(score.getAnomalyScore()).isGreaterThan(1);
                assertThat(score.getPValue()).isLessThan(1e-4);
                assertThat(score.getDirection()).isEqualTo(1);
                assertThat(score.getEventId()).isNull();
            });
            assertThat(job.events()).isEmpty();
        }
    }

    @Test
    void severalLateReadingsAreAveragedAndAStepWithoutAValueGetsOne() throws Exception {
        try (ForecastHarness job = fresh()) {
            job.step("a", NOW + 1, Double.NaN);
            Score missing = job.scores().get(NOW + 1);
            assertThat(late(job, NOW + 1, 100.0)).returns(100.0, Score::getY).returns(false, Score::getImputed);
            assertThat(late(job, NOW + 1, 104.0))
                    .returns(102.0, Score::getY)
                    .returns(missing.getYhat(), Score::getYhat)
                    .returns(Status.NORMAL, Score::getStatus);
        }
    }

    @Test
    void whatComesLaterThanAllowedOrHasNoStepOrNoValueIsLate() throws Exception {
        try (ForecastHarness job = fresh()) {
            assertThat(late(job, NOW - LATENESS, 100.0))
                    .returns(Status.LATE, Score::getStatus)
                    .returns(null, Score::getCorrectionOf);
            assertThat(late(job, NOW, Double.NaN)).returns(Status.LATE, Score::getStatus);
            job.reading("never seen", NOW * 60_000L, 100.0);
            assertThat(job.scores()).last().returns(Status.LATE, Score::getStatus);
            job.endOf(NOW + 1);
            assertThat(late(job, NOW + 1, 100.0)).returns(Status.LATE, Score::getStatus);
        }
    }

    @Test
    void whatFollowsIsTheSameAsWithout() throws Exception {
        try (ForecastHarness job = fresh();
                ForecastHarness undisturbed = fresh()) {
            late(job, NOW, TestingSignal.SPIKE);

            assertThat(job.run("a", NOW + 1, NOW + 10)).isEqualTo(undisturbed.run("a", NOW + 1, NOW + 10));
        }
    }

    @Test
    void aRuleHoldsACorrectionBack() throws Exception {
        Rule below = Rule.newBuilder()
                .setId("below")
                .setDirection(io.eddy.RuleDirection.below)
                .build();
        try (ForecastHarness job = ForecastHarness.correcting(LATENESS, List.of(below), null)) {
            job.run("a", 0, NOW + 1);
            assertThat(late(job, NOW, TestingSignal.SPIKE))
                    .returns(Status.SUPPRESSED, Score::getStatus)
                    .returns("below", Score::getSuppressedBy)
                    .returns(0.0, Score::getAnomalyScore);
        }
    }

    @Test
    void aRestoreForgetsNothing() throws Exception {
        OperatorSubtaskState state;
        Score first;
        try (ForecastHarness job = fresh()) {
            state = job.snapshot();
            first = job.scores().get(NOW);
        }
        try (ForecastHarness job = ForecastHarness.correcting(LATENESS, List.of(), state)) {
            // Before the first watermark.
            assertThat(late(job, NOW - LATENESS, 100.0)).returns(Status.LATE, Score::getStatus);
            assertThat(late(job, NOW, first.getY() + 2))
                    .returns(first.getYhat(), Score::getYhat)
                    .returns(minute(NOW), Score::getCorrectionOf);
            job.run("a", NOW + 1, NOW + 20);
            assertThat(late(job, NOW + 19 - LATENESS + 1, 100.0).getCorrectionOf())
                    .isEqualTo(minute(NOW + 19 - LATENESS + 1));
        }
    }
}
