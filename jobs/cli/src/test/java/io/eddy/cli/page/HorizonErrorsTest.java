package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.HORIZON;
import static io.eddy.cli.page.TestingRecords.forecast;
import static io.eddy.cli.page.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.Status;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HorizonErrorsTest {
    private static final double[] QUANTILES = {0, 1, 2, 3, 4};

    @Test
    void errorsAreScaledPerSeriesAndAveragedOverSeries() {
        HorizonErrors small = new HorizonErrors(1, 100);
        small.scale(2);
        small.judge(0, 3, QUANTILES, 5, Double.NaN); // error 1, last value 2
        HorizonErrors large = new HorizonErrors(1, 100);
        large.scale(100);
        large.judge(0, 302, QUANTILES, 2, Double.NaN); // error 300, last value 300
        HorizonErrors.Summary summary = HorizonErrors.summarise(List.of(small, large), 1);
        assertThat(summary.eddy()[0]).isEqualTo((0.5 + 3) / 2, within(1e-12));
        assertThat(summary.lastValue()[0]).isEqualTo((1.0 + 3) / 2, within(1e-12));
        assertThat(summary.seasonal()[0]).isNaN();
        assertThat(summary.coverage95()[0]).isEqualTo(0.5);
        assertThat(summary.pairs()).isEqualTo(2);
    }

    @Test
    void oldErrorsLoseWeight() {
        HorizonErrors errors = new HorizonErrors(1, 10);
        errors.scale(1);
        for (int i = 0; i < 200; i++) {
            errors.judge(0, 100, QUANTILES, 0, 0);
        }
        for (int i = 0; i < 60; i++) {
            errors.judge(0, 2, QUANTILES, 2, 2);
        }
        HorizonErrors.Summary summary = HorizonErrors.summarise(List.of(errors), 1);
        assertThat(summary.eddy()[0]).isLessThan(1);
        assertThat(summary.coverage80()[0]).isGreaterThan(0.99);
        assertThat(summary.pairs()).isEqualTo(260);
    }

    @Test
    void thePageHoldsForecastsAgainstTheScoresThatCameAfterThem() {
        SeriesHistory history = new SeriesHistory(new SeriesId("cpu", "value"));
        LiveErrors errors = new LiveErrors(HORIZON);
        for (int step = 0; step < 200; step++) {
            // Forecasts may be read before the scores of their step, or long after.
            double y = TestingRecords.curve(step) + (step % 4 == 0 ? 3 : 0);
            history.add(score("cpu", step, y, Status.NORMAL, 0), 400);
            errors.scored(history);
            history.add(forecast("cpu", step), 400, 8);
            errors.issued(history);
        }
        HorizonErrors.Summary summary = errors.summary();
        assertThat(summary.series()).isEqualTo(1);
        assertThat(summary.coverage95()).containsOnly(1);
        assertThat(Arrays.stream(summary.coverage80()))
                .allSatisfy(share -> assertThat(share).isEqualTo(0.75, within(0.02)));
        // Half a day ahead the last value is on the other side of the curve.
        assertThat(summary.lastValue()[11]).isGreaterThan(4 * summary.eddy()[11]);
        assertThat(summary.eddy()[11]).isEqualTo(summary.eddy()[0], within(0.02));
    }
}
