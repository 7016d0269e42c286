package io.eddy.train;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The dense head of every step with its loss, forward and back, a step at a time while its numbers are in the cache. Matrices stand column by
 * column, the windows of a batch as neighbours; what enters a step is [windows, rows]: the hidden values, ones for the bias, zeros up
 * to a multiple of four. Scratch is kept from one batch to the next.
 */
final class HeadPass {
    /** Steps whose share of the weights' gradients is added up at once. */
    private static final int STEPS_AT_ONCE = 8;

    private final PinballLoss loss;
    private int windows;
    private int steps;
    private int hidden;
    private int outputs;
    private int rows;
    /** Outputs, rounded up to a multiple of four. */
    private int columns;

    private Products products = new Products(false);
    /** [steps][windows, rows]. */
    private float[][] entering = {};
    /** [steps][windows, columns]: outputs, then the slopes of the loss. */
    private float[][] leaving = {};
    /** [windows, hidden]. */
    private float[] below = {};
    /** [windows, horizon, steps]. */
    private float[] labels = {};
    /** [rows, columns], the same transposed, and the gradient. */
    private float[] matrix = {};

    private float[] transposed = {};
    private float[] gradient = {};

    private float[] column = {};
    /** [windows]: the losses, added up. */
    private float[] losses = {};

    HeadPass(PinballLoss loss) {
        this.loss = loss;
    }

    /** Makes room for what enters, [windows, hidden, steps], and what leaves, [windows, outputs, steps]. */
    void size(int windows, int steps, int hidden, int outputs) {
        if (this.windows == windows && this.steps == steps && this.hidden == hidden && this.outputs == outputs) {
            return;
        }
        this.windows = windows;
        this.steps = steps;
        this.hidden = hidden;
        this.outputs = outputs;
        rows = Products.padded(hidden + 1);
        columns = Products.padded(outputs);
        products = Products.of(windows, hidden);
        entering = new float[steps][windows * rows];
        for (float[] step : entering) {
            Arrays.fill(step, windows * hidden, windows * (hidden + 1), 1);
        }
        leaving = new float[steps][windows * columns];
        below = new float[windows * hidden];
        labels = new float[windows * steps * outputs / loss.levels()];
        matrix = new float[rows * columns];
        transposed = new float[rows * columns];
        gradient = new float[rows * columns];
        column = new float[windows];
        losses = new float[windows];
    }

    /**
     * Loss and gradients of a batch.
     *
     * @param x [windows, hidden, steps]
     * @param y the targets, [windows, horizon, steps], NaN where unknown
     * @param w [hidden, outputs]
     * @param b [outputs]
     * @param dw replaced by the gradient of w, and likewise db and dx
     * @return the mean loss per known target and level
     */
    double fit(
            FloatPointer x,
            FloatPointer y,
            FloatPointer w,
            FloatPointer b,
            FloatPointer dw,
            FloatPointer db,
            FloatPointer dx) {
        stack(w, b);
        y.get(labels);
        Arrays.fill(losses, 0);
        Arrays.fill(gradient, 0);
        int horizon = outputs / loss.levels();
        PinballLoss.Targets[] targets = new PinballLoss.Targets[steps];
        Arrays.setAll(targets, t -> PinballLoss.Targets.of(labels, t * windows * horizon, windows, windows, horizon));
        double count = loss.count(targets);
        for (int t = 0, done = 0; t < steps; t++) {
            x.getPointer((long) t * windows * hidden).get(entering[t], 0, windows * hidden);
            products.multiply(windows, columns, rows, new float[][] {entering[t]}, new float[][] {matrix}, leaving[t]);
            for (int o = 0; o < outputs; o++) {
                System.arraycopy(leaving[t], o * windows, column, 0, windows);
                loss.slope(targets[t], o, count, column, losses);
                System.arraycopy(column, 0, leaving[t], o * windows, windows);
            }
            products.multiply(windows, hidden, columns, new float[][] {leaving[t]}, new float[][] {transposed}, below);
            dx.getPointer((long) t * windows * hidden).put(below, 0, windows * hidden);
            if (t + 1 - done == STEPS_AT_ONCE || t + 1 == steps) {
                products.addTransposed(rows, columns, windows, entering, leaving, done, t + 1, gradient);
                done = t + 1;
            }
        }
        unstack(dw, db);
        return PinballLoss.sum(losses) / count;
    }

    private void stack(FloatPointer w, FloatPointer b) {
        float[] weights = new float[hidden * outputs];
        w.get(weights);
        for (int o = 0; o < outputs; o++) {
            System.arraycopy(weights, o * hidden, matrix, o * rows, hidden);
            matrix[o * rows + hidden] = b.get(o);
            for (int k = 0; k < hidden; k++) {
                transposed[k * columns + o] = weights[o * hidden + k];
            }
        }
    }

    private void unstack(FloatPointer dw, FloatPointer db) {
        float[] weights = new float[hidden * outputs];
        for (int o = 0; o < outputs; o++) {
            System.arraycopy(gradient, o * rows, weights, o * hidden, hidden);
            db.put(o, gradient[o * rows + hidden]);
        }
        dw.put(weights);
    }
}
