package io.eddy.train;

import java.util.Collection;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInitConstant;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's dense output layer at every step, with the {@link PinballLoss}. A gradient step computes the outputs once instead of twice,
 * and loss and slope column by column where they stand. Labels are [batch, horizon, steps], no target repeated.
 */
final class EddyHead extends RnnOutputLayer {
    private static final long serialVersionUID = 1L;

    EddyHead(int inputs, int outputs, PinballLoss loss) {
        setNIn(inputs);
        setNOut(outputs);
        setLossFn(loss);
        setActivationFn(new ActivationIdentity());
        setWeightInitFn(new WeightInitConstant(0));
        setRnnDataFormat(RNNFormat.NCW);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initialize,
            DataType type) {
        FusedLayer layer = new FusedLayer(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        layer.setParamTable(initializer().init(conf, params, initialize));
        layer.setConf(conf);
        return layer;
    }

    private static final class FusedLayer extends org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer {
        private static final long serialVersionUID = 1L;
        /** [rows, outputs]: the outputs, then their gradients; grows to the largest batch. */
        private transient FloatPointer scratch = new FloatPointer(0);

        private double score;

        FusedLayer(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            int windows = (int) input.size(0);
            int steps = (int) input.size(2);
            int rows = windows * steps;
            INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
            int hidden = (int) weights.size(0);
            int outputs = (int) weights.size(1);
            if (scratch.capacity() < (long) rows * outputs) {
                scratch.close();
                scratch = new FloatPointer((long) rows * outputs);
            }
            FloatPointer x = Floats.of(input.permute(0, 2, 1));
            FloatPointer w = Floats.of(weights);
            Floats.multiply(false, false, rows, outputs, hidden, x, w, 0, scratch);
            INDArray bias = Objects.requireNonNull(gradientViews.get(DefaultParamInitializer.BIAS_KEY));
            lossAndSlope(rows, outputs, bias);
            INDArray gradient = Objects.requireNonNull(gradientViews.get(DefaultParamInitializer.WEIGHT_KEY));
            Floats.multiply(true, false, hidden, outputs, rows, x, scratch, 0, Floats.written(gradient));
            INDArray below = workspaces.createUninitialized(
                    ArrayType.ACTIVATION_GRAD, DataType.FLOAT, new long[] {windows, steps, hidden}, 'f');
            Floats.multiply(false, true, rows, hidden, outputs, scratch, w, 0, Floats.written(below));
            Gradient all = new DefaultGradient();
            all.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, gradient);
            all.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, bias);
            return new Pair<>(all, below.permute(0, 2, 1));
        }

        /** Replaces the outputs, still without their bias, by the gradients of the loss; the bias's is a column's sum. */
        private void lossAndSlope(int rows, int outputs, INDArray biasGradient) {
            PinballLoss loss = (PinballLoss) layerConf().getLossFn();
            int horizon = (int) labels.size(1);
            PinballLoss.Targets targets = loss.targets(Floats.of(labels.permute(0, 2, 1)), rows, horizon, 1);
            float[] bias =
                    getParam(DefaultParamInitializer.BIAS_KEY).dup().data().asFloat();
            float[] column = new float[rows];
            double sum = 0;
            for (int o = 0; o < outputs; o++) {
                FloatPointer place = scratch.getPointer((long) o * rows);
                place.get(column);
                add(column, bias[o]);
                sum += loss.sum(targets, o, column);
                loss.slope(targets, o, column);
                place.put(column);
                bias[o] = sum(column);
            }
            score = sum / targets.count();
            biasGradient.assign(Nd4j.createFromArray(bias).reshape(biasGradient.shape()));
        }

        private static void add(float[] values, float constant) {
            for (int k = 0; k < values.length; k++) {
                values[k] += constant;
            }
        }

        private static float sum(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            return (float) sum;
        }

        /** The loss that the gradients were made with; there is no regularisation. */
        @Override
        public double computeScore(double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
            return score + regularisation;
        }
    }
}
