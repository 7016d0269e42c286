package io.eddy.model.network;

import org.jspecify.annotations.Nullable;

/** A dense layer without an activation. */
final class Dense {
    /** [inputs][outputs]. */
    private final float[][] rows;
    /** [outputs]. */
    private final float[] bias;
    /** The matrix for several series at once; null where the JVM runs without the Vector API. */
    private final @Nullable VectorRows vectors;

    Dense(float[][] rows, float[] bias) {
        this.rows = rows;
        this.bias = bias;
        vectors = Vectors.THERE ? new VectorRows(rows) : null;
    }

    /**
     * The outputs.
     *
     * @param x [inputs]
     * @param out [outputs], replaced; where it is shorter, only the first ones are computed
     */
    void apply(float[] x, float[] out) {
        System.arraycopy(bias, 0, out, 0, Math.min(out.length, bias.length));
        LstmLayer.accumulate(rows, x, out);
    }

    /** The same for several, with out [n or more][{@link Weights#width}]. */
    void apply(float[][] x, float[][] out, int n) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(bias, 0, out[i], 0, bias.length);
        }
        if (vectors != null) {
            vectors.accumulate(x, out, n);
        } else {
            for (int i = 0; i < n; i++) {
                LstmLayer.accumulate(rows, x[i], out[i]);
            }
        }
    }

    /** The outputs, those below 0 as 0. */
    float[] rectified(float[] x) {
        float[] out = new float[bias.length];
        apply(x, out);
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.max(0, out[j]);
        }
        return out;
    }
}
