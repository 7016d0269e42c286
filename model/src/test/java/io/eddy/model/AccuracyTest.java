package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
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
