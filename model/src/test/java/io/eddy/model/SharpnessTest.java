package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** How far the mixture goes by its best experts alone. */
class SharpnessTest {
    private static final int STEPS = 3000;
    private static final int AHEAD = 24;

    /** The error of the mixture a day ahead beside that of the autoregression alone, from step 1000 on. */
    private static double besideAutoregression(double[] y) {
        TestingExperts run = new TestingExperts("lean", 0);
        int autoregression = run.experts.names().indexOf("autoregression");
        double mixture = 0;
        double alone = 0;
        for (int t = 0; t + AHEAD < y.length; t++) {
            run.take(y[t]);
            if (t >= 1000) {
                mixture += Math.abs(y[t + AHEAD] - run.out[AHEAD - 1]);
                alone += Math.abs(y[t + AHEAD] - run.experts.forecast(autoregression)[AHEAD - 1]);
            }
        }
        return mixture / alone;
    }

    private static double[] noisy(DoubleUnaryOperator level) {
        Random random = new Random(3);
        double[] y = new double[STEPS];
        for (int t = 0; t < STEPS; t++) {
            y[t] = level.applyAsDouble(t) + random.nextGaussian();
        }
        return y;
    }

    @Test
    void onNoiseAroundALevelItIsAsGoodAsTheAutoregressionThatKnowsIt() {
        assertThat(besideAutoregression(noisy(t -> 10))).isLessThan(1.012);
    }

    @Test
    void soItIsWhereTheLevelSwingsSlowly() {
        assertThat(besideAutoregression(noisy(t -> 10 * Math.sin(2 * Math.PI * t / 1440))))
                .isLessThan(1.02);
    }

    @Test
    void whereOneIsRightTheCubesGain() {
        // One errs by nothing, two by one each to the same side.
        float gain = Sharpness.gain(0, 2, new double[] {3, 1, 1}, new double[] {0, 1, 1});
        assertThat(gain).isCloseTo(2f / 5 - 2f / 29, within(1e-6f));
    }

    @Test
    void whereTwoErrToEitherSideTheCubesLose() {
        float gain = Sharpness.gain(0, 2, new double[] {3, 2}, new double[] {2, -3});
        assertThat(gain).isCloseTo(0 - (54f - 24) / 35, within(1e-6f));
    }

    @Test
    void whoSaidNothingOrWasNeverJudgedIsLeftOut() {
        double[] errors = {0, 1, 1, Double.NaN};
        float gain = Sharpness.gain(0, 2, new double[] {3, 1, 1, 5}, errors);
        assertThat(gain).isCloseTo(2f / 5 - 2f / 29, within(1e-6f));
        assertThat(Sharpness.gain(0.1f, 2, new double[4], errors)).isEqualTo(0.1f);
    }

    @Test
    void theShareGrowsWithTheGainAndIsLessWhereThereIsASeason() {
        assertThat(Sharpness.share(0, false)).isBetween(0.7, 0.8);
        assertThat(Sharpness.share(0, true)).isBetween(0.1, 0.2);
        assertThat(Sharpness.share(0.1, true)).isGreaterThan(0.9);
        assertThat(Sharpness.share(-0.1, false)).isLessThan(0.05);
    }
}
