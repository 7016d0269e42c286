package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Forecast;
import io.eddy.Score;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator of the job looks at nothing that comes later: of the first k steps it says the same, whatever follows. */
class PrefixTest {
    private static final int STEPS = 130;

    private static final double NOTHING = Double.POSITIVE_INFINITY;

    /** A value by step; {@link #NOTHING} where no reading comes. */
    private interface Signal {
        double at(int step);
    }

    /** As text, which has every digit. */
    private record Said(List<String> scores, List<String> forecasts) {}

    private static double usual(int step) {
        return step == 50 ? TestingSignal.SPIKE : TestingSignal.at("a", step);
    }

    /** Runs so many steps to the end of the input; the result is all that was said of the first k, less the time at which it was. */
    private static Said said(Signal signal, int steps, int k) throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            for (int step = 0; step < steps; step++) {
                double value = signal.at(step);
                long millis = ForecastHarness.minute(step).toEpochMilli();
                if (value != NOTHING) {
                    job.reading("a", millis, value);
                }
                job.reading("b", millis, TestingSignal.at("b", step));
                job.endOf(step);
            }
            job.end();
            Instant before = ForecastHarness.minute(k);
            return new Said(
                    job.scores().stream()
                            .filter(score -> score.getEventTime().isBefore(before))
                            .map(score -> Score.newBuilder(score)
                                    .setProcessingTime(Instant.EPOCH)
                                    .build()
                                    .toString())
                            .toList(),
                    job.forecasts().stream()
                            .filter(forecast -> forecast.getIssuedAt().isBefore(before))
                            .map(Forecast::toString)
                            .toList());
        }
    }

    @Test
    void whatComesLaterChangesNothing() throws Exception {
        for (int k : new int[] {30, 55, 100}) {
            Said prefix = said(PrefixTest::usual, k, k);
            assertThat(prefix.scores).hasSize(2 * k);
            assertThat(prefix.forecasts).hasSize(2 * k);
            assertThat(said(PrefixTest::usual, STEPS, k)).isEqualTo(prefix);
            assertThat(said(step -> step < k ? usual(step) : usual(step) + 1e6, STEPS, k))
                    .isEqualTo(prefix);
            assertThat(said(step -> step < k ? usual(step) : Double.NaN, STEPS, k))
                    .isEqualTo(prefix);
            assertThat(said(step -> step < k ? usual(step) : NOTHING, STEPS, k)).isEqualTo(prefix);
        }
    }
}
