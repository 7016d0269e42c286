package io.eddy.model.network;

import java.util.List;

/** Makes the network of an architecture from its tensors. */
final class Networks {
    private final Architecture a;
    private final List<float[][]> tensors;
    private int next;

    private Networks(Architecture a, List<float[][]> tensors) {
        this.a = a;
        this.tensors = tensors;
    }

    /** @param tensors of the architecture's shapes; they are not copied */
    static Network of(Architecture a, List<float[][]> tensors) {
        Networks parts = new Networks(a, tensors);
        return switch (a.kind()) {
            case LSTM -> parts.lstm();
            case CNN_LSTM -> new ConvolutionalNetwork(parts.dense(), new PastInputs(a), a.span(), parts.lstm());
            case ENCODER_DECODER ->
                new EncoderDecoder(parts.stack(), parts.decoder(), parts.dense(), a.hidden(), a.quantiles());
            case GENERATIVE -> new Generative(parts.stack(), parts.decoder(), parts.dense(), a.hidden(), a.span());
            case BIDIRECTIONAL ->
                parts.window(new WindowNetwork.Bidirectional(parts.layer(), parts.layer(), a.inputs(), a.hidden()));
            case MLP -> parts.window(new WindowNetwork.HiddenLayer(parts.dense()));
        };
    }

    private float[][] tensor() {
        return tensors.get(next++);
    }

    private Dense dense() {
        return new Dense(tensor(), tensor()[0]);
    }

    private LstmLayer layer() {
        return new LstmLayer(tensor(), tensor(), tensor()[0]);
    }

    private LstmStack stack() {
        LstmLayer[] layers = new LstmLayer[a.layers()];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = layer();
        }
        return new LstmStack(layers, a.pastRows());
    }

    private Decoder decoder() {
        return new Decoder(tensor(), tensor(), tensor()[0]);
    }

    private LstmNetwork lstm() {
        return new LstmNetwork(stack(), dense());
    }

    private WindowNetwork window(WindowNetwork.Encoder encoder) {
        return new WindowNetwork(encoder, new PastInputs(a), a.inputs(), a.span(), dense());
    }
}
