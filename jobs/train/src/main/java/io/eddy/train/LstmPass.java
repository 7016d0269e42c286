package io.eddy.train;

import io.eddy.model.network.LstmCell;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One LSTM layer over whole sequences, forward and back through time (Werbos 1990).
 *
 * <p>Matrices stand column by column, a column for each window of the batch: inputs [inputs, batch, steps], outputs [hidden, batch, steps];
 * the gates in DL4J's order (cell, forget, output, input). What enters a step is [rows, batch]: the hidden values before it, its
 * inputs, a one for the bias, zeros up to a multiple of four. Scratch is kept from one batch to the next; only the gates of all steps
 * take room that matters, 4 * hidden * batch * steps floats.
 */
final class LstmPass {
    private static final int GATES = 4;
    /** Windows times steps whose share of the weights' gradients is added up at once: few enough to be in the cache still. */
    private static final int AT_ONCE = 1024;

    private int batch;
    private int inputs;
    private int hidden;
    private int steps;
    private int rows;
    /** Inputs, rounded up to what a product needs. */
    private int under;
    /** Numbers of a state: hidden * batch. */
    private int units;

    /** Steps whose share of the weights' gradients is added up at once. */
    private int together = 1;

    private Products products = new Products(false);

    /** [gate][steps][units], and the same step by step. */
    private float[][][] z = {};

    private LstmCell.Gates[] gates = {};
    /** [steps + 1][units]: the state before the first step, then after each. */
    private float[][] c = {};

    /** [steps + 1][units]: the same of the hidden values. */
    private float[][] h = {};
    /** [steps][units]: tanh of c after the step. */
    private float[][] tanh = {};
    /** [steps][rows, batch]: what enters each step. */
    private float[][] entering = {};
    /** [inputs, batch]: the inputs of a step, going back their gradient. */
    private float[] step = {};
    /** [under, batch]: the gradient as the product gives it. */
    private float[] below = {};
    /** [units]: the gradient of the outputs by way of the next step. */
    private float[] back = {};

    private float[] dh = {};
    private float[] dc = {};
    /** [gate][hidden, rows]. */
    private float[][] matrix = {};
    /** [gate][hidden, hidden] and [gate][under, hidden]: the weights of the hidden values and of the inputs, a column for each unit. */
    private float[][] recurrent = {};

    private float[][] entry = {};
    /** [gate][hidden, rows]. */
    private float[][] gradient = {};

    /** Makes room for an input [batch, inputs, steps]. */
    void size(INDArray input, long hidden) {
        boolean same =
                batch == input.size(0) && inputs == input.size(1) && this.hidden == hidden && steps == input.size(2);
        if (same) {
            return;
        }
        batch = (int) input.size(0);
        inputs = (int) input.size(1);
        steps = (int) input.size(2);
        this.hidden = (int) hidden;
        rows = Products.columns(this.hidden + inputs + 1);
        units = batch * this.hidden;
        together = Math.max(1, AT_ONCE / batch);
        products = Products.of(this.hidden, batch);
        under = products.lanes(inputs);
        z = new float[GATES][steps][units];
        gates = new LstmCell.Gates[steps];
        Arrays.setAll(gates, t -> new LstmCell.Gates(z[3][t], z[1][t], z[0][t], z[2][t]));
        c = new float[steps + 1][units];
        h = new float[steps + 1][units];
        tanh = new float[steps][units];
        entering = new float[steps][rows * batch];
        for (float[] all : entering) {
            for (int w = 0; w < batch; w++) {
                all[w * rows + this.hidden + inputs] = 1;
            }
        }
        step = new float[inputs * batch];
        below = new float[under * batch];
        back = new float[units];
        dh = new float[units];
        dc = new float[units];
        matrix = new float[GATES][rows * this.hidden];
        recurrent = new float[GATES][this.hidden * this.hidden];
        entry = new float[GATES][under * this.hidden];
        gradient = new float[GATES][rows * this.hidden];
    }

    /** The states before the first step, [batch, hidden]; null: zeros. */
    void start(@Nullable INDArray output, @Nullable INDArray cell) {
        fill(output, h[0]);
        fill(cell, c[0]);
    }

    private static void fill(@Nullable INDArray from, float[] to) {
        if (from == null) {
            Arrays.fill(to, 0);
        } else {
            Floats.of(from.permute(1, 0)).get(to);
        }
    }

