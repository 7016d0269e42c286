package io.eddy.model.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
    /** The two matrices for several series at once; null where the JVM runs without the Vector API. */
    private final @Nullable VectorRows kernels;

    private final @Nullable VectorRows recurrents;

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
        kernels = Vectors.THERE ? new VectorRows(kernel) : null;
        recurrents = Vectors.THERE ? new VectorRows(recurrent) : null;
        if (Vectors.THERE) {
            VectorLayers.meet(); // for who has layers and no forecaster
        }
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
        step(bias, x, h, c, z);
    }

    /** The same with other numbers, [4 * hidden], in place of the bias. */
    void step(float[] start, float[] x, float[] h, float[] c, float[] z) {
        System.arraycopy(start, 0, z, 0, start.length);
        accumulate(kernel, x, z);
        accumulate(recurrent, h, z);
        activate(z, 0);
        update(z, h, c, 0);
    }

    /**
     * One step of several series, each in place, with the results of {@link #step(float[], float[], float[], float[])} to the last bit.
     *
     * @param x [n or more][inputs]
     * @param h [n or more][hidden]
     * @param c [n or more][hidden]
     * @param z [n or more][{@link VectorRows#width} of 4 * hidden], scratch
     */
    void step(float[][] x, float[][] h, float[][] c, float[][] z, int n) {
        step(bias, x, h, c, z, n);
    }

    /** The same with other numbers, [4 * hidden], in place of the bias. */
    void step(float[] start, float[][] x, float[][] h, float[][] c, float[][] z, int n) {
        if (kernels == null || recurrents == null) {
            for (int i = 0; i < n; i++) {
                step(start, x[i], h[i], c[i], z[i]);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(start, 0, z[i], 0, start.length);
        }
        kernels.accumulate(x, z, n);
        recurrents.accumulate(h, z, n);
        for (int i = 0; i < n; i++) {
            activate(z[i], VectorCells.activate(z[i], slope, offset));
            update(z[i], h[i], c[i], VectorCells.update(z[i], h[i], c[i]));
        }
    }

    /** z += rows^T x, with rows [x.length][columns]; z may be longer, or shorter where only the first columns are wanted. */
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
        int columns = Math.min(r0.length, z.length);
        for (int j = 0; j < columns; j++) {
            z[j] = Math.fma(r3[j], x3, Math.fma(r2[j], x2, Math.fma(r1[j], x1, Math.fma(r0[j], x0, z[j]))));
        }
    }

    private static void addOne(float[] row, float x, float[] z) {
        int columns = Math.min(row.length, z.length);
        for (int j = 0; j < columns; j++) {
            z[j] = Math.fma(row[j], x, z[j]);
        }
    }

    /**
     * Sigmoid on the input, forget and output gates, tanh on the cell gate, in place, as the one formula
     * {@code slope tanh(slope z) + offset}: sigmoid has 1/2 and 1/2, tanh 1 and 0. One loop over all gates is twice as fast as one for each.
     */
    private void activate(float[] z, int from) {
        float[] slope = this.slope;
        float[] offset = this.offset;
        for (int j = from; j < slope.length; j++) {
            z[j] = Math.fma(slope[j], Activations.tanh(slope[j] * z[j]), offset[j]);
        }
    }

    /** c = f c + i g; h = o tanh(c), in two loops: in one the JIT sees two distances between arrays and gives up. */
    private static void update(float[] z, float[] h, float[] c, int from) {
        int hidden = h.length;
        for (int j = from; j < hidden; j++) {
            c[j] = Math.fma(z[hidden + j], c[j], z[j] * z[2 * hidden + j]);
        }
        for (int j = from; j < hidden; j++) {
            h[j] = Activations.tanh(c[j]);
        }
        for (int j = from; j < hidden; j++) {
            h[j] *= z[3 * hidden + j];
        }
    }
}
