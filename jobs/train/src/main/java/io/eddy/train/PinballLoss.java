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
        float[] wanted = new float[(int) labels.length()];
        Floats.of(labels).get(wanted);
        Targets targets = Targets.of(wanted, 0, levels.length * rows, rows, labels.columns() / levels.length);
        double count = count(targets);
        Floats.of(preOutput).get(slopes);
        float[] values = new float[rows];
        float[] losses = new float[rows];
        for (int column = 0; column < preOutput.columns(); column++) {
            System.arraycopy(slopes, column * rows, values, 0, rows);
            slope(targets, column, count, values, losses);
            System.arraycopy(values, 0, slopes, column * rows, rows);
        }
        return sum(losses) / count;
    }

    /**
     * Targets, once for all levels.
     *
     * @param values [horizon][rows], 0 where unknown
     * @param known [horizon][rows], 1 or 0
     * @param count known targets
     */
    record Targets(float[][] values, float[][] known, long count) {
        /** Those from a place on, so many neighbours per step of the horizon, its steps a stride apart; NaN where unknown. */
        static Targets of(float[] labels, int first, int stride, int rows, int horizon) {
            float[][] values = new float[horizon][rows];
            float[][] known = new float[horizon][rows];
            long count = 0;
            for (int step = 0; step < horizon; step++) {
                System.arraycopy(labels, first + step * stride, values[step], 0, rows);
                count += split(values[step], known[step]);
            }
            return new Targets(values, known, count);
        }

        private static int split(float[] values, float[] known) {
            int count = 0;
            for (int row = 0; row < values.length; row++) {
                boolean unknown = Float.isNaN(values[row]);
                known[row] = unknown ? 0 : 1;
                values[row] = unknown ? 0 : values[row];
                count += unknown ? 0 : 1;
            }
            return count;
        }
    }

    /** Known targets, counted once per level; at least 1. */
    double count(Targets... targets) {
        long count = 0;
        for (Targets some : targets) {
            count += some.count;
        }
        return Math.max(1, count * levels.length);
    }

    /**
     * Replaces one column of forecasts, [rows], by the slope of the mean loss over them, 0 at the kink, and adds each one's loss.
     *
     * @param column of the outputs, quantile fastest
     * @param count see {@link #count}
     */
    void slope(Targets targets, int column, double count, float[] forecasts, float[] losses) {
        int step = column / levels.length;
        float level = (float) levels[column % levels.length];
        slope(targets.known[step], targets.values[step], level, (float) (1 / count), forecasts, losses);
    }

    /**
     * (1/2 - q) |sign| - sign / 2 and (q - 1/2) e + |e| / 2 are slope and loss without a branch, the sign comes from a clamp and not from a
     * comparison, and each row has a sum of its own: so the JIT can vectorise the loop.
     */
    private static void slope(float[] known, float[] targets, float level, float unit, float[] values, float[] losses) {
        for (int row = 0; row < values.length; row++) {
            float error = targets[row] - values[row];
            losses[row] += known[row] * ((level - 0.5f) * error + 0.5f * Math.abs(error));
            float sign = Math.max(-1f, Math.min(1f, error * LARGE));
            values[row] = unit * known[row] * ((0.5f - level) * Math.abs(sign) - 0.5f * sign);
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