    /**
     * All steps.
     *
     * @param w [inputs, 4 * hidden]
     * @param rw [hidden, 4 * hidden]
     * @param biases [4 * hidden]
     */
    void forward(FloatPointer input, FloatPointer w, FloatPointer rw, FloatPointer biases) {
        stack(w, rw, biases);
        for (int t = 0; t < steps; t++) {
            input.getPointer((long) t * step.length).get(step);
            for (int window = 0; window < batch; window++) {
                System.arraycopy(h[t], window * hidden, entering[t], window * rows, hidden);
                System.arraycopy(step, window * inputs, entering[t], window * rows + hidden, inputs);
            }
            for (int g = 0; g < GATES; g++) {
                products.multiply(hidden, batch, rows, new float[][] {matrix[g]}, new float[][] {entering[t]}, z[g][t]);
            }
            LstmCell.forward(gates[t], c[t], c[t + 1], tanh[t], h[t + 1]);
        }
    }

    /** Puts the weights of each gate in one matrix, in the order of what enters a step. */
    private void stack(FloatPointer w, FloatPointer rw, FloatPointer biases) {
        float[] hiddens = new float[GATES * hidden * hidden];
        float[] others = new float[GATES * hidden * inputs];
        rw.get(hiddens);
        w.get(others);
        for (int g = 0; g < GATES; g++) {
            float[] to = matrix[g];
            for (int unit = 0; unit < hidden; unit++) {
                int column = g * hidden + unit;
                System.arraycopy(hiddens, column * hidden, recurrent[g], unit * hidden, hidden);
                System.arraycopy(others, column * inputs, entry[g], unit * under, inputs);
                for (int row = 0; row < hidden; row++) {
                    to[row * hidden + unit] = hiddens[column * hidden + row];
                }
                for (int row = 0; row < inputs; row++) {
                    to[(hidden + row) * hidden + unit] = others[column * inputs + row];
                }
                to[(hidden + inputs) * hidden + unit] = biases.get(column);
            }
        }
    }

    private void unstack(FloatPointer dw, FloatPointer drw, FloatPointer db) {
        float[] hiddens = new float[GATES * hidden * hidden];
        float[] others = new float[GATES * hidden * inputs];
        for (int g = 0; g < GATES; g++) {
            float[] from = gradient[g];
            for (int unit = 0; unit < hidden; unit++) {
                int column = g * hidden + unit;
                for (int row = 0; row < hidden; row++) {
                    hiddens[column * hidden + row] = from[row * hidden + unit];
                }
                for (int row = 0; row < inputs; row++) {
                    others[column * inputs + row] = from[(hidden + row) * hidden + unit];
                }
                db.put(column, from[(hidden + inputs) * hidden + unit]);
            }
        }
        drw.put(hiddens);
        dw.put(others);
    }

    /** Writes the outputs of all steps, [hidden, batch, steps]. */
    void output(FloatPointer to) {
        for (int t = 0; t < steps; t++) {
            to.getPointer((long) t * units).put(h[t + 1]);
        }
    }

    /** The output after the last step, [batch, hidden]. */
    INDArray lastOutput() {
        return Floats.array(h[steps], hidden, batch).permute(1, 0);
    }

    /** The cell state after the last step, [batch, hidden]. */
    INDArray lastCell() {
        return Floats.array(c[steps], hidden, batch).permute(1, 0);
    }

    /**
     * The gradients of the batch that was last sent forward, which is used up.
     *
     * @param epsilon the gradient of the outputs, [hidden, batch, steps]
     * @param dw replaced by the gradient of w, and likewise drw and db
     * @param dx the same of the inputs; null where nobody wants it
     */
    void backward(FloatPointer epsilon, FloatPointer dw, FloatPointer drw, FloatPointer db, @Nullable FloatPointer dx) {
        Arrays.fill(dc, 0);
        Arrays.fill(back, 0);
        for (float[] gate : gradient) {
            Arrays.fill(gate, 0);
        }
        int done = steps;
        for (int t = steps - 1; t >= 0; t--) {
            epsilon.getPointer((long) t * units).get(dh);
            sum(dh, back);
            LstmCell.backward(gates[t], c[t], tanh[t], dh, dc);
            float[][] slopes = {z[0][t], z[1][t], z[2][t], z[3][t]};
            products.multiply(hidden, batch, hidden, recurrent, slopes, back);
            if (dx != null) {
                products.multiply(under, batch, hidden, entry, slopes, below);
                for (int window = 0; window < batch; window++) {
                    System.arraycopy(below, window * under, step, window * inputs, inputs);
                }
                dx.getPointer((long) t * step.length).put(step);
            }
            if (done - t == together || t == 0) {
                for (int g = 0; g < GATES; g++) {
                    products.addTransposed(hidden, rows, batch, z[g], entering, t, done, gradient[g]);
                }
                done = t;
            }
        }
        unstack(dw, drw, db);
    }

    private static void sum(float[] to, float[] from) {
        for (int j = 0; j < to.length; j++) {
            to[j] += from[j];
        }
    }
}
