package io.eddy.model;

import java.util.Arrays;

/**
 * One LSTM layer (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000, without peepholes).
 *
 * <p>Gates stand in the order input, forget, cell, output, each {@code hidden} wide. The arrays are shared by all series and
 * are never written after construction. The loop shape (four weight rows per pass, one index for all arrays) is the one that the JIT
 * vectorises; a flat array with offsets is three to four times slower.
 */
final class LstmLayer {
    /** [inputs][4 * hidden]: row k is multiplied by input k. */
    final float[][] kernel;
    /** [hidden][4 * hidden]: row k is multiplied by the previous hidden value k. */
    final float[][] recurrent;
    /** [4 * hidden]. */
    final float[] bias;
    /** [4 * hidden]: of the activation of each gate. */
    private final float[] slope;

    private final float[] offset;

    LstmLayer(float[][] kernel, float[][] recurrent, float[] bias) {
        this.kernel = kernel;
        this.recurrent = recurrent;
        this.bias = bias;
        int hidden = bias.length / 4;
        slope = new float[bias.length];
        offset = new float[bias.length];
        Arrays.fill(slope, 0.5f);
        Arrays.fill(offset, 0.5f);
        Arrays.fill(slope, 2 * hidden, 3 * hidden, 1);
        Arrays.fill(offset, 2 * hidden, 3 * hidden, 0);
    }

    /**
     * One step in place.
     *
     * @param x [inputs]
     * @param h [hidden], the hidden state: read, then replaced
     * @param c [hidden], the cell state: read, then replaced
     * @param z [4 * hidden], scratch
     */
    void step(float[] x, float[] h, float[] c, float[] z) {
        System.arraycopy(bias, 0, z, 0, bias.length);
        accumulate(kernel, x, z);
        accumulate(recurrent, h, z);
        activate(z);
        update(z, h, c);
    }

    /** z += rows^T x, with rows [x.length][z.length]. */
    static void accumulate(float[][] rows, float[] x, float[] z) {
        int k = 0;
        for (; k + 3 < rows.length; k += 4) {
            addFour(rows[k], rows[k + 1], rows[k + 2], rows[k + 3], x[k], x[k + 1], x[k + 2], x[k + 3], z);
        }
        for (; k < rows.length; k++) {
            addOne(rows[k], x[k], z);
        }
    }

    private static void addFour(
            float[] r0, float[] r1, float[] r2, float[] r3, float x0, float x1, float x2, float x3, float[] z) {
        for (int j = 0; j < z.length; j++) {
            z[j] = Math.fma(r0[j], x0, Math.fma(r1[j], x1, Math.fma(r2[j], x2, Math.fma(r3[j], x3, z[j]))));
        }
    }

    private static void addOne(float[] row, float x, float[] z) {
        for (int j = 0; j < z.length; j++) {
            z[j] = Math.fma(row[j], x, z[j]);
        }
    }

    /**
     * Sigmoid on the input, forget and output gates, tanh on the cell gate, in place, as the one formula
     * {@code slope tanh(slope z) + offset}: sigmoid has 1/2 and 1/2, tanh 1 and 0. One loop over all gates is twice as fast as one for each.
     */
    private void activate(float[] z) {
        float[] slope = this.slope;
        float[] offset = this.offset;
        for (int j = 0; j < z.length; j++) {
            z[j] = Math.fma(slope[j], Activations.tanh(slope[j] * z[j]), offset[j]);
        }
    }

    /** c = f c + i g; h = o tanh(c), in two loops: in one the JIT sees two distances between arrays and gives up. */
    private static void update(float[] z, float[] h, float[] c) {
        int hidden = h.length;
        for (int j = 0; j < hidden; j++) {
            c[j] = Math.fma(z[hidden + j], c[j], z[j] * z[2 * hidden + j]);
        }
        for (int j = 0; j < hidden; j++) {
            h[j] = Activations.tanh(c[j]);
        }
        for (int j = 0; j < hidden; j++) {
            h[j] *= z[3 * hidden + j];
        }
    }
}
