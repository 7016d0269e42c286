package io.eddy.train;

import java.util.Collection;
import java.util.Objects;
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

/**
 * DL4J's dense output layer at every step, with the {@link PinballLoss}. A gradient step computes the outputs once instead of twice,
 * see {@link HeadPass}. Labels are [batch, horizon, steps], no target repeated.
 */
final class EddyHead extends RnnOutputLayer {
    private static final long serialVersionUID = 1L;

    private final PinballLoss loss;

    EddyHead(int inputs, int outputs, PinballLoss loss) {
        this.loss = loss;
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
        FusedLayer layer = new FusedLayer(conf, type, loss);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        layer.setParamTable(initializer().init(conf, params, initialize));
        layer.setConf(conf);
        return layer;
    }

    private static final class FusedLayer extends org.deeplearning4j.nn.layers.recurrent.RnnOutputLayer {
        private static final long serialVersionUID = 1L;

        private final transient HeadPass pass;
        private double score;

        FusedLayer(NeuralNetConfiguration conf, DataType type, PinballLoss loss) {
            super(conf, type);
            pass = new HeadPass(loss);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            int windows = (int) input.size(0);
            int steps = (int) input.size(2);
            INDArray weights = getParam(DefaultParamInitializer.WEIGHT_KEY);
            int hidden = (int) weights.size(0);
            pass.size(windows, steps, hidden, (int) weights.size(1));
            INDArray gradient = Objects.requireNonNull(gradientViews.get(DefaultParamInitializer.WEIGHT_KEY));
            INDArray bias = Objects.requireNonNull(gradientViews.get(DefaultParamInitializer.BIAS_KEY));
            INDArray below = Floats.sequences(workspaces, ArrayType.ACTIVATION_GRAD, windows, hidden, steps);
            score = pass.fit(
                    Floats.steps(input),
                    Floats.steps(labels),
                    Floats.of(weights),
                    Floats.of(getParam(DefaultParamInitializer.BIAS_KEY)),
                    Floats.written(gradient),
                    Floats.written(bias),
                    Floats.steps(below));
            Gradient all = new DefaultGradient();
            all.gradientForVariable().put(DefaultParamInitializer.WEIGHT_KEY, gradient);
            all.gradientForVariable().put(DefaultParamInitializer.BIAS_KEY, bias);
            return new Pair<>(all, below);
        }

        /** The loss that the gradients were made with; there is no regularisation. */
        @Override
        public double computeScore(double regularisation, boolean training, LayerWorkspaceMgr workspaces) {
            return score + regularisation;
        }
    }
}
