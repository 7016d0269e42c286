package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

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
}
