package io.eddy.bench;

import io.eddy.model.network.Weights;

/** Eddy's own step, several series at once: with the Vector API where the JVM has it. */
final class EddyBatchKernel implements Kernel {
    private static final int BATCH = 16;

    private final Weights weights;
    /** [series / BATCH][BATCH][inputs]. */
    private final float[][][] x;
    /** [series / BATCH][BATCH][layers][hidden]. */
    private final float[][][][] h;
    /** [series / BATCH][BATCH][layers][hidden]. */
    private final float[][][][] c;
    /** [BATCH][width]. */
    private final float[][] z;

    EddyBatchKernel(Weights weights, float[][] x) {
        int batches = x.length / BATCH;
        int layers = weights.architecture().layers();
        int hidden = weights.architecture().hidden();
        this.weights = weights;
        this.x = new float[batches][BATCH][];
        for (int i = 0; i < x.length; i++) {
            this.x[i / BATCH][i % BATCH] = x[i];
        }
        h = new float[batches][BATCH][layers][hidden];
        c = new float[batches][BATCH][layers][hidden];
        z = new float[BATCH][weights.width()];
    }

    @Override
    public String name() {
        return "eddy-batch-" + BATCH;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void step(int first) {
        int at = first / BATCH;
        weights.step(x[at], h[at], c[at], z, BATCH);
    }

    @Override
    public float[] hidden(int series) {
        float[][] layers = h[series / BATCH][series % BATCH];
        return layers[layers.length - 1].clone();
    }
}
