package io.eddy.train;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.hdf5.H5E_auto2_t;
import org.bytedeco.hdf5.global.hdf5;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.layers.recurrent.LastTimeStepLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Keras model as weights: a Sequential model of 1 to 4 LSTM layers of one size and a Dense head without an activation, in HDF5 as
 * {@code model.save("model.h5")} writes it. Dropout layers are passed over. DL4J reads the file.
 */
public final class KerasModel {
    /** The largest difference from DL4J's outputs that an import may have. */
    public static final double TOLERANCE = 1e-5;

    private static final int STEPS = 200;
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

    private final MultiLayerNetwork network;
    private final Weights weights;

    private KerasModel(MultiLayerNetwork network) {
        this.network = network;
        weights = read(network);
    }

    /**
     * Reads a model.
     *
     * @throws IllegalArgumentException if the file is no Keras model, or one with other layers, activations or shapes than Eddy executes
     */
    public static KerasModel read(Path file) {
        checkSignature(file);
        Network.startLibrary();
        hdf5.H5Eset_auto2(hdf5.H5E_DEFAULT, (H5E_auto2_t) null, null); // it prints its stack besides
        try {
            return new KerasModel(KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), false));
        } catch (Exception e) { // DL4J throws what it happens to meet in a file that it does not understand
            throw new IllegalArgumentException(
                    file + ": expected a Sequential Keras model, found " + e.getMessage(), e);
        }
    }

    private static void checkSignature(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(HDF5.length);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": expected a readable file, found " + e, e);
        }
        if (!Arrays.equals(start, HDF5)) {
            String found = start.length > 1 && start[0] == 'P' && start[1] == 'K' ? "a zip file" : "another";
            throw new IllegalArgumentException(
                    file + ": expected an HDF5 file of model.save(\"model.h5\"), found " + found);
        }
    }

    /** The weights, to be used without DL4J. */
    public Weights weights() {
        return weights;
    }

    private static Weights read(MultiLayerNetwork network) {
        List<float[][]> tensors = new ArrayList<>();
        int inputs = 0;
        int hidden = 0;
        int layers = 0;
        Layer head = null;
        for (Layer layer : network.getLayers()) {
            Layer inner = layer instanceof LastTimeStepLayer last ? last.getUnderlying() : layer;
            org.deeplearning4j.nn.conf.layers.Layer conf = inner.conf().getLayer();
            String name = conf.getLayerName();
            if (conf instanceof DropoutLayer || conf instanceof LossLayer) {
                continue;
            }
            if (head != null) {
                throw new IllegalArgumentException(
                        "layer " + name + ": expected one Dense layer at the end, found more");
            }
            if (conf instanceof LSTM lstm) {
                expect(name + ": activation", ActivationTanH.class, lstm.getActivationFn());
                expect(name + ": recurrent_activation", ActivationSigmoid.class, lstm.getGateActivationFn());
                if (layers == 0) {
                    inputs = (int) lstm.getNIn();
                    hidden = (int) lstm.getNOut();
                } else if (lstm.getNOut() != hidden) {
                    throw new IllegalArgumentException(
                            name + ": expected " + hidden + " units as in the layer before, found " + lstm.getNOut());
                }
                layers++;
                tensors.add(GateOrder.fromDl4j(matrix(inner, LSTMParamInitializer.INPUT_WEIGHT_KEY)));
                tensors.add(GateOrder.fromDl4j(matrix(inner, LSTMParamInitializer.RECURRENT_WEIGHT_KEY)));
                tensors.add(GateOrder.fromDl4j(matrix(inner, LSTMParamInitializer.BIAS_KEY)));
            } else if (layers > 0 && isDense(conf)) {
                expect(name + ": activation", ActivationIdentity.class, ((FeedForwardLayer) conf).getActivationFn());
                head = inner;
            } else {
                throw new IllegalArgumentException(
                        "layer " + name + ": expected LSTM, Dropout or, after them, Dense, found "
                                + conf.getClass().getSimpleName());
            }
        }
        if (head == null) {
            throw new IllegalArgumentException("layers: expected LSTM layers and a Dense layer, found no Dense layer");
        }
        tensors.add(matrix(head, LSTMParamInitializer.INPUT_WEIGHT_KEY));
        tensors.add(
                head.paramTable().containsKey(LSTMParamInitializer.BIAS_KEY)
                        ? matrix(head, LSTMParamInitializer.BIAS_KEY)
                        : new float[1][(int) ((FeedForwardLayer) head.conf().getLayer()).getNOut()]);
        int outputs = tensors.get(tensors.size() - 1)[0].length;
        if (outputs % Quantiles.COUNT != 0) {
            throw new IllegalArgumentException("Dense units: expected horizon x " + Quantiles.COUNT
                    + " (steps ahead x the quantiles " + Arrays.toString(Quantiles.levels())
                    + ", quantile fastest), found "
                    + outputs);
        }
        return Weights.of(
                new Architecture(inputs, hidden, layers, outputs / Quantiles.COUNT, Quantiles.COUNT), tensors);
    }

    private static boolean isDense(org.deeplearning4j.nn.conf.layers.Layer conf) {
        return conf.getClass() == org.deeplearning4j.nn.conf.layers.DenseLayer.class
                || conf.getClass() == org.deeplearning4j.nn.conf.layers.OutputLayer.class
                || conf.getClass() == org.deeplearning4j.nn.conf.layers.RnnOutputLayer.class;
    }

    private static void expect(String name, Class<? extends IActivation> expected, IActivation found) {
        if (found.getClass() != expected) {
            throw new IllegalArgumentException(
                    name + ": expected " + text(expected) + ", found " + text(found.getClass()));
        }
    }

    private static String text(Class<? extends IActivation> activation) {
        return activation == ActivationIdentity.class
                ? "linear"
                : activation.getSimpleName().replace("Activation", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static float[][] matrix(Layer layer, String key) {
        INDArray param = layer.getParam(key);
        return param.reshape(-1, param.size(param.rank() - 1)).toFloatMatrix(); // a bias has one dimension
    }

    /**
     * How far the weights' outputs are from those of DL4J's network: the largest difference over 200 steps of random inputs, step by step
     * here, each time the whole sequence up to the step there.
     */
    public double largestDifference() {
        Architecture a = weights.architecture();
        Random random = new Random(1);
        float[][] inputs = new float[STEPS][a.inputs()];
        float[][] h = new float[a.stateRows()][a.hidden()];
        float[][] c = new float[a.stateRows()][a.hidden()];
        float[] z = new float[4 * a.hidden()];
        float[] out = new float[a.outputs()];
        double largest = 0;
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < a.inputs(); i++) {
                inputs[t][i] = (float) random.nextGaussian();
            }
            weights.step(inputs[t], h, c, z);
            weights.head(h, c, out);
            float[] expected = dl4j(Arrays.copyOf(inputs, t + 1), a.outputs());
            for (int k = 0; k < out.length; k++) {
                double difference = Math.abs(out[k] - expected[k]);
                largest = difference <= largest ? largest : difference; // NaN is not hidden
            }
        }
        return largest;
    }

    /** DL4J's outputs after the last of some steps, [outputs]. */
    private float[] dl4j(float[][] steps, int outputs) {
        INDArray x = Nd4j.create(steps).reshape(1, steps.length, steps[0].length);
        Layer first = network.getLayer(0);
        Layer inner = first instanceof LastTimeStepLayer last ? last.getUnderlying() : first;
        boolean timeLast = !(inner.conf().getLayer() instanceof LSTM lstm) || lstm.getRnnDataFormat() == RNNFormat.NCW;
        INDArray y = network.output(timeLast ? x.permute(0, 2, 1).dup() : x);
        INDArray rows =
                y.rank() == 3 && y.size(1) == outputs && (timeLast || y.size(2) != outputs) ? y.permute(0, 2, 1) : y;
        float[] all = rows.dup('c').data().asFloat();
        return Arrays.copyOfRange(all, all.length - outputs, all.length);
    }
}
