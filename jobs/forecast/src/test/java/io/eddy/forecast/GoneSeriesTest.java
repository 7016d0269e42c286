package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Score;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What is kept of a series that has not been heard of for a long time is given up. */
class GoneSeriesTest {
    private static final long MINUTE = 60_000;
    private static final int AFTER = 80;
    private static final int SILENT_AFTER = 5;

    private static ForecastHarness job(OperatorSubtaskState... state) throws Exception {
        return ForecastHarness.listening(
                SILENT_AFTER, new GoneSeries(AFTER * MINUTE, MINUTE), List.of(), state.length == 0 ? null : state[0]);
    }

    @Test
    void aSeriesThatIsGoneLeavesNothingAndNoOpenEvent() throws Exception {
        try (ForecastHarness job = job()) {
            job.run("gone", 0, 60);
            for (int minute = 0; minute < 60 + AFTER - 1; minute++) {
                job.step("here", minute, TestingSignal.at("here", minute));
            }
            assertThat(job.stateEntries()).isEqualTo(2);
            assertThat(job.events()).singleElement().returns(EventState.open, Event::getState);

            job.run("here", 60 + AFTER - 1, 60 + AFTER + AFTER / 8 + 1);
            assertThat(job.stateEntries()).isEqualTo(1);
            assertThat(job.events())
                    .hasSize(2)
                    .last()
                    .returns(EventState.close, Event::getState)
                    .returns(EventKind.missing, Event::getKind)
                    .returns("gone", Event::getSeries)
                    .returns(job.events().get(0).getEventId(), Event::getEventId);

            Score back = job.step("gone", 400, 100);
            assertThat(back.getNSamplesSeen()).isEqualTo(1);
        }
    }

    @Test
    void itIsFoundAfterARestoreToo() throws Exception {
        OperatorSubtaskState state;
        try (ForecastHarness job = job()) {
            job.run("gone", 0, 60);
            job.end(); // as a savepoint that drains does
            assertThat(job.stateEntries()).isEqualTo(1);
            state = job.snapshot();
        }
        try (ForecastHarness job = job(state)) {
            job.run("here", 60 + AFTER, 60 + AFTER + 2);
            assertThat(job.stateEntries()).isEqualTo(1);
            assertThat(List.copyOf(job.scores()))
                    .allMatch(score -> !score.getSeries().equals("gone") || "silence".equals(score.getAttribution()));
        }
    }
}
