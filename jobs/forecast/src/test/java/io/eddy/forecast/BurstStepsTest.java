package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.Score;
import io.eddy.Status;
import org.junit.jupiter.api.Test;

/** More readings in a step than a series is used to are told, though their mean is as expected. */
class BurstStepsTest {
    private static void minute(ForecastHarness job, int minute, int readings) throws Exception {
        for (int k = 0; k < readings; k++) {
            job.reading("a", minute * 60_000L + k, TestingSignal.at("a", minute));
        }
        job.endOf(minute);
    }

    @Test
    void aProducerThatSendsEverythingTwiceIsTold() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            for (int minute = 0; minute < 300; minute++) {
                minute(job, minute, 4);
            }
            assertThat(job.events()).isEmpty();

            minute(job, 300, 8);

            assertThat(job.scores())
                    .last()
                    .returns(Status.ANOMALY, Score::getStatus)
                    .returns("burst", Score::getAttribution)
                    .returns(TestingSignal.at("a", 300), Score::getY);
            assertThat(job.events()).singleElement().returns(EventKind.point, Event::getKind);
        }
    }

    @Test
    void oneReadingInTheStepOfAnotherIsNotToldAndMoreAre() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            for (int minute = 0; minute < 400; minute++) {
                minute(job, minute, 1);
            }
            minute(job, 400, 2);
            assertThat(job.scores()).last().returns(Status.NORMAL, Score::getStatus);
            minute(job, 401, 5);
            assertThat(job.scores()).last().returns("burst", Score::getAttribution);
        }
    }

    @Test
    void aSeriesWhoseNumberVariesIsNotTold() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            for (int minute = 0; minute < 300; minute++) {
                minute(job, minute, 1 + minute * 7 % 5 + minute * 3 % 4);
            }
            assertThat(job.scores()).noneMatch(score -> "burst".equals(score.getAttribution()));
        }
    }
}
