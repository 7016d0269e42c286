package io.eddy.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The pinball loss (Koenker and Bassett 1978) of several quantiles per horizon step, as in MQ-RNN (Wen et al. 2017).
 *
 * <p>For a target y, a forecast f and the level q it is q (y - f) above the forecast and (1 - q) (f - y) below it. Score and
 * gradient are means over all known targets and levels of a batch, so their size depends neither on the batch nor on the gaps in it.
 * Labels and outputs are [rows][horizon * quantiles], quantile fastest: a target is repeated for every level, NaN where it is unknown.
 * The output layer's activation must be the identity.
 */
public final class PinballLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    /** Ascending. */
    private final double[] levels;

    /** @param levels of the quantiles, above 0, below 1 and ascending */
    public PinballLoss(double[] levels) {
        for (int q = 0; q < levels.length; q++) {
            if (!(levels[q] > (q == 0 ? 0 : levels[q - 1]) && levels[q] < 1)) {
                throw new IllegalArgumentException(
                        "levels: expected ascending numbers between 0 and 1, found " + Arrays.toString(levels));
            }
        }
        if (levels.length == 0) {
            throw new IllegalArgumentException("levels: expected at least 1, found 0");
        }
        this.levels = levels.clone();
    }

    /** The loss of one forecast at one level, in the unit of the target. */
    static double of(double level, double target, double forecast) {
        double error = target - forecast;
        return error >= 0 ? level * error : (level - 1) * error;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        checkMask(mask);
        float[] targets = rowMajor(labels);
        float[] forecasts = rowMajor(preOutput);
        double sum = 0;
        for (int k = 0; k < targets.length; k++) {
            if (!Float.isNaN(targets[k])) {
                sum += of(levels[k % levels.length], targets[k], forecasts[k]);
            }
        }
        return sum / Math.max(1, known(targets));
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        throw new UnsupportedOperationException("PinballLoss: expected computeScore, found a call for single scores");
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        checkMask(mask);
        float[] targets = rowMajor(labels);
        float[] forecasts = rowMajor(preOutput);
        int known = Math.max(1, known(targets));
        float[] gradient = new float[targets.length];
        for (int k = 0; k < targets.length; k++) {
            double level = levels[k % levels.length];
            if (targets[k] > forecasts[k]) {
                gradient[k] = (float) (-level / known);
            } else if (targets[k] < forecasts[k]) {
                gradient[k] = (float) ((1 - level) / known);
            } // 0 for an unknown target, and at the kink
        }
        return Nd4j.create(gradient, preOutput.shape(), 'c');
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "PinballLoss";
    }

    private static void checkMask(@Nullable INDArray mask) {
        if (mask != null) {
            throw new IllegalArgumentException("mask: expected none (unknown targets are NaN), found one");
        }
    }

    private static float[] rowMajor(INDArray rows) {
        return rows.dup('c').data().asFloat();
    }

    private static int known(float[] targets) {
        int count = 0;
        for (float y : targets) {
            if (!Float.isNaN(y)) {
                count++;
            }
        }
        return count;
    }
}
