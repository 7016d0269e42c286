package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.FeedbackType;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Options;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two targets and a covariate of one series. */
class SeveralFieldsTest {
    private static final Options OPTIONS = Options.of(Map.ofEntries(
            Map.entry("model.fields", "cpu, memory, heat"),
            Map.entry("model.covariates", "heat"),
            Map.entry("model.season", String.valueOf(TestingSignal.SEASON)),
            Map.entry("readings.step", "1m"),
            Map.entry("forecast.horizon", String.valueOf(TestingWeights.HORIZON)),
            Map.entry("score.warm_up_steps", String.valueOf(ForecastHarness.WARM_UP)),
            Map.entry("event.merge_gap", String.valueOf(ForecastHarness.MERGE_GAP)),
            Map.entry("event.silence_steps", "5")));

    @Test
    void aMissingFieldIsMissingInItsTargetAlone() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 30);
            minute(job, 30, Double.NaN, 100, 20);
            assertThat(newest(job, 2))
                    .extracting(Score::getTarget, Score::getStatus, Score::getY)
                    .containsExactlyInAnyOrder(
                            tuple("cpu", Status.IMPUTED, Double.NaN), tuple("memory", Status.NORMAL, 100.0));
            assertThat(job.stateEntries()).isEqualTo(2);
        }
    }

    @Test
    void aRuleThatNamesATargetHoldsTheOthersNotBack() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            job.rule(TestingRules.rule("quiet")
                    .setTarget("memory")
                    .setSilenced(true)
                    .build());
            run(job, 0, 100);
            minute(job, 100, 300, 300, 20);
            assertThat(newest(job, 2))
                    .extracting(Score::getTarget, Score::getStatus, Score::getSuppressedBy)
                    .containsExactlyInAnyOrder(
                            tuple("cpu", Status.ANOMALY, null), tuple("memory", Status.SUPPRESSED, "quiet"));
        }
    }

    /** The networks differ in nothing but the covariate of the newest step, and of the targets neither sees the other. */
    @Test
    void theCovariateEntersEachTarget() throws Exception {
        try (ForecastHarness one = ForecastHarness.of(OPTIONS, null);
                ForecastHarness other = ForecastHarness.of(OPTIONS, null);
                ForecastHarness third = ForecastHarness.of(OPTIONS, null)) {
            for (ForecastHarness job : List.of(one, other, third)) {
                run(job, 0, 60);
            }
            minute(one, 60, 100, 100, 20);
            minute(other, 60, 100, 100, 25);
            minute(third, 60, 100, 105, 20);
            int last = one.forecasts().size() - 1;
            assertThat(one.forecasts()).extracting(f -> f.getTarget()).endsWith("cpu", "memory");
            for (int k = last - 1; k <= last; k++) {
                assertThat(one.forecasts().get(k).getSteps())
                        .isNotEqualTo(other.forecasts().get(k).getSteps());
            }
            assertThat(third.forecasts().get(last - 1))
                    .isEqualTo(one.forecasts().get(last - 1));
            assertThat(third.forecasts().get(last)).isNotEqualTo(one.forecasts().get(last));
        }
    }

    @Test
    void bothTargetsGoOnAfterARestore() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 40);
            reading(job, 40, 100, 100, 20);
            var state = job.snapshot();
            try (ForecastHarness restored = ForecastHarness.of(OPTIONS, state)) {
                restored.endOf(40);
                job.endOf(40);
                assertThat(restored.scores())
                        .hasSize(2)
                        .extracting(Score::getTarget, Score::getYhat, Score::getNSamplesSeen)
                        .containsExactlyInAnyOrderElementsOf(newest(job, 2).stream()
                                .map(score -> tuple(score.getTarget(), score.getYhat(), score.getNSamplesSeen()))
                                .toList());
            }
        }
    }

    @Test
    void whatIsSaidOfOneTargetIsHeardByItAlone() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 60);
            minute(job, 60, 300, 300, 20);
            job.feedback("a", "memory", FeedbackType.NOT_ANOMALY, 60, 60);
            job.feedback("a", "heat", FeedbackType.NOT_ANOMALY, 60, 60); // no target
            assertThat(job.events())
                    .filteredOn(event -> event.getState() == EventState.close)
                    .singleElement()
                    .returns("memory", Event::getTarget);
        }
    }

    @Test
    void whatAPersonSaysHoldsForAllTargets() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 60);
            minute(job, 60, TestingSignal.SPIKE, TestingSignal.SPIKE, 20);
            assertThat(job.events())
                    .extracting(Event::getTarget, Event::getState)
                    .containsExactlyInAnyOrder(tuple("cpu", EventState.open), tuple("memory", EventState.open));
            job.feedback("a", FeedbackType.NOT_ANOMALY, 60, 60);
            assertThat(job.events())
                    .filteredOn(event -> event.getState() == EventState.close)
                    .extracting(Event::getTarget)
                    .containsExactlyInAnyOrder("cpu", "memory");
        }
    }

    /** Also when the timers come back from the memories. */
    @Test
    void aSeriesThatFallsSilentIsToldOnce() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 60);
            try (ForecastHarness restored = ForecastHarness.of(OPTIONS, job.snapshot())) {
                for (ForecastHarness each : List.of(job, restored)) {
                    each.endOf(90);
                    assertThat(each.events())
                            .singleElement()
                            .returns("cpu", Event::getTarget)
                            .returns("a", Event::getSeries);
                }
            }
        }
    }

    /** The key of the first target is the name of the series alone. */
    @Test
    void anotherFirstTargetIsNotHandedTheMemoriesOfTheOneBefore() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 40);
            Options swapped = OPTIONS.with("model.targets", "memory, cpu");
            try (ForecastHarness restored = ForecastHarness.of(swapped, job.snapshot())) {
                minute(restored, 40, 100, 100, 20);
                assertThat(restored.scores())
                        .extracting(Score::getTarget, Score::getNSamplesSeen)
                        .containsExactlyInAnyOrder(tuple("memory", 1L), tuple("cpu", 1L));
                assertThat(restored.stateEntries()).isEqualTo(2);
            }
            Options renamed = OPTIONS.with("model.fields", "processor, memory, heat");
            try (ForecastHarness restored = ForecastHarness.of(renamed, job.snapshot())) {
                minute(restored, 40, 100, 100, 20);
                assertThat(restored.scores())
                        .as("a new name of the same field")
                        .extracting(Score::getTarget, Score::getNSamplesSeen)
                        .containsExactlyInAnyOrder(tuple("processor", 41L), tuple("memory", 41L));
            }
        }
    }

    /** What was learnt of values a minute apart is not true of values an hour apart. */
    @Test
    void withAnotherStepEverySeriesBeginsAnew() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            run(job, 0, 60);
            minute(job, 60, TestingSignal.SPIKE, 100, 20);
            reading(job, 61, 100, 100, 20);
            try (ForecastHarness restored = ForecastHarness.of(OPTIONS.with("readings.step", "1h"), job.snapshot())) {
                assertThat(restored.events())
                        .singleElement()
                        .returns("cpu", Event::getTarget)
                        .returns(EventState.close, Event::getState);
                for (int minute = 62; minute < 240; minute++) {
                    minute(restored, minute, 100, 100, 20);
                }
                assertThat(restored.scores())
                        .filteredOn(score -> score.getTarget().equals("memory"))
                        .extracting(Score::getStatus, Score::getNSamplesSeen)
                        .containsExactly(
                                tuple(Status.WARMING_UP, 1L),
                                tuple(Status.WARMING_UP, 2L),
                                tuple(Status.WARMING_UP, 3L));
                try (ForecastHarness again =
                        ForecastHarness.of(OPTIONS.with("readings.step", "1h"), restored.snapshot())) {
                    minute(again, 299, 100, 100, 20);
                    assertThat(again.scores())
                            .extracting(Score::getNSamplesSeen)
                            .containsOnly(4L);
                }
            }
        }
    }

    private static List<Score> newest(ForecastHarness job, int count) {
        List<Score> scores = job.scores();
        return scores.subList(scores.size() - count, scores.size());
    }

    private static void run(ForecastHarness job, int from, int to) throws Exception {
        for (int minute = from; minute < to; minute++) {
            minute(job, minute, TestingSignal.at("cpu", minute), TestingSignal.at("memory", minute), 20 + minute % 3);
        }
    }

    private static void minute(ForecastHarness job, int minute, double... values) throws Exception {
        reading(job, minute, values);
        job.endOf(minute);
    }

    private static void reading(ForecastHarness job, int minute, double... values) throws Exception {
        job.reading("a", 60_000L * minute, values[0], values[1], values[2]);
    }
}
