package io.eddy.model;

import io.eddy.model.network.VectorLayers;
import io.eddy.model.network.Vectors;
import java.util.Arrays;

/**
 * All loops of the model, and by {@link VectorLayers} those of its networks, that are written with the JDK's Vector API (incubating, JEP 414), run once before there is a first step. The JDK looks up what an
 * operation does in a table that fills as operations are met. Were one met only when the JIT has compiled the look-up, it would count as a wrong guess of the
 * JIT in each method that the look-up is inlined into. A hundred of those, which are four in each of 25 operations, and the JIT makes no more guesses there:
 * a vector that goes from one turn of a loop into the next becomes an object, and a step takes half as long again until the JVM ends.
 *
 * <p>Nothing here can be called where {@link Vectors#THERE} is false.
 */
final class VectorLoops {
    /** More numbers than two of the longest vectors and what a loop reads beside them. */
    private static final int SIZE = 64;

    private static final int STEPS = 16;

    private VectorLoops() {}

    /** Runs them on numbers that mean nothing. */
    static void meet() {
        VectorLayers.meet();
        halves();
        experts();
        widths();
    }

    private static void halves() {
        short[] halves = new short[SIZE];
        float[] values = new float[SIZE];
        VectorHalves.values(halves, 0, values, SIZE);
        VectorHalves.values(halves, 0, 0, 1, values, new double[SIZE]);
        VectorHalves.largest(halves, 0);
        VectorHalves.of(values, halves, 0);
    }

    private static void experts() {
        if (VectorLevinson.FITS) {
            float[] y = new float[Levinson.SIZE];
            y[1] = 1; // else there is no first reflection
            VectorLevinson.run(new float[Levinson.SIZE], y, 2);
        }
        float[] values = new float[2 * SIZE];
        VectorMoments.nearest(values, 0, 1, new int[SIZE], new int[SIZE]);
        VectorProfile.reach(values, new float[2 * SIZE], new float[2 * SIZE], SIZE, SIZE, SIZE - 1, 0.5f, 1, 1, 1);
        double[][] forecasts = {new double[SIZE], new double[SIZE]};
        double[][] weights = new double[Buckets.LEADS.length][2];
        int[] both = {0, 1};
        VectorMixture.sum(forecasts, both, 2, weights, STEPS, new double[SIZE]);
        VectorMixture.square(forecasts, both, 2, weights, new double[SIZE], STEPS, new double[SIZE]);
        VectorRuns.mean(new double[SIZE], both, new double[2], 2, 1, new double[SIZE], 0, 0, STEPS, new double[SIZE]);
    }

    private static void widths() {
        double[] ones = new double[STEPS];
        double[] twos = new double[STEPS];
        Arrays.fill(ones, 1);
        Arrays.fill(twos, 2);
        VectorWidths.widen(new double[STEPS], twos, ones, 2, STEPS);
        VectorWidths.roots(ones, STEPS);
        VectorWidths.fill(ones, ones, ones, ones, ones, ones, ones, ones, ones, ones, 1, STEPS);
    }
}
