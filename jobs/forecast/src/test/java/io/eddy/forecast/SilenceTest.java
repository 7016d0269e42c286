package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.FeedbackType;
import io.eddy.MaintenanceWindow;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** A series that stops reporting is told by the watermark, once, and comes back with its next step. */
class SilenceTest {
    private static final int STEPS = 5;
    private static final int LAST = 59;

    private static ForecastHarness fresh() throws Exception {
        return ForecastHarness.listening(STEPS, List.of(), null);
    }

    private static List<Score> silent(ForecastHarness job) {
        return job.scores().stream()
                .filter(score -> "silence".equals(score.getAttribution()))
                .toList();
    }

    @Test
    void itIsToldOnceWithAnEventThatTheNextReadingCloses() throws Exception {
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST + 1);
            job.endOf(LAST + STEPS);
            assertThat(silent(job)).isEmpty();
            job.endOf(LAST + STEPS + 1);
            job.endOf(LAST + 20);

            assertThat(silent(job)).singleElement().satisfies(score -> {
                assertThat(score.getStatus()).isEqualTo(Status.ANOMALY);
                assertThat(score.getEventTime()).isEqualTo(minute(LAST + STEPS));
                assertThat(score.getY()).isNaN();
                assertThat(score.getYhat()).isNaN();
                assertThat(score.getImputed()).isTrue();
                assertThat(score.getIsAnomaly()).isTrue();
                assertThat(score.getAnomalyScore()).isEqualTo(1);
                assertThat(score.getEventId()).isEqualTo(job.events().get(0).getEventId());
            });
            assertThat(job.events())
                    .singleElement()
                    .returns(EventState.open, Event::getState)
                    .returns(EventKind.missing, Event::getKind)
                    .returns(minute(LAST + 1), Event::getStart)
                    .returns(STEPS, Event::getPoints);

