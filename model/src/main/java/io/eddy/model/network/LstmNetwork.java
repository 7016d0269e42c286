package io.eddy.model.network;

/** Stacked LSTM layers and a dense head for all horizon steps at once. */
record LstmNetwork(LstmStack stack, Dense head) implements Network {
    @Override
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        stack.step(x, h, c, z);
    }

    @Override
    public void head(float[][] h, float[][] c, float[] out, int steps) {
        head.apply(LstmStack.top(h), out);
    }

    @Override
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        stack.step(x, h, c, z, n);
    }

    @Override
    public void head(float[][][] h, float[][][] c, float[][] out, int steps, int n) {
        head.apply(LstmStack.tops(h, n), out, n);
    }
}
