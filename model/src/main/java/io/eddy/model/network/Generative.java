package io.eddy.model.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A decoder whose head says how the next deviation is distributed, as quantiles, given those before. A forecast samples {@code paths} futures, each
 * step of a path fed back for the next, and gives the quantiles over the paths; it costs paths x steps LSTM steps.
 *
 * <p>The paths are seeded by the encoder's hidden state: the same past gives the same forecast, whatever else is computed. At each step
 * their levels are spread evenly and shuffled (stratified sampling), so that few paths suffice.
 *
 * @param head [hidden][{@link Feed#GRID}], of one horizon step
 */
record Generative(LstmStack encoder, Decoder decoder, Dense head, int hidden, int paths) implements Network {
    private static final double[] LEVELS = Quantiles.levels();
    /** Largest deviation of a path in scales: that of the training targets. */
    private static final float BOUND = 50;

    @Override
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        encoder.step(x, h, c, z);
    }

    @Override
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        encoder.step(x, h, c, z, n);
    }

    @Override
    public void head(float[][] h, float[][] c, float[] out, int steps) {
        unroll(h, steps, (step, sampled) -> summarise(sampled, out, step * LEVELS.length));
    }

    /** The futures that {@link #head} summarises: deviations in scales, [steps][paths]. */
    float[][] paths(float[][] h, int steps) {
        float[][] all = new float[steps][];
        unroll(h, steps, (step, sampled) -> all[step] = sampled.clone());
        return all;
    }

    /** Takes the deviations of all paths at one step, [paths]. */
    private interface Sampled {
        void at(int step, float[] sampled);
    }

    private void unroll(float[][] h, int steps, Sampled taker) {
        float[] encoded = LstmStack.top(h);
        float[] start = decoder.start(encoded);
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(encoded));
        float[][] hidden = new float[paths][this.hidden];
        float[][] cell = new float[paths][this.hidden];
        float[][] z = new float[paths][Weights.rounded(4 * this.hidden)];
        float[][] grid = new float[paths][Weights.rounded(Feed.GRID.length)];
        float[][] feed = new float[paths][2];
        float[] sampled = new float[paths];
        int[] strata = new int[paths];
        Arrays.setAll(strata, path -> path);
        for (int step = 0; step < steps; step++) {
            for (int path = 0; path < paths; path++) {
                feed[path][0] = Feed.before(sampled[path]);
                feed[path][1] = Feed.position(step + 1);
            }
            decoder.step(start, feed, hidden, cell, z, paths);
            head.apply(hidden, grid, paths);
            shuffle(strata, random);
            for (int path = 0; path < paths; path++) {
                sampled[path] = sample(grid[path], (strata[path] + random.nextDouble()) / paths);
            }
            taker.at(step, sampled);
        }
    }

    private static void shuffle(int[] strata, SplittableRandom random) {
        for (int i = strata.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = strata[i];
            strata[i] = strata[j];
            strata[j] = kept;
        }
    }

    /**
     * The quantile of a level: linear between those of the grid, which are sorted first (Chernozhukov et al. 2010); beyond them the tails fall
     * exponentially.
     *
     * @param grid [grid or longer], sorted in place
     * @param level above 0 and below 1
     */
    static float sample(float[] grid, double level) {
        double[] levels = Feed.GRID;
        int last = levels.length - 1;
        Arrays.sort(grid, 0, levels.length);
        double value;
        if (level < levels[0]) {
            double rate = (grid[1] - grid[0]) / Math.log(levels[1] / levels[0]);
            value = grid[0] - rate * Math.log(levels[0] / Math.max(level, 1e-9));
        } else if (level >= levels[last]) {
            double rate = (grid[last] - grid[last - 1]) / Math.log((1 - levels[last - 1]) / (1 - levels[last]));
            value = grid[last] + rate * Math.log((1 - levels[last]) / Math.max(1 - level, 1e-9));
        } else {
            int k = 0;
            while (level >= levels[k + 1]) {
                k++;
            }
            value = grid[k] + (grid[k + 1] - grid[k]) * (level - levels[k]) / (levels[k + 1] - levels[k]);
        }
        return (float) Math.max(-BOUND, Math.min(BOUND, value));
    }

    /** The quantiles over the paths, linear between neighbours. */
    private static void summarise(float[] sampled, float[] out, int first) {
        float[] sorted = sampled.clone();
        Arrays.sort(sorted);
        for (int q = 0; q < LEVELS.length; q++) {
            double place = Math.max(0, Math.min(sorted.length - 1, LEVELS[q] * sorted.length - 0.5));
            int below = Math.min((int) place, sorted.length - 2);
            out[first + q] = (float) (sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]));
        }
    }
}
