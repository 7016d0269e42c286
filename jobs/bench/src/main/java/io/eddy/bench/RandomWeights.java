package io.eddy.bench;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Weights of the right shape that nobody trained: what a step costs does not depend on their values. */
public final class RandomWeights {
    private final Random random;

    private RandomWeights(long seed) {
        random = new Random(seed);
    }

    /** @param head bound of the head's numbers: how loudly the network speaks */
    public static Weights of(Architecture a, float head) {
        RandomWeights draw = new RandomWeights(a.hidden());
        float bound = (float) (1 / Math.sqrt(a.hidden()));
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < a.layers(); layer++) {
            kernels.add(draw.rows(a.inputsOf(layer), 4 * a.hidden(), bound));
            recurrents.add(draw.rows(a.hidden(), 4 * a.hidden(), bound));
            biases.add(draw.row(4 * a.hidden(), bound));
        }
        return Weights.of(
                a, kernels, recurrents, biases, draw.rows(a.hidden(), a.outputs(), head), new float[a.outputs()]);
    }

    /** [count][width], uniform in [-bound, bound). */
    public static float[][] rows(long seed, int count, int width, float bound) {
        return new RandomWeights(seed).rows(count, width, bound);
    }

    private float[][] rows(int count, int width, float bound) {
        float[][] rows = new float[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = row(width, bound);
        }
        return rows;
    }

    private float[] row(int width, float bound) {
        float[] row = new float[width];
        for (int j = 0; j < width; j++) {
            row[j] = bound * (2 * random.nextFloat() - 1);
        }
        return row;
    }
}
