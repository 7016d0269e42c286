package io.eddy.train;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The dense head of every step with its loss, forward and back, a step at a time while its numbers are in the cache. Matrices stand column by
 * column, a column for each window; what enters a step is [rows, windows]: the hidden values, a one for the bias, zeros up to a
 * multiple of four. Outputs stand level by level here, so that each level's are those of a window's targets, which stay together. Scratch
 * is kept from one batch to the next.
 */
final class HeadPass {
    /** Windows times steps whose share of the weights' gradients is added up at once: few enough to be in the cache still. */
    private static final int AT_ONCE = 1024;

    private final PinballLoss loss;
    private int windows;
    private int steps;
    private int hidden;
    private int outputs;
    private int horizon;
    private int rows;
    /** Outputs, rounded up to what a product needs. */
    private int wide;

    /** Steps whose share of the weights' gradients is added up at once. */
    private int together = 1;

    private Products products = new Products(false);
    /** [steps at once][rows, windows]. */
    private float[][] entering = {};
    /** [steps at once][wide, windows]: outputs, then the slopes of the loss. */
    private float[][] leaving = {};
    /** [hidden, windows]: what enters a step, then its gradient. */
    private float[] step = {};
    /** [horizon, windows, steps]. */
    private float[] labels = {};
    /** [wide, windows]: the target of each output, its level, and the losses, added up. */
    private float[] wanted = {};

    private float[] levels = {};
    private float[] losses = {};
    /** [wide, rows] and its gradient. */
    private float[] matrix = {};

    private float[] gradient = {};
    /** [hidden, wide]. */
    private float[] transposed = {};

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
        horizon = outputs / loss.levels();
        together = Math.min(steps, Math.max(1, AT_ONCE / windows));
        products = Products.of(hidden, windows);
        rows = Products.columns(hidden + 1);
        wide = products.lanes(outputs);
        entering = new float[together][rows * windows];
        leaving = new float[together][wide * windows];
        step = new float[hidden * windows];
        labels = new float[horizon * windows * steps];
        wanted = new float[wide * windows];
        levels = new float[wide * windows];
        losses = new float[wide * windows];
        matrix = new float[wide * rows];
        gradient = new float[wide * rows];
        transposed = new float[hidden * wide];
        for (int w = 0; w < windows; w++) {
            for (float[] all : entering) {
                all[w * rows + hidden] = 1;
            }
            for (int o = 0; o < outputs; o++) {
                levels[w * wide + o] = loss.level(o / horizon);
            }
        }
    }

    /**
     * Loss and gradients of a batch.
     *
     * @param x [hidden, windows, steps]
     * @param y the targets, [horizon, windows, steps], NaN where unknown
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
        int[][] unknown = new int[steps][];
        Arrays.setAll(unknown, t -> PinballLoss.unknown(labels, t * horizon * windows, (t + 1) * horizon * windows));
        long known = labels.length
                - Arrays.stream(unknown).mapToLong(some -> some.length).sum();
        double count = Math.max(1, known * loss.levels());
        for (int t = 0; t < steps; t++) {
            int place = t % together;
            float[] out = leaving[place];
            x.getPointer((long) t * step.length).get(step);
            for (int window = 0; window < windows; window++) {
                System.arraycopy(step, window * hidden, entering[place], window * rows, hidden);
            }
            products.multiply(wide, windows, rows, new float[][] {matrix}, new float[][] {entering[place]}, out);
            want(t, unknown[t], out);
            PinballLoss.slopes(wanted, levels, (float) (1 / count), out, losses);
            products.multiply(hidden, windows, wide, new float[][] {transposed}, new float[][] {out}, step);
            dx.getPointer((long) t * step.length).put(step);
            if (place + 1 == together || t + 1 == steps) {
                products.addTransposed(wide, rows, windows, leaving, entering, 0, place + 1, gradient);
            }
        }
        unstack(dw, db);
        return PinballLoss.sum(losses) / count;
    }

    /** The target of each output of a step; of one that is unknown the output itself, which is no error. */
    private void want(int t, int[] unknown, float[] out) {
        for (int window = 0; window < windows; window++) {
            int from = (t * windows + window) * horizon;
            for (int to = window * wide; to < window * wide + outputs; to += horizon) {
                System.arraycopy(labels, from, wanted, to, horizon);
            }
        }
        for (int place : unknown) {
            int from = place / horizon * wide + place % horizon;
            for (int o = from; o < from + outputs; o += horizon) {
                wanted[o] = out[o];
            }
        }
    }

    /** The place of an output, level fastest, among ours. */
    private int place(int output) {
        return output % loss.levels() * horizon + output / loss.levels();
    }

    private void stack(FloatPointer w, FloatPointer b) {
        float[] weights = new float[hidden * outputs];
        w.get(weights);
        for (int o = 0; o < outputs; o++) {
            int place = place(o);
            System.arraycopy(weights, o * hidden, transposed, place * hidden, hidden);
            for (int k = 0; k < hidden; k++) {
                matrix[k * wide + place] = weights[o * hidden + k];
            }
            matrix[hidden * wide + place] = b.get(o);
        }
    }

    private void unstack(FloatPointer dw, FloatPointer db) {
        float[] weights = new float[hidden * outputs];
        for (int o = 0; o < outputs; o++) {
            int place = place(o);
            for (int k = 0; k < hidden; k++) {
                weights[o * hidden + k] = gradient[k * wide + place];
            }
            db.put(o, gradient[hidden * wide + place]);
        }
        dw.put(weights);
    }
}
