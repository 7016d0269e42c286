package io.eddy.bench;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.model.network.Architecture;
import io.eddy.train.NetworkShape;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** The first version of the weights, of the shape that the options ask for; nobody trained it, and its head speaks softly. */
final class Champion {
    private static final float HEAD = 0.01f;

    private Champion() {}

    static Weights of(Options options) {
        Architecture a = NetworkShape.of(options);
        return Weights.newBuilder()
                .setModelId(options.get(ModelOptions.MODEL_ID))
                .setVersion(1)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(WeightsStatus.champion)
                .setArchitecture(a.toString())
                .setTensors(ByteBuffer.wrap(RandomWeights.of(a, HEAD).toBytes()))
                .setMetrics(Map.of())
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("none")
                .build();
    }
}
