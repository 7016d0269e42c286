package io.eddy.bench;

import io.eddy.model.network.Weights;

/** Eddy's own step, one series at a time. */
final class EddyKernel implements Kernel {
    private final Weights weights;
    /** [series][inputs]. */
    private final float[][] x;
    /** [series][layers][hidden]. */
    private final float[][][] h;
    /** [series][layers][hidden]. */
    private final float[][][] c;
    /** [4 * hidden]. */
    private final float[] z;

    EddyKernel(Weights weights, float[][] x) {
        int layers = weights.architecture().layers();
        int hidden = weights.architecture().hidden();
        this.weights = weights;
        this.x = x;
        h = new float[x.length][layers][hidden];
        c = new float[x.length][layers][hidden];
        z = new float[4 * hidden];
    }

    @Override
    public String name() {
        return "eddy";
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public void step(int first) {
        weights.step(x[first], h[first], c[first], z);
    }

    @Override
    public float[] hidden(int series) {
        return h[series][h[series].length - 1].clone();
    }
}
