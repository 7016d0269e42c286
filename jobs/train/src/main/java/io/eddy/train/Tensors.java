package io.eddy.train;

import io.eddy.model.network.Architecture;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The parameters of DL4J's layers in the order and shape of {@link io.eddy.model.network.Weights#tensors}. */
final class Tensors {
    private static final String W = LSTMParamInitializer.INPUT_WEIGHT_KEY;
    private static final String RW = LSTMParamInitializer.RECURRENT_WEIGHT_KEY;
    private static final String B = LSTMParamInitializer.BIAS_KEY;

    /** How a parameter is laid out in DL4J. */
    private enum Layout {
        PLAIN,
        GATES,
        /** Called [filters, inputs, span, 1], but read as span x inputs x filters, the filter fastest. {@code ArchitecturesTest} proves it. */
        CONVOLUTION
    }

    private record Place(int layer, String key, Layout layout) {}

    private final MultiLayerNetwork network;
    private final List<Place> places = new ArrayList<>();

    Tensors(MultiLayerNetwork network, Architecture a) {
        this.network = network;
        int layer = 0;
        if (a.kind() == Architecture.Kind.CNN_LSTM || a.kind() == Architecture.Kind.MLP) {
            boolean convolution = a.kind() == Architecture.Kind.CNN_LSTM;
            places.add(new Place(layer, W, convolution ? Layout.CONVOLUTION : Layout.PLAIN));
            places.add(new Place(layer, B, Layout.PLAIN));
            layer++;
        }
        if (a.kind() == Architecture.Kind.BIDIRECTIONAL) {
            addCell(layer, "f");
            addCell(layer++, "b");
        } else {
            for (int cell = 0; cell < a.cells(); cell++) {
                addCell(layer++, "");
            }
        }
        places.add(new Place(layer, W, Layout.PLAIN));
        places.add(new Place(layer, B, Layout.PLAIN));
    }

    private void addCell(int layer, String prefix) {
        for (String key : List.of(W, RW, B)) {
            places.add(new Place(layer, prefix + key, Layout.GATES));
        }
    }

    /** Copies. */
    List<float[][]> read() {
        List<float[][]> tensors = new ArrayList<>();
        for (Place place : places) {
            INDArray param = param(place);
            tensors.add(
                    switch (place.layout) {
                        case PLAIN -> matrix(param);
                        case GATES -> GateOrder.fromDl4j(matrix(param));
                        case CONVOLUTION -> param.reshape(-1, param.size(0)).toFloatMatrix();
                    });
        }
        return tensors;
    }

    void write(List<float[][]> tensors) {
        for (int k = 0; k < places.size(); k++) {
            Place place = places.get(k);
            float[][] rows = tensors.get(k);
            INDArray param = param(place);
            switch (place.layout) {
                case PLAIN, CONVOLUTION -> param.assign(Nd4j.create(rows).reshape(param.shape()));
                case GATES -> param.assign(Nd4j.create(GateOrder.toDl4j(rows)).reshape(param.shape()));
            }
        }
    }

    private INDArray param(Place place) {
        return network.getLayer(place.layer).getParam(place.key);
    }

    private static float[][] matrix(INDArray param) {
        return param.reshape(-1, param.size(param.rank() - 1)).toFloatMatrix(); // a bias has one dimension
    }
}
