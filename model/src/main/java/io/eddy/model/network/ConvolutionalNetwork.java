package io.eddy.model.network;

/**
 * A causal convolution, rectified, over the inputs of the last {@code span} steps, whose features are the inputs of an LSTM. Steps before the
 * first are zeros.
 *
 * @param convolution [span * inputs][filters], oldest step first
 * @param past the inputs of the last span - 1 steps
 * @param span steps
 */
record ConvolutionalNetwork(Dense convolution, PastInputs past, int span, LstmNetwork lstm) implements Network {
    private float[] features(float[] x, float[][] h, float[][] c) {
        float[] window = new float[span * x.length];
        past.read(h, c, window);
        System.arraycopy(x, 0, window, window.length - x.length, x.length);
        past.write(h, c, window);
        return convolution.rectified(window);
    }

    @Override
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        lstm.step(features(x, h, c), h, c, z);
    }

    @Override
    public void head(float[][] h, float[][] c, float[] out, int steps) {
        lstm.head(h, c, out, steps);
    }

    @Override
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        float[][] features = new float[n][];
        for (int i = 0; i < n; i++) {
            features[i] = features(x[i], h[i], c[i]);
        }
        lstm.step(features, h, c, z, n);
    }

    @Override
    public void head(float[][][] h, float[][][] c, float[][] out, int steps, int n) {
        lstm.head(h, c, out, steps, n);
    }
}
