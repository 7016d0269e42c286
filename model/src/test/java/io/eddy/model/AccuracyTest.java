package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Quantiles;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccuracyTest {
    private static Answer answer(long samplesSeen, long stepMillis, double y) {
        Answer answer = new Answer(1);
        answer.samplesSeen = samplesSeen;
        answer.stepMillis = stepMillis;
        answer.steps = 1;
        answer.y = y;
        return answer;
    }

    @Test
    void onlyForecastsThatAreWrittenAreJudged() {
        Accuracy accuracy = new Accuracy(1);
        accuracy.add(answer(1, 0, 5)); // of which steps, nobody knows yet
        accuracy.add(answer(2, 60_000, 7));
        assertThat(accuracy.count()).isZero();
        accuracy.add(answer(3, 60_000, 9));
        assertThat(accuracy.count()).isEqualTo(1);
        assertThat(accuracy.metrics()).containsEntry("mae_naive", 2.0);
        accuracy.skip(1);
        accuracy.add(answer(4, 60_000, 1));
        assertThat(accuracy.count()).as("the step before never came").isEqualTo(1);
    }

    /** An answer that forecasts the next step by these quantiles, from the lowest to the highest. */
    private static Answer forecasting(double y, double seasonal, double... quantiles) {
        Answer answer = answer(2, 60_000, y);
        System.arraycopy(quantiles, 0, answer.forecast, 0, Quantiles.COUNT);
        answer.seasonalNaive[0] = seasonal;
        return answer;
    }

    /** By hand: 14 where 11 was forecast, then 20 where 14 was. */
    @Test
    void theMetricsAreThoseOfTheirDefinitions() {
        Accuracy accuracy = new Accuracy(1);
        accuracy.add(forecasting(10, 9, 6, 8, 11, 13, 16), new double[] {13});
        accuracy.add(forecasting(14, 8, 10, 12, 14, 16, 18), new double[] {Double.NaN});
        accuracy.add(forecasting(20, 0, 0, 0, 0, 0, 0));
        Map<String, Double> metrics = accuracy.metrics();
        Map<String, Double> expected = new TreeMap<>();
        expected.put("pairs", 2.0);
        expected.put("mae", (3 + 6) / 2.0);
        expected.put("mae_seasonal_naive", (5 + 12) / 2.0);
        expected.put("mae_naive", (4 + 6) / 2.0);
        expected.put("mae_autoregression", (1 + 6) / 2.0);
        for (String who : new String[] {"", "_seasonal_naive", "_naive", "_autoregression"}) {
            expected.put("mase" + who, expected.getOrDefault("mae" + who, Double.NaN) / 8.5);
        }
        expected.put("smape", 100 * (3.0 / 25 + 6.0 / 34));
        expected.put("smape_seasonal_naive", 100 * (5.0 / 23 + 12.0 / 28));
        expected.put("smape_naive", 100 * (4.0 / 24 + 6.0 / 34));
        expected.put("smape_autoregression", 100 * (1.0 / 27 + 6.0 / 34));
        double first = 0.025 * 8 + 0.1 * 6 + 0.5 * 3 + 0.9 * 1 + 0.025 * 2;
        double second = 0.025 * 10 + 0.1 * 8 + 0.5 * 6 + 0.9 * 4 + 0.975 * 2;
        expected.put("wql", 2 * (first + second) / 5 / (14 + 20));
        expected.put("wql_seasonal_naive", 17.0 / 34);
        expected.put("wql_naive", 10.0 / 34);
        expected.put("wql_autoregression", 7.0 / 34);
        expected.put("coverage_80", 0.0);
        expected.put("coverage_95", 0.5);
        assertThat(metrics.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        metrics.forEach((name, value) ->
                assertThat(value).as(name).isCloseTo(expected.getOrDefault(name, Double.NaN), within(1e-12)));
    }

    @Test
    void anActualMeetsTheForecastsThatWereMadeOfItAtEachLead() {
        WaitingForecasts waiting = new WaitingForecasts(2);
        double[] quantiles = new double[Quantiles.COUNT];
        for (int t = 0; t < 5; t++) {
            Answer answer = new Answer(2);
            answer.samplesSeen = t + 2;
            answer.stepMillis = 60_000;
            answer.steps = 2;
            answer.y = t;
            for (int h = 1; h <= 2; h++) {
                answer.forecast[Quantiles.place(h, Quantiles.MEDIAN)] = 100 * h + t + h; // of step t + h
                answer.seasonalNaive[h - 1] = -(t + h);
            }
            waiting.add(answer, new double[] {t + 1, Double.NaN});
        }
        for (int h = 1; h <= 2; h++) {
            waiting.quantiles(h, quantiles);
            assertThat(quantiles[Quantiles.MEDIAN]).isEqualTo(100 * h + 5);
            assertThat(waiting.seasonal(h)).isEqualTo(-5);
            assertThat(waiting.last(h)).isEqualTo(5 - h);
        }
        assertThat(waiting.other(1)).isEqualTo(5);
        assertThat(waiting.other(2)).isNaN();
        waiting.skip(1);
        assertThat(waiting.last(1))
                .as("no forecast was made in the step that never came")
                .isNaN();
        assertThat(waiting.last(2)).isEqualTo(4);
    }
}
