package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Options;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Counters as they are read, and what they grow by in a step as it is judged. */
class CounterJobTest {
    private static final Options VALUES = Options.of(Map.of(
            "model.season", String.valueOf(TestingSignal.SEASON),
            "readings.step", "1m",
            "readings.allowed_lateness", "5m",
            "forecast.horizon", String.valueOf(TestingWeights.HORIZON),
            "score.warm_up_steps", String.valueOf(ForecastHarness.WARM_UP),
            "event.merge_gap", String.valueOf(ForecastHarness.MERGE_GAP)));
    private static final Options COUNTER = VALUES.with("model.counter", "true");

    private static final int SPIKE = 80;
    private static final int BEGINS_ANEW = 50;
    /** What it had grown by within that minute before. */
    private static final double BEFORE = 8;

    private static final int END = 120;

    /** A multiple of 1/64, so that sums and differences are exact; NaN in the first minute. */
    private static double increase(int minute) {
        double value = minute == SPIKE ? TestingSignal.SPIKE : TestingSignal.at("a", minute);
        return minute == 0 ? Double.NaN : Math.rint(64 * value) / 64;
    }

    private static double total(int minute) {
        double total = minute < BEGINS_ANEW ? 1e6 : -BEFORE;
        for (int k = minute < BEGINS_ANEW ? 1 : BEGINS_ANEW; k <= minute; k++) {
            total += increase(k);
        }
        return total;
    }

    /** Two readings of a minute, the newer one first. */
    private static void counter(ForecastHarness job, int from, int to) throws Exception {
        for (int minute = from; minute < to; minute++) {
            job.reading("a", minute * 60_000L + 40_000, total(minute));
            double older = minute == BEGINS_ANEW ? total(minute - 1) + BEFORE : total(minute) - 1;
            job.reading("a", minute * 60_000L + 20_000, older);
            job.endOf(minute);
        }
    }

    /** Without the clock; as texts, for a record with a NaN is not equal to itself. */
    private static List<String> texts(List<Score> scores) {
        return scores.stream()
                .map(score -> Score.newBuilder(score)
                        .setProcessingTime(Instant.EPOCH)
                        .build()
                        .toString())
                .toList();
    }

    @Test
    void aCounterIsAnsweredAsItsIncreasesAreAlsoAfterARestore() throws Exception {
        try (ForecastHarness values = ForecastHarness.of(VALUES, null);
                ForecastHarness before = ForecastHarness.of(COUNTER, null)) {
            for (int minute = 0; minute < END; minute++) {
                values.reading("a", minute * 60_000L, increase(minute));
                values.reading("a", minute * 60_000L + 1, increase(minute));
                values.endOf(minute);
            }
            counter(before, 0, 40);
            before.reading("a", 40 * 60_000L, total(40)); // in a step that is open
            try (ForecastHarness after = ForecastHarness.of(COUNTER, before.snapshot())) {
                after.reading("a", 40 * 60_000L + 1, total(39));
                after.endOf(40);
                counter(after, 41, END);

                List<Score> scores = new ArrayList<>(before.scores());
                scores.addAll(after.scores());
                assertThat(texts(scores)).isEqualTo(texts(values.scores()));
                assertThat(scores.get(0)).returns(Status.IMPUTED, Score::getStatus);
                assertThat(scores.get(SPIKE)).returns(Status.ANOMALY, Score::getStatus);
                assertThat(after.events()).isEqualTo(values.events()).isNotEmpty();
                assertThat(after.forecasts().get(END - 41))
                        .hasToString(values.forecasts().get(END - 2).toString());
            }
        }
    }

    @Test
    void whatGrewWhileNothingCameIsSharedByTheStepsSince() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(COUNTER, null)) {
            counter(job, 0, 30);
            job.step("a", 30, Double.NaN);
            assertThat(job.step("a", 33, total(33)))
                    .returns((total(33) - total(29)) / 4, Score::getY)
                    .returns(Status.NORMAL, Score::getStatus);
        }
    }

    @Test
    void aLateReadingOfACounterIsLateAndChangesNothing() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(COUNTER, null);
                ForecastHarness undisturbed = ForecastHarness.of(COUNTER, null)) {
            counter(job, 0, 40);
            counter(undisturbed, 0, 41);
            job.reading("a", 39 * 60_000L, total(39) + 50);
            assertThat(job.scores())
                    .last()
                    .returns(Status.LATE, Score::getStatus)
                    .returns(null, Score::getCorrectionOf)
                    .returns(minute(39), Score::getEventTime);
            counter(job, 40, 41);
            assertThat(texts(job.scores()).get(41))
                    .isEqualTo(texts(undisturbed.scores()).get(40));
        }
    }

    /** What was learnt of the values is not true of their increases. */
    @Test
    void withTheOtherSettingEverySeriesBeginsAnew() throws Exception {
        OperatorSubtaskState state;
        try (ForecastHarness job = ForecastHarness.of(COUNTER, null)) {
            counter(job, 0, SPIKE + 1);
            state = job.snapshot();
        }
        try (ForecastHarness job = ForecastHarness.of(VALUES, state)) {
            assertThat(job.events()).singleElement().returns(EventState.close, Event::getState);
            assertThat(job.step("a", SPIKE + 1, 7)).returns(7.0, Score::getY).returns(1L, Score::getNSamplesSeen);
            state = job.snapshot();
        }
        try (ForecastHarness job = ForecastHarness.of(COUNTER, state)) {
            assertThat(job.step("a", SPIKE + 2, 9)).returns(Status.IMPUTED, Score::getStatus);
            assertThat(job.step("a", SPIKE + 3, 13)).returns(4.0, Score::getY).returns(1L, Score::getNSamplesSeen);
        }
    }
}
