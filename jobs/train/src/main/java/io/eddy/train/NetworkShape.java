package io.eddy.train;

import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Options;
import io.eddy.model.Architecture;
import io.eddy.model.Forecaster;
import io.eddy.model.Quantiles;
import java.util.List;

/** The network that the options of a model describe. */
public final class NetworkShape {
    private NetworkShape() {}

    /**
     * Steps of a training window: what the options say, or twice the horizon where that is more, since the first horizon of a window that
     * is judged on only warms the state up.
     */
    public static int windowSteps(Options options) {
        return Math.max(options.get(EddyOptions.WINDOW_STEPS), 2 * options.get(EddyOptions.HORIZON));
    }

    /** The shape that the options ask for. */
    public static Architecture of(Options options) {
        int layers = options.get(EddyOptions.LAYERS);
        Architecture.Kind kind = switch (options.get(EddyOptions.ARCHITECTURE)) {
            case VANILLA, STACKED -> Architecture.Kind.LSTM;
            case CNN_LSTM -> Architecture.Kind.CNN_LSTM;
            case ENCODER_DECODER -> Architecture.Kind.ENCODER_DECODER;
            case BIDIRECTIONAL -> Architecture.Kind.BIDIRECTIONAL;
            case GENERATIVE -> Architecture.Kind.GENERATIVE;
            case MLP -> Architecture.Kind.MLP;
        };
        int span = switch (kind) {
            case CNN_LSTM -> options.get(EddyOptions.KERNEL_STEPS);
            case BIDIRECTIONAL, MLP -> options.get(EddyOptions.ENCODER_STEPS);
            case GENERATIVE -> options.get(EddyOptions.PATHS);
            case LSTM, ENCODER_DECODER -> 1;
        };
        List<String> extras = NetworkInputs.names(options);
        return new Architecture(
                Forecaster.inputs() + extras.size(),
                options.get(EddyOptions.HIDDEN),
                options.get(EddyOptions.ARCHITECTURE) == EddyOptions.Network.STACKED ? Math.max(2, layers) : layers,
                options.get(EddyOptions.HORIZON),
                Quantiles.COUNT,
                kind,
                span,
                extras);
    }
}
