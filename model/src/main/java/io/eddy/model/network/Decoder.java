package io.eddy.model.network;

import java.util.Arrays;

/** An LSTM that unrolls the horizon; the encoder's hidden state enters every step, its part of the sum computed once. */
final class Decoder {
    /** [feed][4 * hidden] and the recurrent matrix. */
    private final LstmLayer cell;
    /** [hidden][4 * hidden] of the encoder's state. */
    private final Dense context;

    private final int hidden;

    /** @param kernel [feed + hidden][4 * hidden] */
    Decoder(float[][] kernel, float[][] recurrent, float[] bias) {
        hidden = bias.length / 4;
        int feed = kernel.length - hidden;
        cell = new LstmLayer(Arrays.copyOf(kernel, feed), recurrent, bias);
        context = new Dense(Arrays.copyOfRange(kernel, feed, kernel.length), bias);
    }

    /** The constant part of every step's gates, [4 * hidden]. */
    float[] start(float[] encoded) {
        float[] start = new float[4 * hidden];
        context.apply(encoded, start);
        return start;
    }

    /** One step of one path; h and c [hidden] are replaced. */
    void step(float[] start, float[] feed, float[] h, float[] c, float[] z) {
        cell.step(start, feed, h, c, z);
    }

    /** One step of n paths. */
    void step(float[] start, float[][] feed, float[][] h, float[][] c, float[][] z, int n) {
        cell.step(start, feed, h, c, z, n);
    }
}
