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
 * steps, hidden], gates [batch, 4 * hidden], all with the batch fastest, the gates in DL4J's order (cell, forget, output, input).
 * Scratch is kept from one batch to the next; only the gates of all steps take room that matters, 4 * hidden * batch * steps floats.
 */
final class LstmPass {
    private int batch;
    private int inputs;
    private int hidden;
    private int steps;
    /** inputs + hidden. */
    private int rows;
    /** Numbers of a state: batch * hidden. */
    private int units;

    /** [steps], each [units]. */
    private LstmCell.Gates[] gates = {};
    /** [steps + 1][units]: the state before the first step, then after each. */
    private float[][] c = {};

    private float[][] h = {};
    /** [steps][units]: tanh of c after the step. */
    private float[][] tanh = {};

    /** [batch, inputs, steps]. */
    private float[] x = {};

    private float[] dh = {};
    private float[] dc = {};
    private float[] fed = {};
    /** [batch, steps, hidden]: the outputs, or their gradients, of all steps. */
    private float[] all = {};

    /** [batch, 4 * hidden]. */
    private FloatPointer z = new FloatPointer(0);
    /** [batch, inputs + hidden] of every step: what enters it, the input and the state before it. */
    private FloatPointer entering = new FloatPointer(0);
    /** [batch, inputs + hidden]: the gradient of that. */
    private FloatPointer below = new FloatPointer(0);
    /** [inputs + hidden, 4 * hidden]: both matrices, one above the other; and their gradient. */
    private FloatPointer matrix = new FloatPointer(0);

