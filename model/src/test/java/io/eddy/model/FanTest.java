package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What intervals are worth where no error tells how wide they should be. */
class FanTest {
    private static final int HORIZON = 48;
    /** Later steps than this are never judged. */
    private static final int JUDGED = 24;

    private static final int DAY = 24;

    private final Answer answer = new Answer(HORIZON);

    /** A network that says the same of each step, whatever it is given: so many scales to each end of the 95 % interval up to a step, and as many times as much beyond. */
    private static WeightsVersion saying(double beyond) {
        Architecture shape = new Architecture(Forecaster.inputs(), 4, 1, HORIZON, Quantiles.COUNT);
        List<float[][]> tensors = new ArrayList<>(TestingWeights.zeros(shape));
        float[] says = new float[HORIZON * Quantiles.COUNT];
        for (int h = 0; h < HORIZON; h++) {
            for (int q = 0; q < Quantiles.COUNT; q++) {
                says[h * Quantiles.COUNT + q] = (float) (Quantiles.normal(q) * (h < JUDGED ? 1 : beyond));
            }
        }
        tensors.set(tensors.size() - 1, new float[][] {says});
        return new WeightsVersion(1, Weights.of(shape, tensors));
    }

    /** The width of the 95 % interval so far ahead after weeks of a noisy daily wave. */
    private double width(WeightsVersion weights, int ahead) {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, DAY, 3_600_000, 1e-4, 48, 6));
        Memory memory = new Memory();
        Random random = new Random(2);
        for (int t = 0; t < 40 * DAY; t++) {
            double y = 10 * Math.sin(2 * Math.PI * t / DAY) + random.nextGaussian();
            forecaster.step(memory, weights, 3_600_000L * t, y, answer);
        }
        return answer.quantile(ahead, Quantiles.UPPER_95) - answer.quantile(ahead, Quantiles.LOWER_95);
    }

    @Test
    void ofAStepThatIsNeverJudgedTheNetworkAloneMakesNoWideInterval() {
        double usual = width(saying(1), HORIZON);
        double wide = width(saying(20), HORIZON);
        assertThat(usual).isBetween(3.92, 2 * 3.92);
        assertThat(wide).isLessThan(2 * usual);
    }
}
