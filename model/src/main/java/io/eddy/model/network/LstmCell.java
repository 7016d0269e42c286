package io.eddy.model.network;

/**
 * The cell of an LSTM for many units at once, forward and backward, for training. All arrays have the same length, the units of a
 * batch in any order; what multiplies matrices is left to the caller.
 *
 * <p>Every loop writes one array and uses one index for all: the shape that the JIT vectorises. The step of a stream is
 * {@link Weights#step}; a test in the train job holds the two together.
 */
public final class LstmCell {
    /** Gates closer to their ends than this count as saturated: their gradient is below a fifth of its largest value. */
    private static final float SATURATED = 0.05f;

    /** The four gates of a step: first what enters them, then their activations, at last the gradients of what entered. */
    public record Gates(float[] input, float[] forget, float[] cell, float[] output) {
        /** Zeros. */
        public static Gates of(int units) {
            return new Gates(new float[units], new float[units], new float[units], new float[units]);
        }
    }

    private LstmCell() {}

    /**
     * c = f c' + i g and h = o tanh(c).
     *
     * @param gates what enters them, replaced by their activations
     * @param previous the cell state c' before the step
     * @param c replaced
     * @param tanh replaced by tanh(c)
     * @param h replaced; what is beyond the units of a longer array stays as it is
     */
    public static void forward(Gates gates, float[] previous, float[] c, float[] tanh, float[] h) {
        sigmoid(gates.input);
        sigmoid(gates.forget);
        tanh(gates.cell, gates.cell);
        sigmoid(gates.output);
        update(gates.input, gates.forget, gates.cell, previous, c);
        tanh(c, tanh);
        product(gates.output, tanh, h);
    }

    /**
     * The gradients of one step, those of the steps after it being known.
     *
     * @param gates activations, replaced by the gradients of what entered the gates
     * @param previous the cell state before the step
     * @param tanh of the cell state after it
     * @param dh the gradient of h
     * @param dc the gradient of c by way of the next step, replaced by that of {@code previous}
     */
    public static void backward(Gates gates, float[] previous, float[] tanh, float[] dh, float[] dc) {
        throughOutput(gates.output, tanh, dh, dc);
        outputGradient(gates.output, tanh, dh);
        // From here on tanh is no longer needed; its place keeps the input gate while that one is replaced.
        System.arraycopy(gates.input, 0, tanh, 0, tanh.length);
        sigmoidGradient(gates.input, gates.cell, dc);
        tanhGradient(gates.cell, tanh, dc);
        System.arraycopy(gates.forget, 0, tanh, 0, tanh.length);
        sigmoidGradient(gates.forget, previous, dc);
        product(dc, tanh, dc);
    }

    /** How many of the activations of a gate are saturated: below 0.05 or above 0.95. */
    public static long saturated(float[] gate, int from, int to) {
        long count = 0;
        for (int j = from; j < to; j++) {
            if (gate[j] < SATURATED || gate[j] > 1 - SATURATED) {
                count++;
            }
        }
        return count;
    }

    private static void sigmoid(float[] z) {
        for (int j = 0; j < z.length; j++) {
            z[j] = Activations.sigmoid(z[j]);
        }
    }

    private static void tanh(float[] z, float[] result) {
        for (int j = 0; j < z.length; j++) {
            result[j] = Activations.tanh(z[j]);
        }
    }

    private static void update(float[] i, float[] f, float[] g, float[] previous, float[] c) {
        for (int j = 0; j < c.length; j++) {
            c[j] = Math.fma(f[j], previous[j], i[j] * g[j]);
        }
    }

    private static void product(float[] a, float[] b, float[] result) {
        for (int j = 0; j < a.length; j++) {
            result[j] = a[j] * b[j];
        }
    }

    /** dc += dh o (1 - tanh^2). */
    private static void throughOutput(float[] o, float[] tanh, float[] dh, float[] dc) {
        for (int j = 0; j < dc.length; j++) {
            dc[j] = Math.fma(dh[j] * o[j], 1 - tanh[j] * tanh[j], dc[j]);
        }
    }

    /** o becomes dh tanh o (1 - o). */
    private static void outputGradient(float[] o, float[] tanh, float[] dh) {
        for (int j = 0; j < o.length; j++) {
            o[j] = dh[j] * tanh[j] * o[j] * (1 - o[j]);
        }
    }

    /** gate becomes dc factor gate (1 - gate). */
    private static void sigmoidGradient(float[] gate, float[] factor, float[] dc) {
        for (int j = 0; j < gate.length; j++) {
            gate[j] = dc[j] * factor[j] * gate[j] * (1 - gate[j]);
        }
    }

    /** gate becomes dc factor (1 - gate^2). */
    private static void tanhGradient(float[] gate, float[] factor, float[] dc) {
        for (int j = 0; j < gate.length; j++) {
            gate[j] = dc[j] * factor[j] * (1 - gate[j] * gate[j]);
        }
    }
}
