package io.eddy.train;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.util.List;

/** The network that the options of a model describe. */
public final class NetworkShape {
    private NetworkShape() {}

    /**
     * Steps of a training window: what the options say, or twice the horizon where that is more, since the first horizon of a window that
     * is judged on only warms the state up.
     */
    public static int windowSteps(Options options) {
        return Math.max(options.get(TrainOptions.WINDOW_STEPS), 2 * options.get(ForecastOptions.HORIZON));
    }

    /** The shape that the options ask for. */
    public static Architecture of(Options options) {
        int layers = options.get(ModelOptions.LAYERS);
        Architecture.Kind kind = switch (options.get(ModelOptions.ARCHITECTURE)) {
            case VANILLA, STACKED -> Architecture.Kind.LSTM;
            case CNN_LSTM -> Architecture.Kind.CNN_LSTM;
            case ENCODER_DECODER -> Architecture.Kind.ENCODER_DECODER;
            case BIDIRECTIONAL -> Architecture.Kind.BIDIRECTIONAL;
            case GENERATIVE -> Architecture.Kind.GENERATIVE;
            case MLP -> Architecture.Kind.MLP;
        };
        int span = switch (kind) {
            case CNN_LSTM -> options.get(ModelOptions.KERNEL_STEPS);
            case BIDIRECTIONAL, MLP -> options.get(ModelOptions.ENCODER_STEPS);
            case GENERATIVE -> options.get(ModelOptions.PATHS);
            case LSTM, ENCODER_DECODER -> 1;
        };
        List<String> extras = NetworkInputs.names(options);
        return new Architecture(
                Forecaster.inputs() + extras.size(),
                options.get(ModelOptions.HIDDEN),
                options.get(ModelOptions.ARCHITECTURE) == ModelOptions.Network.STACKED ? Math.max(2, layers) : layers,
                options.get(ForecastOptions.HORIZON),
                Quantiles.COUNT,
                kind,
                span,
                extras);
    }
}