    private FloatPointer gradient = new FloatPointer(0);

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
        rows = inputs + this.hidden;
        units = batch * this.hidden;
        gates = new LstmCell.Gates[steps];
        Arrays.setAll(gates, t -> LstmCell.Gates.of(units));
        c = new float[steps + 1][units];
        h = new float[steps + 1][units];
        tanh = new float[steps][units];
        dh = new float[units];
        dc = new float[units];
        fed = new float[units];
        all = new float[units * steps];
        x = new float[batch * inputs * steps];
        z = room(z, 4L * units);
        entering = room(entering, (long) batch * rows * steps);
        below = room(below, (long) batch * rows);
        matrix = room(matrix, 4L * this.hidden * rows);
        gradient = room(gradient, 4L * this.hidden * rows);
    }

    private static FloatPointer room(FloatPointer old, long floats) {
        old.close();
        return new FloatPointer(floats);
    }

    /** The states before the first step, [batch, hidden]; null: zeros. */
    void start(@Nullable INDArray output, @Nullable INDArray cell) {
        fill(output, h[0]);
        fill(cell, c[0]);
    }

    private void fill(@Nullable INDArray from, float[] to) {
        if (from == null) {
            Arrays.fill(to, 0);
        } else {
            ((FloatPointer) from.dup('f').data().addressPointer()).get(to);
        }
    }

    /**
     * All steps.
     *
     * @param w [inputs, 4 * hidden]
     * @param rw [hidden, 4 * hidden]
     * @param biases [4 * hidden]
     */
    void forward(FloatPointer input, FloatPointer w, FloatPointer rw, INDArray biases) {
        float[] bias = biases.dup().data().asFloat();
        stack(w, rw);
        input.get(x);
        for (int t = 0; t < steps; t++) {
            FloatPointer step = entering.getPointer((long) t * batch * rows);
            step.put(x, t * batch * inputs, batch * inputs);
            step.getPointer((long) batch * inputs).put(h[t]);
            Floats.multiply(false, false, batch, 4 * hidden, rows, step, matrix, 0, z);
            LstmCell.Gates gate = gates[t];
            load(0, gate.cell(), bias);
            load(1, gate.forget(), bias);
            load(2, gate.output(), bias);
            load(3, gate.input(), bias);
            LstmCell.forward(gate, c[t], c[t + 1], tanh[t], h[t + 1]);
        }
    }

    private void stack(FloatPointer w, FloatPointer rw) {
        float[] above = new float[4 * hidden * inputs];
        float[] under = new float[4 * hidden * hidden];
        w.get(above);
        rw.get(under);
        float[] both = new float[4 * hidden * rows];
        for (int column = 0; column < 4 * hidden; column++) {
            System.arraycopy(above, column * inputs, both, column * rows, inputs);
            System.arraycopy(under, column * hidden, both, column * rows + inputs, hidden);
        }
        matrix.put(both);
    }

    private void unstack(FloatPointer dw, FloatPointer drw) {
        float[] above = new float[4 * hidden * inputs];
        float[] under = new float[4 * hidden * hidden];
        float[] both = new float[4 * hidden * rows];
        gradient.get(both);
        for (int column = 0; column < 4 * hidden; column++) {
            System.arraycopy(both, column * rows, above, column * inputs, inputs);
            System.arraycopy(both, column * rows + inputs, under, column * hidden, hidden);
        }
        dw.put(above);
        drw.put(under);
    }

    private void load(int place, float[] gate, float[] bias) {
        z.getPointer((long) place * units).get(gate);
        for (int k = 0; k < hidden; k++) {
            add(gate, k * batch, (k + 1) * batch, bias[place * hidden + k]);
        }
    }

    private static void add(float[] values, int from, int to, float constant) {
        for (int j = from; j < to; j++) {
            values[j] += constant;
        }
    }

    /** Writes the outputs of all steps, [batch, steps, hidden]. */
    void output(FloatPointer to) {
        for (int t = 0; t < steps; t++) {
            for (int k = 0; k < hidden; k++) {
                System.arraycopy(h[t + 1], k * batch, all, (k * steps + t) * batch, batch);
            }
        }
        to.put(all);
    }

    /** Takes what {@link #output} would write of one step. */
    private void take(int t, float[] to) {
        for (int k = 0; k < hidden; k++) {
            System.arraycopy(all, (k * steps + t) * batch, to, k * batch, batch);
        }
    }

    /** The output after the last step, [batch, hidden]. */
    INDArray lastOutput() {
        return Nd4j.create(h[steps].clone(), new long[] {batch, hidden}, 'f');
    }

    /** The cell state after the last step, [batch, hidden]. */
    INDArray lastCell() {
        return Nd4j.create(c[steps].clone(), new long[] {batch, hidden}, 'f');
    }

    /**
     * The gradients of the batch that was last sent forward, which is used up.
     *
     * @param epsilon the gradient of the outputs, [batch, steps, hidden]
     * @param dw replaced by the gradient of w, and likewise drw, db and dx
     */
    void backward(FloatPointer epsilon, FloatPointer dw, FloatPointer drw, INDArray db, FloatPointer dx) {
        float[] bias = new float[4 * hidden];
        Arrays.fill(dc, 0);
        Arrays.fill(fed, 0);
        epsilon.get(all);
        for (int t = steps - 1; t >= 0; t--) {
            take(t, dh);
            sum(dh, fed);
            LstmCell.Gates gate = gates[t];
            LstmCell.backward(gate, c[t], tanh[t], dh, dc);
            store(0, gate.cell(), bias);
            store(1, gate.forget(), bias);
            store(2, gate.output(), bias);
            store(3, gate.input(), bias);
            FloatPointer step = entering.getPointer((long) t * batch * rows);
            Floats.multiply(true, false, rows, 4 * hidden, batch, step, z, t == steps - 1 ? 0 : 1, gradient);
            Floats.multiply(false, true, batch, rows, 4 * hidden, z, matrix, 0, below);
            below.get(x, t * batch * inputs, batch * inputs);
            below.getPointer((long) batch * inputs).get(fed);
        }
        unstack(dw, drw);
        dx.put(x);
        db.assign(Nd4j.createFromArray(bias).reshape(db.shape()));
    }

    private void store(int place, float[] gate, float[] bias) {
        z.getPointer((long) place * units).put(gate);
        for (int k = 0; k < hidden; k++) {
            bias[place * hidden + k] += sum(gate, k * batch, (k + 1) * batch);
        }
    }

    private static void sum(float[] to, float[] from) {
        for (int j = 0; j < to.length; j++) {
            to[j] += from[j];
        }
    }

    private static float sum(float[] values, int from, int to) {
        float sum = 0;
        for (int j = from; j < to; j++) {
            sum += values[j];
        }
        return sum;
    }
}
