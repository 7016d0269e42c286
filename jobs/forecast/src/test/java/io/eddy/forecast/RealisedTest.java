package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.eddy.Realised;
import io.eddy.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a forecast says about how its series was forecast of late. */
class RealisedTest {
    /** Its network is a random one, which has not earned a share. */
    @Test
    void aForecastNamesTheMembersOfItsMixture() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.run("a", 0, 200);
            Realised realised = job.forecasts().get(199).getRealised();

            assertThat(realised.getWeights())
                    .containsKeys("seasonal", "autoregression")
                    .doesNotContainKey("network");
            double all = realised.getWeights().values().stream()
                    .mapToDouble(weight -> weight)
                    .sum();
            assertThat(all).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void theMixtureIsTheExpertsAloneBeforeThereAreWeights() throws Exception {
        try (ForecastHarness job = ForecastHarness.fresh()) {
            job.run("a", 0, 50);
            assertThat(job.forecasts().get(49).getRealised().getWeights()).doesNotContainKey("network");
        }
    }

    @Test
    void aForecastSaysHowEarlierOnesDidInTheUnitOfTheSeries() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            List<Score> scores = job.run("a", 0, 600);
            double error = scores.subList(200, 600).stream()
                    .mapToDouble(score -> Math.abs(score.getY() - score.getYhat()))
                    .average()
                    .orElseThrow();
            assertThat(job.forecasts().get(0).getRealised())
                    .as("there was none before")
                    .isNull();
            Realised realised = job.forecasts().get(599).getRealised();
            assertThat(realised.getMae()).isCloseTo(error, withinPercentage(30));
            assertThat(realised.getSkill()).isBetween(0.01, 0.9);
            assertThat(realised.getCoverage80()).isBetween(0.7, 0.9);
            assertThat(realised.getCoverage95()).isBetween(0.9, 1.0);
            assertThat(realised.getLeads()).as("the horizon ends before them").isEmpty();
        }
    }
}
