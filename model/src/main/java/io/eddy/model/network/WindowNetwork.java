package io.eddy.model.network;

/**
 * A network without a recurrent state: the state holds the inputs of the last {@code span} steps, zeros before the first, and each forecast reads them
 * anew. With a bidirectional encoder a forecast costs 2 x span LSTM steps; a step that forecasts nothing costs none.
 */
record WindowNetwork(Encoder encoder, PastInputs past, int inputs, int span, Dense head) implements Network {
    /** What makes features of a window. */
    sealed interface Encoder permits Bidirectional, HiddenLayer {
        /** @param window [span * inputs], oldest first */
        float[] encode(float[] window);
    }

    @Override
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        float[] window = new float[(span + 1) * inputs];
        past.read(h, c, window);
        System.arraycopy(x, 0, window, span * inputs, inputs);
        past.write(h, c, window);
    }

    @Override
    public void head(float[][] h, float[][] c, float[] out, int steps) {
        float[] window = new float[span * inputs];
        past.read(h, c, window);
        head.apply(encoder.encode(window), out);
    }

    /** The rectified hidden layer of an MLP. */
    record HiddenLayer(Dense dense) implements Encoder {
        @Override
        public float[] encode(float[] window) {
            return dense.rectified(window);
        }
    }

    /** The last hidden state of an LSTM that reads forwards, then that of one that reads backwards. */
    record Bidirectional(LstmLayer forwards, LstmLayer backwards, int inputs, int hidden) implements Encoder {
        @Override
        public float[] encode(float[] window) {
            float[] both = new float[2 * hidden];
            System.arraycopy(last(forwards, window, false), 0, both, 0, hidden);
            System.arraycopy(last(backwards, window, true), 0, both, hidden, hidden);
            return both;
        }

        private float[] last(LstmLayer layer, float[] window, boolean reversed) {
            int span = window.length / inputs;
            float[] x = new float[inputs];
            float[] h = new float[hidden];
            float[] c = new float[hidden];
            float[] z = new float[4 * hidden];
            for (int t = 0; t < span; t++) {
                System.arraycopy(window, (reversed ? span - 1 - t : t) * inputs, x, 0, inputs);
                layer.step(x, h, c, z);
            }
            return h;
        }
    }
}
