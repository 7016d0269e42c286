package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Realised;
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
}
