package io.eddy.bench;

import io.eddy.WeightsStatus;
import io.eddy.model.Architecture;
import io.eddy.model.Forecaster;
import io.eddy.model.Quantiles;
import io.eddy.model.Weights;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Weights of the right shape with small random numbers: what a step costs does not depend on them. */
final class BenchWeights {
    private BenchWeights() {}

    static Weights random(int inputs, int hidden, int layers, int horizon) {
        Random random = new Random(1);
        Architecture architecture = new Architecture(inputs, hidden, layers, horizon, Quantiles.COUNT);
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            kernels.add(matrix(random, architecture.inputsOf(layer), 4 * hidden));
            recurrents.add(matrix(random, hidden, 4 * hidden));
            biases.add(matrix(random, 1, 4 * hidden)[0]);
        }
        return Weights.of(
                architecture,
                kernels,
                recurrents,
                biases,
                matrix(random, hidden, architecture.outputs()),
                matrix(random, 1, architecture.outputs())[0]);
    }

    private static float[][] matrix(Random random, int rows, int columns) {
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) (0.1 * random.nextGaussian());
            }
        }
        return matrix;
    }

    /** The same as a record of the topic weights. */
    static io.eddy.Weights champion(int hidden, int horizon) {
        Weights weights = random(Forecaster.inputs(), hidden, 1, horizon);
        return io.eddy.Weights.newBuilder()
                .setModelId("default")
                .setVersion(1)
                .setParentVersion(0)
                .setCreatedAt(Instant.EPOCH)
                .setStatus(WeightsStatus.champion)
                .setArchitecture("random")
                .setTensors(ByteBuffer.wrap(weights.toBytes()))
                .setMetrics(Map.of())
                .setDataFrom(Instant.EPOCH)
                .setDataTo(Instant.EPOCH)
                .setTrainer("bench")
                .build();
    }
}
