package io.eddy.model.network;

/** LSTM layers, each the input of the next. Their states are the last rows of a network's state. */
final class LstmStack {
    private final LstmLayer[] layers;
    /** The row of the state that belongs to the lowest layer. */
    private final int first;

    LstmStack(LstmLayer[] layers, int first) {
        this.layers = layers;
        this.first = first;
    }

    void step(float[] x, float[][] h, float[][] c, float[] z) {
        float[] input = x;
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer].step(input, h[first + layer], c[first + layer], z);
            input = h[first + layer];
        }
    }

    void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        float[][] input = x;
        for (int layer = 0; layer < layers.length; layer++) {
            float[][] hidden = new float[n][];
            float[][] cell = new float[n][];
            for (int i = 0; i < n; i++) {
                hidden[i] = h[i][first + layer];
                cell[i] = c[i][first + layer];
            }
            layers[layer].step(input, hidden, cell, z, n);
            input = hidden;
        }
    }

    /** The hidden state of the last layer, [hidden]. */
    static float[] top(float[][] h) {
        return h[h.length - 1];
    }

    /** The same for several series. */
    static float[][] tops(float[][][] h, int n) {
        float[][] tops = new float[n][];
        for (int i = 0; i < n; i++) {
            tops[i] = top(h[i]);
        }
        return tops;
    }
}
