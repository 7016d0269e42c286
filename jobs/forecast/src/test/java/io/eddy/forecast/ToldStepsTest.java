package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Score;
import io.eddy.Status;
import org.junit.jupiter.api.Test;

/** What is told of steps that have no forecast of their own, and of events that become worse. */
class ToldStepsTest {
    private static final int FIRST = 60;

    @Test
    void ofTheStepAfterAGapNothingWasExpectedAndItIsForecastFrom() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            Score back = job.step("a", FIRST + 5, TestingSignal.SPIKE);
            assertThat(back)
                    .returns(Status.NORMAL, Score::getStatus)
                    .returns("nothing was expected after a gap", Score::getStatusReason)
                    .returns(TestingSignal.SPIKE, Score::getY)
                    .returns(false, Score::getImputed)
                    .returns(0.0, Score::getAnomalyScore)
                    .returns(1.0, Score::getPValue)
                    .returns(0, Score::getDirection)
                    .returns(FIRST + 1L, Score::getNSamplesSeen);
            assertThat(back.getYhat()).isNaN();
            assertThat(job.forecasts()).last().returns(minute(FIRST + 5), forecast -> forecast.getIssuedAt());
            Score next = job.step("a", FIRST + 6, TestingSignal.at("a", FIRST + 6));
            assertThat(next.getStatusReason()).isNull();
            assertThat(next.getYhat()).isNotNaN();
        }
    }

    @Test
    void anEventThatBecomesClearlyWorseIsToldAgainWithItsNewPeak() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, FIRST);
            Score first = job.step("a", FIRST, 120);
            Score worse = job.step("a", FIRST + 1, -TestingSignal.SPIKE);
            job.run("a", FIRST + 2, FIRST + 20);

            assertThat(worse.getAnomalyScore()).isGreaterThan(1.4 * first.getAnomalyScore());
            assertThat(job.events())
                    .extracting(Event::getState)
                    .startsWith(EventState.open, EventState.update)
                    .endsWith(EventState.close);
            assertThat(job.events().get(0).getPeakTime()).isEqualTo(minute(FIRST));
            assertThat(job.events().get(1))
                    .returns(first.getEventId(), Event::getEventId)
                    .returns(minute(FIRST), Event::getStart)
                    .returns(null, Event::getEnd)
                    .returns(minute(FIRST + 1), Event::getPeakTime)
                    .returns(worse.getAnomalyScore(), Event::getPeakScore)
                    .returns(2, Event::getPoints)
                    .returns(-1, Event::getDirection);
        }
    }
}
