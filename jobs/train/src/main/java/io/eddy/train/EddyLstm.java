package io.eddy.train;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's LSTM layer with our own forward and backward pass, {@link EddyLstmHelper}; everything else of it stays DL4J's. */
final class EddyLstm extends LSTM {
    private static final long serialVersionUID = 1L;

    private final boolean lowest;

    /** @param lowest whether no layer below wants a gradient */
    EddyLstm(int inputs, int hidden, boolean lowest) {
        this.lowest = lowest;
        setNIn(inputs);
        setNOut(hidden);
        setActivationFn(new ActivationTanH());
        setGateActivationFn(new ActivationSigmoid());
        setForgetGateBiasInit(1);
        setWeightInitFn(new WeightInitXavier());
        setRnnDataFormat(RNNFormat.NCW);
        setHelperAllowFallback(false); // an error is an error
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initialize,
            DataType type) {
        HelpedLayer layer = new HelpedLayer(conf, type, lowest);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(params);
        layer.setParamTable(initializer().init(conf, params, initialize));
        layer.setConf(conf);
        return layer;
    }

    private static final class HelpedLayer extends org.deeplearning4j.nn.layers.recurrent.LSTM {
        private static final long serialVersionUID = 1L;

        HelpedLayer(NeuralNetConfiguration conf, DataType type, boolean lowest) {
            super(conf, type);
            helper = new EddyLstmHelper(lowest);
        }
    }
}
