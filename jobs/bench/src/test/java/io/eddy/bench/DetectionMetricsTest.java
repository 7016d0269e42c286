package io.eddy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionMetricsTest {
    /** Sixty rows, anomalous from 20 to 29, judged from 9 on. */
    private static LabelledSeries series() {
        long[] millis = new long[60];
        boolean[] anomalous = new boolean[60];
        Arrays.setAll(millis, i -> i);
        Arrays.fill(anomalous, 20, 30, true);
        return new LabelledSeries("x", millis, new double[1][60], anomalous, 9);
    }

    private static List<float[]> detectedAt(int... rows) {
        float[] scores = new float[60];
        for (int row : rows) {
            scores[row] = 1;
        }
        return List.of(scores);
    }

    private static double nab(int... rows) {
        return NabScore.at(List.of(series()), detectedAt(rows), NabScore.Profile.STANDARD, 0.5);
    }

    @Test
    void theBenchmarkOfNumentaGivesAllForTheFirstRowOfAWindowAndNothingForSilence() {
        assertThat(nab(20)).isCloseTo(100, within(1e-9));
        assertThat(nab()).isCloseTo(0, within(1e-9));
        assertThat(nab(5)).as("before it is judged").isCloseTo(0, within(1e-9));
        assertThat(nab(12)).as("a false row").isCloseTo(-5.5, within(1e-9));
        assertThat(nab(20, 25)).as("a window counts once").isCloseTo(100, within(1e-9));
    }

    @Test
    void rowsAreNotAdjustedAndADelayCountsOnlyWhereItIsNamed() {
        DetectionMetrics.F1 f1 = DetectionMetrics.at(List.of(series()), detectedAt(22, 40, 41), 0.5);
        assertThat(f1.point()).isCloseTo(2.0 / (10 + 1 + 2), within(1e-9));
        assertThat(f1.delayed()).isCloseTo(20.0 / (10 + 10 + 2), within(1e-9));
        assertThat(f1.event()).isCloseTo(2.0 / (1 + 1 + 1), within(1e-9));
        assertThat(DetectionMetrics.at(List.of(series()), detectedAt(28), 0.5).delayed())
                .as("found too late")
                .isZero();
    }

    @Test
    void theHighestScoreMustLieNearTheAnomaly() {
        assertThat(DetectionMetrics.located(List.of(series()), detectedAt(25))).isEqualTo(1);
    }

    private static ScoredSet scored(String set, int... rows) {
        float[] scores = detectedAt(rows).get(0);
        scores[50] = 0.5f; // a false row
        return new ScoredSet(set, "x", List.of(series()), List.of(scores), List.of(scores));
    }

    @Test
    void theThresholdForASetThatIsLeftOutComesFromTheOthers() {
        List<ScoredSet> all = List.of(scored("kpi", 20), scored("tods", 21), scored("ucr", 40));
        assertThat(LeftOut.threshold(all, "kpi")).isEqualTo(1);
        assertThat(all.get(0).at(0.5).get("f1_event")).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(all.get(0).at(LeftOut.threshold(all, "kpi")).get("f1_event")).isEqualTo(1);
    }

    @Test
    void ofTwoExpectedPointsAFactorOfTwoIsOftenMissed() {
        assertThat(CalibrationRows.poisson(2, 1, 4)).isCloseTo(0.812, within(1e-3));
        assertThat(CalibrationRows.poisson(200, 100, 400)).isCloseTo(1, within(1e-9));
        assertThat(CalibrationRows.isChance(0, 3)).isTrue();
        assertThat(CalibrationRows.isChance(0, 4)).isFalse();
        assertThat(CalibrationRows.isChance(6, 1.67)).isFalse();
        assertThat(CalibrationRows.isChance(5, 1.67)).isTrue();
    }
}
