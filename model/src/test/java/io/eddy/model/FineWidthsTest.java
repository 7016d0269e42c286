package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals of the full tier where errors are far smaller than the scale, and where that ends. */
class FineWidthsTest {
    private static final int HORIZON = 24;

    private final Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 0, 60_000, 1e-4, 48, 6, "full"));
    private final Memory memory = new Memory();
    private final Answer answer = new Answer(HORIZON);
    private long step;

    private void take(double y) {
        forecaster.step(memory, null, 60_000 * step++, y, answer);
    }

    private double width(int h) {
        double[] row = answer.quantiles(h);
        return row[Quantiles.UPPER_95] - row[Quantiles.LOWER_95];
    }

    /** A logistic map, and noise of a ten-thousandth of its range. */
    @Test
    void theyComeNearToErrorsOfAThousandthOfAScale() {
        Random random = new Random(1);
        double x = 0.3;
        int covered = 0;
        double widths = 0;
        for (int t = 0; t < 6000; t++) {
            x = 3.9 * x * (1 - x);
            double y = x + 1e-4 * random.nextGaussian();
            if (t >= 5000) {
                double[] row = answer.quantiles(1);
                covered += row[Quantiles.LOWER_95] <= y && y <= row[Quantiles.UPPER_95] ? 1 : 0;
                widths += width(1) / 1000;
            }
            take(y);
        }
        assertThat(covered).isGreaterThan(900);
        assertThat(widths).isLessThan(5e-3); // a scale is a hundred times as much
    }

    @Test
    void aSeriesThatWasFlatForThousandsOfStepsIsCoveredSoonAfterItMoves() {
        Random random = new Random(2);
        for (int t = 0; t < 4000; t++) {
            take(7);
            assertThat(width(1)).isPositive();
            assertThat(width(HORIZON)).isPositive();
        }
        int covered = 0;
        for (int t = 0; t < 400; t++) {
            double y = 7 + random.nextGaussian();
            double[] row = answer.quantiles(1);
            covered += t >= 200 && row[Quantiles.LOWER_95] <= y && y <= row[Quantiles.UPPER_95] ? 1 : 0;
            take(y);
        }
        assertThat(covered).isGreaterThan(160);
    }
}
