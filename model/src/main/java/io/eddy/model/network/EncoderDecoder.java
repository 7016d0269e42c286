package io.eddy.model.network;

/**
 * Sequence to sequence: the encoder steps once per reading; each forecast unrolls the horizon, as far as it is wanted, by a decoder that knows the
 * encoder's hidden state and the position. A forecast of n steps costs n LSTM steps more than a step.
 *
 * @param head [hidden][quantiles], of one horizon step
 */
record EncoderDecoder(LstmStack encoder, Decoder decoder, Dense head, int hidden, int quantiles) implements Network {
    @Override
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        encoder.step(x, h, c, z);
    }

    @Override
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        encoder.step(x, h, c, z, n);
    }

    @Override
    public void head(float[][] h, float[][] c, float[] out, int steps) {
        float[] start = decoder.start(LstmStack.top(h));
        float[] hidden = new float[this.hidden];
        float[] cell = new float[this.hidden];
        float[] z = new float[4 * this.hidden];
        float[] feed = new float[Feed.width(Architecture.Kind.ENCODER_DECODER)];
        float[] row = new float[quantiles];
        for (int step = 0; step < steps; step++) {
            feed[0] = Feed.position(step + 1);
            decoder.step(start, feed, hidden, cell, z);
            head.apply(hidden, row);
            System.arraycopy(row, 0, out, step * quantiles, quantiles);
        }
    }
}
