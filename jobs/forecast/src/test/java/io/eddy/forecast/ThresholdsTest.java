package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.eddy.Forecast;
import io.eddy.model.Threshold;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What forecasts say of a level that a series should not reach. */
class ThresholdsTest {
    private static final Threshold HUNDRED = Threshold.of("above 100");
    /** The last values before the wave crosses 100 on its way up lie below it. */
    private static final int RISING = 10 * TestingSignal.SEASON - 2;

    private static Forecast after(@Nullable Threshold threshold, Map<String, String> labels) throws Exception {
        try (ForecastHarness job = ForecastHarness.warning(threshold, TestingWeights.champion(1))) {
            for (int minute = 0; minute < RISING; minute++) {
                job.reading("a", minute * 60_000L, labels, TestingSignal.at("a", minute));
            }
            job.endOf(RISING - 1);
            List<Forecast> forecasts = job.forecasts();
            return forecasts.get(forecasts.size() - 1);
        }
    }

    private static Map<String, String> label(String text) {
        return Map.of("eddy.threshold", text);
    }

    @Test
    void sayWhenTheMedianReachesItAndHowLikelyThatIs() throws Exception {
        Forecast forecast = after(HUNDRED, Map.of());
        int first = 0;
        while (forecast.getSteps().get(first).getYhat() < 100) {
            first++;
        }
        assertThat(first).as("the wave crosses within the horizon").isBetween(1, 2);
        assertThat(forecast.getThresholdEtaSeconds()).isEqualTo(60.0 * (first + 1));
        assertThat(forecast.getThresholdProbability()).isBetween(0.5, 1.0);
    }

    @Test
    void aLevelFarAwayIsHardlyReached() throws Exception {
        Forecast forecast = after(Threshold.of("above 200"), Map.of());
        assertThat(forecast.getThresholdEtaSeconds()).isNull();
        assertThat(forecast.getThresholdProbability()).isCloseTo(0, offset(1e-3));
    }

    @Test
    void sayNothingWhereNoneIsConfigured() throws Exception {
        Forecast forecast = after(null, Map.of());
        assertThat(forecast.getThresholdEtaSeconds()).isNull();
        assertThat(forecast.getThresholdProbability()).isNull();
    }

    @Test
    void aLabelSetsThatOfItsSeries() throws Exception {
        assertThat(after(null, label("above 100")).getThresholdEtaSeconds())
                .isEqualTo(after(HUNDRED, Map.of()).getThresholdEtaSeconds());
        Forecast below = after(HUNDRED, label("below 200"));
        assertThat(below.getThresholdEtaSeconds()).as("it is below already").isEqualTo(60);
        assertThat(below.getThresholdProbability()).isCloseTo(1, offset(1e-3));
    }

    @Test
    void whereALabelCannotBeReadThatOfTheModelHolds() throws Exception {
        assertThat(after(HUNDRED, label("95 %")).getThresholdProbability())
                .isEqualTo(after(HUNDRED, Map.of()).getThresholdProbability());
        assertThat(after(null, label("95 %")).getThresholdProbability()).isNull();
    }
}
