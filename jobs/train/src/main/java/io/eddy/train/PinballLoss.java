package io.eddy.train;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
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

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        checkMask(mask);
        Targets targets = targets(Floats.of(labels), labels.rows(), labels.columns() / levels.length, levels.length);
        FloatPointer forecasts = Floats.of(preOutput);
        float[] values = new float[targets.rows];
        double sum = 0;
        for (int column = 0; column < preOutput.columns(); column++) {
            forecasts.getPointer((long) column * targets.rows).get(values);
            sum += sum(targets, column, values);
        }
        return sum / targets.count;
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
        Targets targets = targets(Floats.of(labels), labels.rows(), labels.columns() / levels.length, levels.length);
        INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, preOutput.shape(), 'f');
        FloatPointer to = Floats.of(gradient);
        FloatPointer forecasts = Floats.of(preOutput);
        float[] values = new float[targets.rows];
        for (int column = 0; column < preOutput.columns(); column++) {
            long first = (long) column * targets.rows;
            forecasts.getPointer(first).get(values);
            slope(targets, column, values);
            to.getPointer(first).put(values);
        }
        return gradient;
    }

    /**
     * The targets of a batch, once for all levels.
     *
     * @param values [horizon][rows], 0 where unknown
     * @param known [horizon][rows], 1 or 0
     * @param count known targets, counted once per level; at least 1
     */
    record Targets(int rows, float[][] values, float[][] known, double count) {}

    /**
     * Reads targets.
     *
     * @param labels [rows, horizon * repeat] column by column, NaN where unknown
     * @param repeat how often each target stands there
     */
    Targets targets(FloatPointer labels, int rows, int horizon, int repeat) {
        float[][] values = new float[horizon][rows];
        float[][] known = new float[horizon][rows];
        long sum = 0;
        for (int step = 0; step < horizon; step++) {
            labels.getPointer((long) step * repeat * rows).get(values[step]);
            for (int row = 0; row < rows; row++) {
                boolean unknown = Float.isNaN(values[step][row]);
                known[step][row] = unknown ? 0 : 1;
                values[step][row] = unknown ? 0 : values[step][row];
                sum += unknown ? 0 : 1;
            }
        }
        return new Targets(rows, values, known, Math.max(1, sum * levels.length));
    }

    /** The sum of the losses of one column of forecasts, [rows]. */
    double sum(Targets targets, int column, float[] forecasts) {
        int step = column / levels.length;
        return sum(targets.known[step], targets.values[step], forecasts, (float) levels[column % levels.length]);
    }

    /** (q - 1/2) e + |e| / 2 is the pinball loss without a branch. */
    private static double sum(float[] known, float[] targets, float[] forecasts, float level) {
        double sum = 0;
        for (int row = 0; row < forecasts.length; row++) {
            float error = targets[row] - forecasts[row];
            sum += known[row] * ((level - 0.5f) * error + 0.5f * Math.abs(error));
        }
        return sum;
    }

    /** Replaces one column of forecasts by the slope of the mean loss over them; 0 at the kink. */
    void slope(Targets targets, int column, float[] forecasts) {
        int step = column / levels.length;
        float level = (float) levels[column % levels.length];
        slope(targets.known[step], targets.values[step], level, (float) (1 / targets.count), forecasts);
    }

    /** The sign of the error comes from a clamp and not from a comparison: so the JIT can vectorise the loop. */
    private static void slope(float[] known, float[] targets, float level, float unit, float[] values) {
        for (int row = 0; row < values.length; row++) {
            float sign = Math.max(-1f, Math.min(1f, (targets[row] - values[row]) * LARGE));
            values[row] = unit * known[row] * ((0.5f - level) * Math.abs(sign) - 0.5f * sign);
        }
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
}
