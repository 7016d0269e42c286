package io.eddy.train;

import io.eddy.model.network.Architecture;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's layers for each kind of network, the lowest first, the head last. */
final class Layers {
    private final Architecture a;
    /** DL4J's own LSTM layers and head, to compare with. */
    private final boolean plain;

    private final double dropout;

    private Layers(Architecture architecture, boolean plain, double dropout) {
        a = architecture;
        this.plain = plain;
        this.dropout = dropout;
    }

    /**
     * The whole network.
     *
     * @param dropout share of the values between stacked LSTM layers that are left out in training
     * @param gradientNorm that each layer's gradient is clipped to
     */
    static MultiLayerConfiguration of(
            Architecture architecture,
            boolean plain,
            double dropout,
            double learningRate,
            double gradientNorm,
            long seed) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .miniBatch(false) // the loss is a mean already
                .updater(new Adam(learningRate))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(gradientNorm)
                .list();
        new Layers(architecture, plain, dropout).add(list);
        return list.build();
    }

    private void add(NeuralNetConfiguration.ListBuilder list) {
        switch (a.kind()) {
            case LSTM -> addStack(list);
            case CNN_LSTM -> {
                list.layer(convolution());
                addStack(list);
            }
            case ENCODER_DECODER, GENERATIVE -> {
                addStack(list);
                list.inputPreProcessor(a.layers(), new Unroll(a.inputsOf(a.layers()), a.horizon()));
                list.layer(cell(a.inputsOf(a.layers()), false));
            }
            case BIDIRECTIONAL -> {
                list.layer(new Bidirectional(Bidirectional.Mode.CONCAT, cell(a.inputs(), false)));
                list.inputPreProcessor(1, new Ends(a.hidden(), a.span()));
            }
            case MLP ->
                list.layer(new DenseLayer.Builder()
                        .nIn(a.span() * a.inputs())
                        .nOut(a.hidden())
                        .activation(Activation.RELU)
                        .weightInit(WeightInit.RELU)
                        .build());
        }
        list.layer(head());
    }

    private void addStack(NeuralNetConfiguration.ListBuilder list) {
        for (int layer = 0; layer < a.layers(); layer++) {
            LSTM lstm = cell(a.inputsOf(layer), layer == 0 && a.kind() != Architecture.Kind.CNN_LSTM);
            if (layer > 0 && dropout > 0) {
                lstm.setIDropout(new Dropout(1 - dropout)); // DL4J's number is the share that is kept
            }
            list.layer(lstm);
        }
    }

    /** @param lowest whether no layer below wants a gradient */
    private LSTM cell(int inputs, boolean lowest) {
        if (!plain) {
            return new EddyLstm(inputs, a.hidden(), lowest);
        }
        return new LSTM.Builder()
                .nIn(inputs)
                .nOut(a.hidden())
                .activation(Activation.TANH)
                .gateActivationFunction(Activation.SIGMOID)
                .forgetGateBiasInit(1)
                .weightInit(WeightInit.XAVIER)
                .build();
    }

    /** Sets the step size of the layers within a layer, which DL4J passes over. */
    static void learningRate(Layer layer, double rate) {
        if (layer instanceof Bidirectional both) {
            for (Layer direction : List.of(both.getFwd(), both.getBwd())) {
                direction.getUpdaterByParam(LSTMParamInitializer.BIAS_KEY).setLrAndSchedule(rate, null);
            }
        }
    }

    private Convolution1DLayer convolution() {
        return new Convolution1DLayer.Builder()
                .kernelSize(a.span())
                .convolutionMode(ConvolutionMode.Causal)
                .rnnDataFormat(RNNFormat.NCW)
                .nIn(a.inputs())
                .nOut(a.inputsOf(0))
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU)
                .build();
    }

    private Layer head() {
        PinballLoss loss = new PinballLoss(a.levels());
        boolean window = a.kind() == Architecture.Kind.BIDIRECTIONAL || a.kind() == Architecture.Kind.MLP;
        if (window) {
            return new OutputLayer.Builder(loss)
                    .nIn(a.kind() == Architecture.Kind.MLP ? a.hidden() : 2 * a.hidden())
                    .nOut(a.headWidth())
                    .activation(Activation.IDENTITY)
                    .weightInit(WeightInit.ZERO)
                    .build();
        }
        return plain
                ? new RnnOutputLayer.Builder(loss)
                        .nIn(a.hidden())
                        .nOut(a.headWidth())
                        .activation(Activation.IDENTITY)
                        .weightInit(WeightInit.ZERO)
                        .build()
                : new EddyHead(a.hidden(), a.headWidth(), loss);
    }
}
