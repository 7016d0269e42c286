package io.eddy.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;
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
        INDArray error = labels.sub(preOutput);
        INDArray slope = slope(error);
        BooleanIndexing.replaceWhere(error, 0, Conditions.isNan());
        return -error.muli(slope).sumNumber().doubleValue() / known(labels);
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
        return slope(labels.sub(preOutput)).divi(known(labels));
    }

    /** Of the loss over the forecast: -q below the target, 1 - q above; 0 at the kink and where the error is NaN. */
    private INDArray slope(INDArray error) {
        INDArray row = repeated(error.columns());
        INDArray below = error.gt(0).castTo(DataType.FLOAT).muliRowVector(row);
        INDArray above = error.lt(0).castTo(DataType.FLOAT).muliRowVector(row.rsub(1));
        return above.subi(below);
    }

    /** The levels again and again, [columns]. */
    private INDArray repeated(int columns) {
        float[] row = new float[columns];
        for (int k = 0; k < columns; k++) {
            row[k] = (float) levels[k % levels.length];
        }
        return Nd4j.createFromArray(row);
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

    /** Known targets, counted once per level; at least 1. */
    private static double known(INDArray labels) {
        double unknown = labels.isNaN().castTo(DataType.FLOAT).sumNumber().doubleValue();
        return Math.max(1, labels.length() - unknown);
    }
}
