package io.eddy.train;

import io.eddy.model.LstmCell;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One LSTM layer over whole sequences, forward and back through time (Werbos 1990).
 *
 * <p>Matrices stand column by column, so that the windows of a batch are neighbours: inputs [batch, inputs, steps], outputs [batch,
 * hidden, steps], the batch fastest; the gates in DL4J's order (cell, forget, output, input). What enters a step is [batch, rows]: the
 * hidden values before it, its inputs, ones for the bias, zeros up to a multiple of four. Scratch is kept from one batch to the next;
 * only the gates of all steps take room that matters, 4 * hidden * batch * steps floats.
 */
final class LstmPass {
    private static final int GATES = 4;
    /** Steps whose share of the weights' gradients is added up at once: few enough to be in the cache still. */
    private static final int STEPS_AT_ONCE = 8;

    private int batch;
    private int inputs;
    private int hidden;
    private int steps;
    private int rows;
    /** Numbers of a state: batch * hidden. */
    private int units;

    private Products products = new Products(false);

    /** [gate][steps][units], and the same step by step. */
    private float[][][] z = {};

    private LstmCell.Gates[] gates = {};
    /** [steps + 1][units]: the state before the first step, then after each. */
    private float[][] c = {};
    /** [steps][units]: tanh of c after the step. */
    private float[][] tanh = {};
    /** [steps + 1][batch, rows]: what enters each step; the last holds the last outputs alone. */
    private float[][] entering = {};
    /** [batch, rows]: the gradient of what entered a step. */
    private float[] below = {};

    private float[] dh = {};
    private float[] dc = {};
    /** [gate][rows, hidden], the same transposed, and the gradients. */
    private float[][] matrix = {};

    private float[][] transposed = {};
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
        rows = Products.padded(this.hidden + inputs + 1);
        units = batch * this.hidden;
        products = Products.of(batch, this.hidden);
        z = new float[GATES][steps][units];
        gates = new LstmCell.Gates[steps];
        Arrays.setAll(gates, t -> new LstmCell.Gates(z[3][t], z[1][t], z[0][t], z[2][t]));
        c = new float[steps + 1][units];
        tanh = new float[steps][units];
        entering = new float[steps + 1][batch * rows];
        for (float[] step : entering) {
            Arrays.fill(step, units + batch * inputs, units + batch * (inputs + 1), 1);
        }
        below = new float[batch * rows];
        dh = new float[units];
        dc = new float[units];
        matrix = new float[GATES][rows * this.hidden];
        transposed = new float[GATES][rows * this.hidden];
        gradient = new float[GATES][rows * this.hidden];
    }

    /** The states before the first step, [batch, hidden]; null: zeros. */
    void start(@Nullable INDArray output, @Nullable INDArray cell) {
        fill(output, entering[0]);
        fill(cell, c[0]);
    }

    private void fill(@Nullable INDArray from, float[] to) {
        if (from == null) {
            Arrays.fill(to, 0, units, 0);
        } else {
            ((FloatPointer) from.dup('f').data().addressPointer()).get(to, 0, units);
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
            input.getPointer((long) t * batch * inputs).get(entering[t], units, batch * inputs);
            for (int g = 0; g < GATES; g++) {
                products.multiply(batch, hidden, rows, new float[][] {entering[t]}, new float[][] {matrix[g]}, z[g][t]);
            }
            LstmCell.forward(gates[t], c[t], c[t + 1], tanh[t], entering[t + 1]);
        }
    }

    /** Puts the weights of each gate in one matrix, in the order of what enters a step. */
    private void stack(FloatPointer w, FloatPointer rw, FloatPointer biases) {
        float[] above = new float[GATES * hidden * hidden];
        float[] under = new float[GATES * hidden * inputs];
        rw.get(above);
        w.get(under);
        for (int g = 0; g < GATES; g++) {
            float[] to = matrix[g];
            for (int unit = 0; unit < hidden; unit++) {
                int column = g * hidden + unit;
                System.arraycopy(above, column * hidden, to, unit * rows, hidden);
                System.arraycopy(under, column * inputs, to, unit * rows + hidden, inputs);
                to[unit * rows + hidden + inputs] = biases.get(column);
            }
            for (int row = 0; row < rows; row++) {
                for (int unit = 0; unit < hidden; unit++) {
                    transposed[g][row * hidden + unit] = to[unit * rows + row];
                }
            }
        }
    }

    private void unstack(FloatPointer dw, FloatPointer drw, FloatPointer db) {
        float[] above = new float[GATES * hidden * hidden];
        float[] under = new float[GATES * hidden * inputs];
        for (int g = 0; g < GATES; g++) {
            float[] from = gradient[g];
            for (int unit = 0; unit < hidden; unit++) {
                int column = g * hidden + unit;
                System.arraycopy(from, unit * rows, above, column * hidden, hidden);
                System.arraycopy(from, unit * rows + hidden, under, column * inputs, inputs);
                db.put(column, from[unit * rows + hidden + inputs]);
            }
        }
        drw.put(above);
        dw.put(under);
    }

    /** Writes the outputs of all steps, [batch, hidden, steps]. */
    void output(FloatPointer to) {
        for (int t = 0; t < steps; t++) {
            to.getPointer((long) t * units).put(entering[t + 1], 0, units);
        }
    }

    /** The output after the last step, [batch, hidden]. */
    INDArray lastOutput() {
        return Nd4j.create(Arrays.copyOf(entering[steps], units), new long[] {batch, hidden}, 'f');
    }

    /** The cell state after the last step, [batch, hidden]. */
    INDArray lastCell() {
        return Nd4j.create(c[steps].clone(), new long[] {batch, hidden}, 'f');
    }

    /**
     * The gradients of the batch that was last sent forward, which is used up.
     *
     * @param epsilon the gradient of the outputs, [batch, hidden, steps]
     * @param dw replaced by the gradient of w, and likewise drw, db and dx
     */
    void backward(FloatPointer epsilon, FloatPointer dw, FloatPointer drw, FloatPointer db, FloatPointer dx) {
        Arrays.fill(dc, 0);
        Arrays.fill(below, 0);
        for (float[] gate : gradient) {
            Arrays.fill(gate, 0);
        }
        int done = steps;
        for (int t = steps - 1; t >= 0; t--) {
            epsilon.getPointer((long) t * units).get(dh, 0, units);
            sum(dh, below);
            LstmCell.backward(gates[t], c[t], tanh[t], dh, dc);
            float[][] step = {z[0][t], z[1][t], z[2][t], z[3][t]};
            products.multiply(batch, rows, hidden, step, transposed, below);
            dx.getPointer((long) t * batch * inputs).put(below, units, batch * inputs);
            if (done - t == STEPS_AT_ONCE || t == 0) {
                for (int g = 0; g < GATES; g++) {
                    products.addTransposed(rows, hidden, batch, entering, z[g], t, done, gradient[g]);
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
