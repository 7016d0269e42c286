package io.eddy.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
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

    /** Makes every error that is not zero larger than 1. */
    private static final float LARGE = 1e38f;

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

    int levels() {
        return levels.length;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        return slopes(labels, preOutput, mask, new float[(int) preOutput.length()]);
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        throw new UnsupportedOperationException("PinballLoss: expected computeScore, found a call for single scores");
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        return computeGradientAndScore(labels, preOutput, activation, mask, false)
                .getSecond();
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        float[] slopes = new float[(int) preOutput.length()];
        double score = slopes(labels, preOutput, mask, slopes);
        INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, preOutput.shape(), 'f');
        Floats.written(gradient).put(slopes);
        return Pair.of(score, gradient);
    }

    /** Gives the loss and fills in its slopes, [rows, columns]. */
    private double slopes(INDArray labels, INDArray preOutput, @Nullable INDArray mask, float[] slopes) {
        if (mask != null) {
            throw new IllegalArgumentException("mask: expected none (unknown targets are NaN), found one");
        }
        int rows = labels.rows();
        float[] targets = new float[(int) labels.length()];
        Floats.of(labels).get(targets);
        Floats.of(preOutput).get(slopes);
        int[][] unknown = new int[labels.columns() / levels.length][];
        for (int step = 0; step < unknown.length; step++) {
            int from = step * levels.length * rows;
            unknown[step] = unknown(targets, from, from + rows);
        }
        long known = (long) rows * unknown.length
                - Arrays.stream(unknown).mapToLong(some -> some.length).sum();
        double count = Math.max(1, known * levels.length);
        float[] values = new float[rows];
        float[] wanted = new float[rows];
        float[] level = new float[rows];
        float[] losses = new float[rows];
        for (int column = 0; column < preOutput.columns(); column++) {
            System.arraycopy(slopes, column * rows, values, 0, rows);
            System.arraycopy(targets, column * rows, wanted, 0, rows);
            for (int row : unknown[column / levels.length]) {
                wanted[row] = values[row];
            }
            Arrays.fill(level, level(column % levels.length));
            slopes(wanted, level, (float) (1 / count), values, losses);
            System.arraycopy(values, 0, slopes, column * rows, rows);
        }
        return sum(losses) / count;
    }

    float level(int number) {
        return (float) levels[number];
    }

    /** Which of the targets between two places are NaN, counted from the first. */
    static int[] unknown(float[] targets, int from, int to) {
        int count = 0;
        for (int k = from; k < to; k++) {
            count += Float.isNaN(targets[k]) ? 1 : 0;
        }
        int[] unknown = new int[count];
        for (int k = to - 1; count > 0; k--) {
            if (Float.isNaN(targets[k])) {
                unknown[--count] = k - from;
            }
        }
        return unknown;
    }

    /**
     * Replaces forecasts by the slopes of the mean loss over them, 0 at the kink, and adds each one's loss; all arrays of one length.
     *
     * <p>(1/2 - q) |sign| - sign / 2 and (q - 1/2) e + |e| / 2 are slope and loss without a branch, the sign comes from a clamp and not from a
     * comparison, and each place has a sum of its own: so the JIT can vectorise the loop.
     *
     * @param targets of each forecast; one that is the forecast itself counts nothing
     * @param levels of each forecast
     * @param unit one over the number of known targets and levels
     */
    static void slopes(float[] targets, float[] levels, float unit, float[] values, float[] losses) {
        for (int k = 0; k < values.length; k++) {
            float error = targets[k] - values[k];
            losses[k] += (levels[k] - 0.5f) * error + 0.5f * Math.abs(error);
            float sign = Math.max(-1f, Math.min(1f, error * LARGE));
            values[k] = unit * ((0.5f - levels[k]) * Math.abs(sign) - 0.5f * sign);
        }
    }

    static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public String name() {
        return "PinballLoss";
    }
}
