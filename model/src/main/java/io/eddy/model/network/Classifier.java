package io.eddy.model.network;

import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;

/**
 * How likely a person calls a step anomalous: a logistic output on the network's hidden state after the step, the top layer's row. Fitted to what people
 * have said of spans of series; the network itself does not know of it. Immutable.
 */
public final class Classifier {
    /** [hidden]. */
    private final float[] weights;

    private final float bias;
    private final long fittedToMillis;

    /**
     * A classifier from its numbers.
     *
     * @param weights [hidden], finite
     * @param bias finite
     * @param fittedToMillis event time of the newest step that it was fitted to, epoch milliseconds
     */
    public Classifier(float[] weights, float bias, long fittedToMillis) {
        for (float w : weights) {
            check(w);
        }
        check(bias);
        this.weights = weights.clone();
        this.bias = bias;
        this.fittedToMillis = fittedToMillis;
    }

    private static void check(float w) {
        if (!Float.isFinite(w)) {
            throw new IllegalArgumentException("classifier: expected finite numbers, found " + w);
        }
    }

    /** The same with the odds of every step multiplied by e to so much. */
    public Classifier shifted(double logOdds) {
        return new Classifier(weights, (float) (bias + logOdds), fittedToMillis);
    }

    /** Size of the hidden state that it is for. */
    public int hidden() {
        return weights.length;
    }

    /** A copy of the weights, [hidden]. */
    public float[] weights() {
        return weights.clone();
    }

    public float bias() {
        return bias;
    }

    /** Event time of the newest step that it was fitted to, epoch milliseconds: what came later may judge it. */
    public long fittedToMillis() {
        return fittedToMillis;
    }

    /**
     * The probability for one step.
     *
     * @param h [state rows][hidden], as the step has left it
     * @return 0 to 1
     */
    public double probability(float[][] h) {
        return probability(h[h.length - 1]);
    }

    /** The same for the top layer's row, [hidden]. */
    public double probability(float[] top) {
        double sum = bias;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * top[j];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(fittedToMillis);
        for (float w : weights) {
            out.writeFloat(w);
        }
        out.writeFloat(bias);
    }

    static Classifier read(DataInputStream in, int hidden) throws IOException {
        if (Long.BYTES + (hidden + 1L) * Float.BYTES > in.available()) {
            throw new EOFException();
        }
        long fittedToMillis = in.readLong();
        float[] weights = new float[hidden];
        for (int j = 0; j < hidden; j++) {
            weights[j] = in.readFloat();
        }
        return new Classifier(weights, in.readFloat(), fittedToMillis);
    }
}
