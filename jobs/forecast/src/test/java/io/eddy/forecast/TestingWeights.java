package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Random;

/** Records of the topic weights for tests: one small random layer with a quiet head, so that the base forecast leads. */
final class TestingWeights {
    static final String MODEL = "fleet";
    static final int HORIZON = 3;
    private static final int HIDDEN = 8;

    private TestingWeights() {}

    /** A champion that fits; every version has numbers of its own. */
    static Weights champion(long version) {
        return record(
                version, WeightsStatus.champion, network(version, fitting()).toBytes());
    }

    /** A champion whose head is so loud that its forecasts are worse than none. */
    static Weights louder(long version) {
        return record(
                version, WeightsStatus.champion, network(version, fitting(), 1).toBytes());
    }

    /** A champion that was made of data up to then. */
    static Weights ofDataUpTo(long version, Instant end) {
        Weights weights = champion(version);
        weights.setDataTo(end);
        return weights;
    }

    static Weights withStatus(long version, WeightsStatus status) {
        return record(version, status, network(version, fitting()).toBytes());
    }

    static Weights withShape(long version, Architecture shape) {
        return record(version, WeightsStatus.champion, network(version, shape).toBytes());
    }

    static Weights withTensors(long version, byte[] tensors) {
        return record(version, WeightsStatus.champion, tensors);
    }

    static Architecture fitting() {
        return new Architecture(Forecaster.inputs(), HIDDEN, 1, HORIZON, Quantiles.COUNT);
    }

    private static Weights record(long version, WeightsStatus status, byte[] tensors) {
        return Weights.newBuilder()
                .setModelId(MODEL)
                .setVersion(version)
                .setParentVersion(version - 1)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(status)
                .setArchitecture("for tests")
                .setTensors(ByteBuffer.wrap(tensors))
                .setMetrics(Map.of())
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("TestingWeights")
                .build();
    }

    static io.eddy.model.network.Weights network(long seed, Architecture shape) {
        return network(seed, shape, 0.01);
    }

    private static io.eddy.model.network.Weights network(long seed, Architecture shape, double head) {
        Random random = new Random(seed);
        return io.eddy.model.network.Weights.of(
                shape,
                Collections.singletonList(matrix(random, shape.inputs(), 4 * shape.hidden(), 0.3)),
                Collections.singletonList(matrix(random, shape.hidden(), 4 * shape.hidden(), 0.3)),
                Collections.singletonList(matrix(random, 1, 4 * shape.hidden(), 0.3)[0]),
                matrix(random, shape.hidden(), shape.outputs(), head),
                new float[shape.outputs()]);
    }

    private static float[][] matrix(Random random, int rows, int width, double deviation) {
        float[][] matrix = new float[rows][width];
        for (float[] row : matrix) {
            for (int j = 0; j < width; j++) {
                row[j] = (float) (deviation * random.nextGaussian());
            }
        }
        return matrix;
    }
}
