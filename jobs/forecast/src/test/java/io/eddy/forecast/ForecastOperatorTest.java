package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eddy.Score;
import org.junit.jupiter.api.Test;

class ForecastOperatorTest {
    private static final long MINUTE = 60_000;

    @Test
    void stepsThatWereOpenAtTheCheckpointEndAfterARestore() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 10);
            job.reading("a", 10 * MINUTE, 100.0);
            job.reading("a", 11 * MINUTE, 101.0);
            job.reading("b", 10 * MINUTE, 200.0);

            try (ForecastHarness restored = ForecastHarness.restored(job.snapshot())) {
                restored.reading("a", 10 * MINUTE + 1, 102.0);
                restored.endOf(10);
                assertThat(restored.scores())
                        .extracting(Score::getSeries, Score::getEventTime, Score::getY)
                        .containsExactlyInAnyOrder(tuple("a", minute(10), 101.0), tuple("b", minute(10), 200.0));
                restored.endOf(11);
                assertThat(restored.scores()).hasSize(3).last().returns(101.0, Score::getY);
            }
        }
    }

    @Test
    void stepsEndInTheOrderOfTheirTimes() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.reading("late", 3 * MINUTE, 1.0);
            job.reading("early", MINUTE, 2.0);
            job.reading("late", 2 * MINUTE, 3.0);
            job.endOf(5);
            assertThat(job.scores()).extracting(Score::getY).containsExactly(2.0, 3.0, 1.0);
            job.endOf(9);
            assertThat(job.scores()).as("a step ends once").hasSize(3);
        }
    }
}
