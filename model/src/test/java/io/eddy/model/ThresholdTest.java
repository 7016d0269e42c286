package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThresholdTest {
    private static final double[] ROW = {-20, -10, 0, 10, 30};
    private static final double[] RISING = {0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8};

    @ParameterizedTest
    @CsvSource({"0, 0.5", "-10, 0.1", "-20, 0.025", "30, 0.975", "5, 0.7", "20, 0.9375", "-15, 0.0625"})
    void isLinearBetweenTheQuantiles(double value, double expected) {
        assertThat(Threshold.below(ROW, value)).isCloseTo(expected, offset(1e-12));
    }

    @Test
    void theTailsFallToNothing() {
        // From 10 to 30 the upper tail falls from 0.1 to 0.025, a quarter; so 20 further on it is a quarter of that.
        assertThat(Threshold.below(ROW, 50)).isCloseTo(1 - 0.025 / 4, offset(1e-12));
        assertThat(Threshold.below(ROW, -30)).isCloseTo(0.025 / 4, offset(1e-12));
        assertThat(Threshold.below(ROW, 1e6)).isEqualTo(1);
        assertThat(Threshold.below(ROW, -1e6)).isZero();
    }

    @Test
    void aForecastWithoutWidthReachesOrDoesNot() {
        double[] certain = {7, 7, 7, 7, 7};
        assertThat(Threshold.below(certain, 6.9)).isZero();
        assertThat(Threshold.below(certain, 7.1)).isEqualTo(1);
        assertThat(Threshold.below(certain, 7)).isBetween(0.0, 1.0);
    }

    @Test
    void theFirstStepIsThatOfTheMedian() {
        assertThat(Threshold.of("above 4").firstStep(RISING)).isEqualTo(2);
        assertThat(Threshold.of("above 1").firstStep(RISING)).isEqualTo(1);
        assertThat(Threshold.of("above 6.5").firstStep(RISING)).isZero();
        assertThat(Threshold.of("below 1").firstStep(RISING)).isZero();
        assertThat(Threshold.of("below 2").firstStep(RISING)).isEqualTo(1);
    }

    @Test
    void withoutPathsItIsTheLikeliestStep() {
        assertThat(Threshold.of("above 6").probability(RISING, null)).isCloseTo(0.5, offset(1e-12));
        assertThat(Threshold.of("below 1").probability(RISING, null)).isCloseTo(0.1, offset(1e-12));
    }

    @Test
    void pathsThatGoTogetherReachItTogetherAndOthersAdd() {
        double[] flat = {-2, -1, 0, 1, 2, -2, -1, 0, 1, 2};
        Threshold threshold = Threshold.of("above 0");
        float[][] together = {{1, 2, 3, 4}, {10, 20, 30, 40}};
        float[][] opposed = {{1, 2, 3, 4}, {40, 30, 20, 10}};
        assertThat(threshold.probability(flat, together)).isEqualTo(0.5);
        assertThat(threshold.probability(flat, opposed)).isEqualTo(1);
        assertThat(Threshold.of("below 0").probability(flat, opposed)).isEqualTo(1);
        assertThat(Threshold.of("below -1").probability(flat, opposed))
                .as("0.1 of four paths is none, yet one step has it")
                .isCloseTo(0.1, offset(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"''", "95", "above", "above x", "over 3", "below 1e", "above NaN"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Threshold.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threshold: expected above or below and a number, found " + text);
    }
}
