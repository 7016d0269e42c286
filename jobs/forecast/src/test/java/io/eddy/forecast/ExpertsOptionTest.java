package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The option and the arithmetic name the experts, each by itself: neither knows the other. */
class ExpertsOptionTest {
    private static Forecaster.Options experts(String choice) {
        return new Forecaster.Options(
                24, 0, 0, 1e-4, 48, 6, 12, 0, NewWeights.CARRY, choice, Inputs.USUAL, Scoring.USUAL);
    }

    @Test
    void theOptionOffersTheExpertsThatThereAre() {
        String offered = ForecastOptions.EXPERTS
                .range()
                .replaceAll(".*some of | with commas.*", "")
                .replace(", ", ",");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> experts("none"))
                .withMessage("experts: expected lean, full or some of " + offered + ", found none");
        for (String choice : new String[] {"lean", "full", offered}) {
            assertThatNoException()
                    .isThrownBy(() -> ForecastJob.forecasterOptions(Options.of(Map.of("forecast.experts", choice))));
        }
    }
}
