package io.eddy.model.network;

/**
 * The arithmetic of one kind of network. All that it remembers of a series is in the state, two arrays [{@link Architecture#stateRows}][hidden]; its
 * weights are shared and never change.
 */
sealed interface Network permits LstmNetwork, ConvolutionalNetwork, EncoderDecoder, Generative, WindowNetwork {
    /**
     * Takes the inputs of one step into the state.
     *
     * @param x [inputs]
     * @param h [rows][hidden], replaced
     * @param c [rows][hidden], replaced
     * @param z [4 * hidden], scratch
     */
    void step(float[] x, float[][] h, float[][] c, float[] z);

    /**
     * The forecast from a state.
     *
     * @param out [steps * quantiles or longer], replaced
     * @param steps of the horizon that are wanted
     */
    void head(float[][] h, float[][] c, float[] out, int steps);

    /** {@link #step(float[], float[][], float[][], float[])} for n series, with z [n][{@link Weights#width}]. */
    default void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        for (int i = 0; i < n; i++) {
            step(x[i], h[i], c[i], z[i]);
        }
    }

    /** {@link #head(float[][], float[][], float[], int)} for n series, with out [n][{@link Weights#width}]. */
    default void head(float[][][] h, float[][][] c, float[][] out, int steps, int n) {
        for (int i = 0; i < n; i++) {
            head(h[i], c[i], out[i], steps);
        }
    }
}