            Score back = job.step("a", LAST + 30, 100);
            assertThat(back.getStatus()).isEqualTo(Status.NORMAL);
            assertThat(job.events())
                    .hasSize(2)
                    .last()
                    .returns(EventState.close, Event::getState)
                    .returns(EventKind.missing, Event::getKind)
                    .returns(job.events().get(0).getEventId(), Event::getEventId)
                    .returns(minute(LAST + 29), Event::getEnd)
                    .returns(29, Event::getPoints);
        }
    }

    @Test
    void aSeriesThatReportsIsNeverSilentAndOneThatComesBackIsWatchedAgain() throws Exception {
        try (ForecastHarness job = fresh()) {
            for (int minute = 0; minute < 200; minute++) {
                if (minute < 100 || minute >= 120) {
                    job.reading("a", minute * 60_000L, TestingSignal.at("a", minute));
                }
                job.reading("b", minute * 60_000L, TestingSignal.at("b", minute));
                job.endOf(minute);
            }
            assertThat(silent(job)).extracting(Score::getSeries).containsExactly("a");
            job.endOf(300);
            assertThat(silent(job)).extracting(Score::getSeries).containsExactlyInAnyOrder("a", "a", "b");
        }
    }

    @Test
    void aSeriesThatReportsRarelyIsNotSilent() throws Exception {
        try (ForecastHarness job = fresh()) {
            for (int minute = 0; minute < 100 * 12; minute += 12) {
                job.step("a", minute, TestingSignal.at("a", minute));
            }
            assertThat(silent(job)).isEmpty();
            job.endOf(100 * 12 + 36);
            assertThat(silent(job)).hasSize(1);
        }
    }

    @Test
    void theEndOfTheInputIsNoSilence() throws Exception {
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST + 1);
            job.reading("a", (LAST + 1) * 60_000L, 100.0);
            job.end();
            assertThat(job.scores()).hasSize(LAST + 2);
            assertThat(job.events()).isEmpty();
        }
    }

    @Test
    void itIsToldOnceAcrossARestore() throws Exception {
        OperatorSubtaskState before;
        OperatorSubtaskState after;
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST + 1);
            before = job.snapshot();
            job.endOf(LAST + 10);
            assertThat(silent(job)).hasSize(1);
            after = job.snapshot();
        }
        try (ForecastHarness job = ForecastHarness.listening(STEPS, List.of(), before)) {
            job.endOf(LAST + 10);
            assertThat(silent(job)).hasSize(1);
        }
        try (ForecastHarness job = ForecastHarness.listening(STEPS, List.of(), after)) {
            job.endOf(LAST + 100);
            assertThat(silent(job)).isEmpty();
            job.step("a", LAST + 110, 100);
            assertThat(job.events()).singleElement().returns(EventState.close, Event::getState);
            job.endOf(LAST + 300);
            assertThat(silent(job)).as("watched again").hasSize(1);
        }
    }

    @Test
    void inMaintenanceItIsHeldBackAndToldWhenThatIsOver() throws Exception {
        MaintenanceWindow window = MaintenanceWindow.newBuilder()
                .setFrom(Instant.EPOCH)
                .setTo(minute(LAST + 30))
                .build();
        Rule rule =
                Rule.newBuilder().setId("night").setMaintenance(List.of(window)).build();
        try (ForecastHarness job = ForecastHarness.listening(STEPS, List.of(rule), null)) {
            job.run("a", 0, LAST + 1);
            job.endOf(LAST + 20);
            assertThat(silent(job))
                    .singleElement()
                    .returns(Status.SUPPRESSED, Score::getStatus)
                    .returns("night", Score::getSuppressedBy)
                    .returns(1.0, Score::getAnomalyScoreRaw)
                    .returns(0.0, Score::getAnomalyScore);
            assertThat(job.events()).isEmpty();

            job.endOf(LAST + 50);
            assertThat(silent(job)).hasSize(2).last().returns(Status.ANOMALY, Score::getStatus);
            assertThat(job.events())
                    .singleElement()
                    .returns(EventState.open, Event::getState)
                    .returns(minute(LAST + 1), Event::getStart);
        }
    }

    @Test
    void aSeriesThatComesBackFromASilenceThatWasHeldBackIsWatchedAgainAtOnce() throws Exception {
        try (ForecastHarness job = ForecastHarness.listening(STEPS, List.of(TestingRules.silence("quiet")), null)) {
            job.run("a", 0, LAST + 1);
            int back = LAST + 247; // half an hour before it would be asked again
            job.endOf(back - 1);
            job.run("a", back, back + 1);
            job.endOf(back + 28);

            assertThat(silent(job))
                    .extracting(Score::getEventTime)
                    .containsExactly(minute(LAST + STEPS), minute(back + 3 * STEPS));
        }
    }

    @Test
    void anEventThatIsOpenIsOverWhenTheSeriesFallsSilent() throws Exception {
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST);
            job.step("a", LAST, TestingSignal.SPIKE);
            job.endOf(LAST + 20);

            assertThat(job.events())
                    .extracting(Event::getState)
                    .containsExactly(EventState.open, EventState.close, EventState.open);
            assertThat(job.events().get(1)).returns(EventKind.point, Event::getKind);
            assertThat(job.events().get(2)).returns(EventKind.missing, Event::getKind);
        }
    }

    @Test
    void aPersonCanSayThatItIsNoAnomaly() throws Exception {
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST + 1);
            job.endOf(LAST + 10);
            job.feedback("a", FeedbackType.NOT_ANOMALY, LAST, LAST + 10);
            assertThat(job.events()).extracting(Event::getState).containsExactly(EventState.open, EventState.close);

            job.run("a", LAST + 11, LAST + 60);
            assertThat(job.events()).hasSize(2);
            job.endOf(LAST + 60 + STEPS + 1);
            assertThat(silent(job)).as("it takes longer now").hasSize(1);
        }
    }

    @Test
    void whatAPersonSaysShortensAWaitThatHasBegunAsARestoreWould() throws Exception {
        OperatorSubtaskState state;
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, LAST + 2);
            job.endOf(LAST + 2); // it is asked, and will be after five steps
            for (int from = 0; from < 3; from++) { // of no event, so all channels count more: silence after three steps
                job.feedback("a", FeedbackType.ANOMALY, from, LAST);
            }
            state = job.snapshot();
            job.endOf(LAST + 5);
            assertThat(silent(job)).singleElement().returns(minute(LAST + 4), Score::getEventTime);
        }
        try (ForecastHarness job = ForecastHarness.listening(STEPS, List.of(), state)) {
            job.endOf(LAST + 5);
            assertThat(silent(job)).singleElement().returns(minute(LAST + 4), Score::getEventTime);
        }
    }

    @Test
    void aLongHabitFadesWithoutShorteningAWaitThatHasBegun() throws Exception {
        int gap = 3000;
        int end = gap + 900;
        try (ForecastHarness job = fresh()) {
            job.run("a", 0, 5);
            job.run("a", gap, end);
            OperatorSubtaskState state = job.snapshot();
            job.endOf(end + 4 * gap);
            try (ForecastHarness restored = ForecastHarness.listening(STEPS, List.of(), state)) {
                restored.endOf(end + 4 * gap);
                assertThat(silent(restored)).hasSize(1);
                assertThat(silent(job))
                        .extracting(Score::getEventTime)
                        .containsExactly(silent(restored).get(0).getEventTime());
            }
        }
    }
}
