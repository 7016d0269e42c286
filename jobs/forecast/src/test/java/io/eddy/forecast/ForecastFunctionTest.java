package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.WARM_UP;
import static io.eddy.forecast.ForecastHarness.minute;
import static io.eddy.forecast.TestingWeights.HORIZON;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.EmitOn;
import io.eddy.model.network.Quantiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class ForecastFunctionTest {
    @Test
    void answersAndForecastsBeforeAnyWeights() throws Exception {
        try (ForecastHarness job = ForecastHarness.fresh()) {
            job.run("a", 0, WARM_UP + 10);
            Score score = job.step("a", WARM_UP + 10, TestingSignal.SPIKE);

            assertThat(score.getStatus()).isEqualTo(Status.WARMING_UP);
            assertThat(score.getStatusReason()).isEqualTo("no weights yet");
            assertThat(score.getIsAnomaly()).isFalse();
            assertThat(score.getModelVersion()).isZero();
            assertThat(score.getLabels()).isEqualTo(Map.of("site", "north"));
            assertThat(job.forecasts()).hasSize(WARM_UP + 11);
            assertThat(job.events()).isEmpty();
        }
    }

    @Test
    void forecastsEveryStepOfTheHorizon() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 10);
            Forecast forecast = job.forecasts().get(9);

            assertThat(forecast.getIssuedAt()).isEqualTo(minute(9));
            assertThat(forecast.getModelVersion()).isEqualTo(1);
            assertThat(forecast.getSteps()).hasSize(HORIZON).allSatisfy(step -> {
                assertThat(step.getTargetTime()).isEqualTo(minute(9 + step.getHorizonStep()));
                assertThat(step.getQuantiles()).hasSize(Quantiles.COUNT).isSorted();
                assertThat(step.getYhat()).isBetween(step.getYhatLower(), step.getYhatUpper());
            });
        }
    }

    @Test
    void aSeriesIsJudgedOnceItIsWarm() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            List<Score> scores = job.run("a", 0, 60);

            assertThat(scores).first().returns(Status.WARMING_UP, Score::getStatus);
            assertThat(scores).last().returns(Status.NORMAL, Score::getStatus);
            assertThat(scores).filteredOn(Score::getIsAnomaly).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestoreAsIfNothingHadHappened() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 30);
            both(job, 30, 50);
            job.reading("b", 50 * 60_000 + 1, 42.0); // a step that is still open
            OperatorSubtaskState state = job.snapshot();
            int scores = job.scores().size();
            int forecasts = job.forecasts().size();

            try (ForecastHarness restored = ForecastHarness.restored(state)) {
                both(job, 50, 70);
                both(restored, 50, 70);
                assertThat(withoutClock(restored.scores()))
                        .hasSize(40)
                        .isEqualTo(withoutClock(job.scores().subList(scores, scores + 40)));
                assertThat(restored.forecasts()).isEqualTo(job.forecasts().subList(forecasts, forecasts + 40));
            }
        }
    }

    /** Two series side by side, one minute after the other. */
    private static void both(ForecastHarness job, int from, int to) throws Exception {
        for (int minute = from; minute < to; minute++) {
            job.reading("a", minute * 60_000L, TestingSignal.at("a", minute));
            job.reading("b", minute * 60_000L, TestingSignal.at("b", minute));
            job.endOf(minute);
        }
    }

    private static List<Score> withoutClock(List<Score> scores) {
        return scores.stream()
                .map(score ->
                        Score.newBuilder(score).setProcessingTime(Instant.EPOCH).build())
                .toList();
    }

    @Test
    void readingsOfAStepAreAveragedAndLateOnesAnswered() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.reading("a", 60_000, 1.0);
            job.reading("a", 119_999, 4.0);
            job.reading("a", 120_000, 9.0); // the next step
            job.reading("a", 60_001, Double.NaN);
            assertThat(job.scores()).isEmpty();
            job.endOf(1);
            assertThat(job.scores()).singleElement().returns(2.5, Score::getY).returns(minute(1), Score::getEventTime);

            job.reading("a", 119_000, 1.0);
            assertThat(job.scores()).hasSize(2).last().returns(Status.LATE, Score::getStatus);
            job.endOf(2);
            assertThat(job.scores()).hasSize(3).last().returns(9.0, Score::getY);
            assertThat(job.scores()).last().returns(2L, Score::getNSamplesSeen);
        }
    }

    /** Watermarks are not part of a checkpoint: until the first one comes, the memory knows which steps are over. */
    @Test
    void aReadingOfAStepThatIsOverIsLateAfterARestoreToo() throws Exception {
        OperatorSubtaskState state;
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 30);
            state = job.snapshot();
        }
        try (ForecastHarness job = ForecastHarness.restored(state);
                ForecastHarness undisturbed = ForecastHarness.restored(state)) {
            job.reading("a", 20 * 60_000L, TestingSignal.SPIKE);
            job.reading("a", 29 * 60_000L + 1, TestingSignal.SPIKE);
            assertThat(job.scores()).hasSize(2).allMatch(score -> score.getStatus() == Status.LATE);

            assertThat(job.run("a", 30, 40)).isEqualTo(undisturbed.run("a", 30, 40));
            assertThat(job.scores()).hasSize(12);
        }
    }

    @Test
    void everyNthStepHasAForecastAndTheScoresAreTheSame() throws Exception {
        try (ForecastHarness all = ForecastHarness.withWeights();
                ForecastHarness some = ForecastHarness.withWeights(new Emission(EmitOn.STEP, 5))) {
            assertThat(some.run("a", 0, 60)).hasToString(all.run("a", 0, 60).toString());
            assertThat(some.forecasts())
                    .hasSize(12)
                    .allSatisfy(forecast -> assertThat(all.forecasts()).contains(forecast));
        }
    }

    @Test
    void aForecastIsWrittenWhereAskedForOrAnomalous() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights(new Emission(EmitOn.REQUEST, 1))) {
            job.run("a", 0, 60);
            assertThat(job.forecasts()).isEmpty();
            job.step("a", 60, TestingSignal.SPIKE);
            assertThat(job.forecasts()).singleElement().returns(minute(60), Forecast::getIssuedAt);
            job.reading("a", 61 * 60_000L, Map.of(Emission.ASKING_LABEL, ""), TestingSignal.at("a", 61));
            job.endOf(61);
            assertThat(job.forecasts()).hasSize(2).last().satisfies(forecast -> {
                assertThat(forecast.getIssuedAt()).isEqualTo(minute(61));
                assertThat(forecast.getSteps()).hasSize(HORIZON);
            });
            job.step("a", 62, TestingSignal.at("a", 62));
            assertThat(job.forecasts()).hasSize(2);
        }
    }

    @Test
    void whatNoModelCanUseIsAnsweredAtOnceAndLeavesNothing() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.reading("a", 0);
            job.reading("a", 0, Double.POSITIVE_INFINITY);
            assertThat(job.scores()).hasSize(2).allSatisfy(score -> {
                assertThat(score.getStatus()).isEqualTo(Status.BAD_INPUT);
                assertThat(score.getStatusReason()).startsWith("values: expected ");
            });
            assertThat(job.stateEntries()).isZero();
        }
    }

    @Test
    void anOpenEventOutlivesARestore() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 60);
            Score spike = job.step("a", 60, TestingSignal.SPIKE);

            try (ForecastHarness restored = ForecastHarness.restored(job.snapshot())) {
                restored.run("a", 61, 70);
                assertThat(restored.events())
                        .singleElement()
                        .returns(EventState.close, Event::getState)
                        .returns(spike.getEventId(), Event::getEventId);
            }
        }
    }

    @Test
    void everySeriesHasOneStateEntryAndItsOwnMemory() throws Exception {
        try (ForecastHarness alone = ForecastHarness.withWeights();
                ForecastHarness job = ForecastHarness.withWeights()) {
            for (int minute = 0; minute < 40; minute++) {
                job.reading("a", minute * 60_000L, TestingSignal.at("a", minute));
                job.reading("b", minute * 60_000L, -5 * TestingSignal.at("b", minute));
                job.reading("c", minute * 60_000L, Double.NaN);
                job.endOf(minute);
            }
            alone.run("a", 0, 40);

            assertThat(job.stateEntries()).isEqualTo(3);
            assertThat(job.step("a", 40, 100)).isEqualTo(alone.step("a", 40, 100));
        }
    }

    @Test
    void seriesWhoseStepsEndTogetherAreAnsweredAsEachAlone() throws Exception {
        try (ForecastHarness together = ForecastHarness.withWeights()) {
            for (int minute = 0; minute < 30; minute++) {
                for (int i = 0; i < 40; i++) {
                    together.reading("host-" + i, minute * 60_000L, TestingSignal.at("host-" + i, minute));
                }
                together.endOf(minute);
            }
            assertThat(together.scores()).hasSize(30 * 40);
            assertThat(together.forecasts()).hasSize(30 * 40);
            for (String series : List.of("host-0", "host-15", "host-16", "host-39")) {
                try (ForecastHarness alone = ForecastHarness.withWeights()) {
                    List<Score> expected = alone.run(series, 0, 30);
                    List<Score> found = together.scores().stream()
                            .filter(score -> score.getSeries().equals(series))
                            .map(score -> Score.newBuilder(score)
                                    .setProcessingTime(Instant.EPOCH)
                                    .build())
                            .toList();
                    assertThat(found).hasToString(expected.toString()); // to Avro no NaN equals another
                    assertThat(together.forecasts())
                            .filteredOn(forecast -> forecast.getSeries().equals(series))
                            .isEqualTo(alone.forecasts());
                }
            }
        }
    }

    @Test
    void aSpikeIsOneEventThatOpensAndCloses() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 60);
            Score spike = job.step("a", 60, TestingSignal.SPIKE);
            job.run("a", 61, 75);

            assertThat(spike)
                    .returns(Status.ANOMALY, Score::getStatus)
                    .returns(true, Score::getIsAnomaly)
                    .returns(1, Score::getDirection);
            assertThat(spike.getAnomalyScore()).isGreaterThan(1);
            assertThat(spike.getYhatUpper()).isLessThan(TestingSignal.SPIKE);
            assertThat(job.events()).extracting(Event::getState).containsExactly(EventState.open, EventState.close);
            assertThat(job.events())
                    .allSatisfy(event -> assertThat(event)
                            .returns(spike.getEventId(), Event::getEventId)
                            .returns(minute(60), Event::getStart)
                            .returns(minute(60), Event::getPeakTime)
                            .returns(1, Event::getPoints)
                            .returns(1, Event::getDirection));
            assertThat(job.events().get(1).getEnd()).isEqualTo(minute(60));
        }
    }

    @Test
    void aStepWithoutAValueIsImputedAndDisturbsNothing() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 60);
            Score missing = job.step("a", 60, Double.NaN);
            List<Score> after = job.run("a", 61, 75);

            assertThat(missing)
                    .returns(Status.IMPUTED, Score::getStatus)
                    .returns(true, Score::getImputed)
                    .returns(60L, Score::getNSamplesSeen)
                    .returns(false, Score::getIsAnomaly);
            assertThat(missing.getYhat()).isBetween(50.0, 150.0);
            assertThat(job.forecasts()).hasSize(75);
            assertThat(after).extracting(Score::getStatus).containsOnly(Status.NORMAL);
        }
    }
}
