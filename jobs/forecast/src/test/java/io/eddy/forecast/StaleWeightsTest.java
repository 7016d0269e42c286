package io.eddy.forecast;

import static io.eddy.forecast.ForecastHarness.WARM_UP;
import static io.eddy.forecast.ForecastHarness.minute;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Options;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What is told where the weights in use are of old data: the age alone, and no alarm is lost by it. */
class StaleWeightsTest {
    private static final Options OPTIONS = Options.of(Map.of(
            "model.stale_after", "10m",
            "score.warm_up_steps", String.valueOf(WARM_UP),
            "readings.allowed_lateness", "5m"));

    @Test
    void aNormalStepLongAfterTheNewestDataOfTheWeightsSaysSo() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            List<Score> undated = job.run("a", 0, 60);
            assertThat(undated).last().returns(Status.NORMAL, Score::getStatus);

            job.weights(TestingWeights.ofDataUpTo(2, minute(52)));
            List<Score> scores = job.run("a", 60, 70);
            assertThat(scores.subList(0, 3)).extracting(Score::getStatus).containsOnly(Status.NORMAL);
            assertThat(scores.subList(3, 10)).allSatisfy(score -> {
                assertThat(score.getStatus()).isEqualTo(Status.STALE_MODEL);
                assertThat(score.getStatusReason())
                        .isEqualTo("weights 2 were made of data up to " + minute(52)
                                + ", more than PT10M before (model.stale_after)");
                assertThat(score.getYhat()).isNotNaN();
            });
            assertThat(job.step("a", 70, TestingSignal.SPIKE)).returns(Status.ANOMALY, Score::getStatus);
            assertThat(job.run("young", 71, 72)).first().returns(Status.WARMING_UP, Score::getStatus);

            job.weights(TestingWeights.ofDataUpTo(3, minute(70)));
            assertThat(job.run("a", 72, 74)).extracting(Score::getStatus).doesNotContain(Status.STALE_MODEL);
        }
    }

    @Test
    void aCorrectionAndARestoredJobSayItToo() throws Exception {
        try (ForecastHarness job = ForecastHarness.of(OPTIONS, null)) {
            job.weights(TestingWeights.ofDataUpTo(2, minute(10)));
            Score score = job.run("a", 0, 60).get(59);
            assertThat(score.getStatus()).isEqualTo(Status.STALE_MODEL);
            job.reading("a", 59 * 60_000L + 1, score.getY());
            assertThat(job.scores())
                    .last()
                    .returns(minute(59), Score::getCorrectionOf)
                    .returns(Status.STALE_MODEL, Score::getStatus);

            OperatorSubtaskState state = job.snapshot();
            try (ForecastHarness restored = ForecastHarness.of(OPTIONS, state)) {
                assertThat(restored.run("a", 60, 61)).first().returns(Status.STALE_MODEL, Score::getStatus);
            }
        }
    }
}
