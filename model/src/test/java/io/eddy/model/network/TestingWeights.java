package io.eddy.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Random weights for tests. */
public final class TestingWeights {
    private TestingWeights() {}

    /** Of any shape. */
    public static Weights random(Architecture shape) {
        SplittableRandom random = new SplittableRandom(1);
        List<float[][]> tensors = zeros(shape);
        tensors.forEach(rows -> Arrays.setAll(rows, k -> row(random, rows[k].length)));
        return Weights.of(shape, tensors);
    }

    /** Of a generative network of any shape that says the same grid of levels of each step, whatever it is given: -8, -4, -3, -1, 0, 2, 4, 5, 9. */
    public static Weights sameGrid(Architecture shape) {
        List<float[][]> tensors = new ArrayList<>(random(shape).tensors());
        tensors.set(tensors.size() - 2, new float[shape.hidden()][shape.levels().length]);
        tensors.set(tensors.size() - 1, new float[][] {{-8, -4, -3, -1, 0, 2, 4, 5, 9}});
        return Weights.of(shape, tensors);
    }

    /** Numbers from -0.5 to 0.5. */
    public static float[] row(SplittableRandom random, int width) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
            row[j] = (float) (random.nextDouble() - 0.5);
        }
        return row;
    }

    /** The matrices of weights of any shape. */
    public static List<float[][]> zeros(Architecture shape) {
        List<float[][]> tensors = new ArrayList<>();
        shape.shapes().forEach(one -> tensors.add(new float[one.rows()][one.columns()]));
        return tensors;
    }

    /** Of one layer. */
    public static Weights random(long seed, int inputs, int hidden, int horizon) {
        return random(seed, inputs, hidden, horizon, 0.3);
    }

    /** @param head deviation of the head's numbers: how loudly the network speaks */
    public static Weights random(long seed, int inputs, int hidden, int horizon, double head) {
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
