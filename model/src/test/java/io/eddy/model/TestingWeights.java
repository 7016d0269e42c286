package io.eddy.model;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random weights of one layer for tests. */
final class TestingWeights {
    private TestingWeights() {}

    static Weights random(long seed, int inputs, int hidden, int horizon) {
        return random(seed, inputs, hidden, horizon, 0.3);
    }

    /** @param head deviation of the head's numbers: how loudly the network speaks */
    static Weights random(long seed, int inputs, int hidden, int horizon, double head) {
        Random random = new Random(seed);
        Architecture a = new Architecture(inputs, hidden, 1, horizon, Quantiles.COUNT);
        return Weights.of(
                a,
                one(matrix(random, inputs, 4 * hidden)),
                one(matrix(random, hidden, 4 * hidden)),
                one(matrix(random, 1, 4 * hidden)[0]),
                matrix(random, hidden, a.outputs(), head),
                new float[a.outputs()]);
    }

    /** List.of would take the array for several elements. */
    private static <T> List<T> one(T element) {
        return Collections.singletonList(element);
    }

    private static float[][] matrix(Random random, int rows, int width) {
        return matrix(random, rows, width, 0.3);
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
