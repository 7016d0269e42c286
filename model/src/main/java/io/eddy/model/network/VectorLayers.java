package io.eddy.model.network;

import java.util.Arrays;

/**
 * All loops of networks that are written with the JDK's Vector API (incubating, JEP 414), run once before there is a first step; why is told at
 * {@code VectorLoops} of the model, which runs these, too. Nothing here can be called where {@link Vectors#THERE} is false.
 */
public final class VectorLayers {
    /** Two of the longest vectors and more, of each gate. */
    private static final int HIDDEN = 32;

    private static final int SERIES = 4;
    private static final int TERMS = 2;

    private VectorLayers() {}

    /** Runs them on numbers that mean nothing. */
    public static void meet() {
        float[] gates = new float[4 * HIDDEN];
        VectorCells.activate(gates, gates.clone(), gates.clone());
        VectorCells.update(gates, new float[HIDDEN], new float[HIDDEN]);
        float[] ones = new float[HIDDEN];
        Arrays.fill(ones, 1);
        VectorRows rows = new VectorRows(new float[][] {ones, ones});
        rows.accumulate(new float[SERIES][2], new float[SERIES][rows.width()], SERIES);
        products();
    }

    /** As many rows and columns as need blocks of each shape. */
    private static void products() {
        int m = 5 * VectorProducts.LANES;
        int n = 3 * VectorProducts.COLUMNS;
        float[][] a = {new float[m * TERMS]};
        float[][] b = {new float[n * TERMS]};
        VectorProducts.multiply(m, n, TERMS, a, b, new float[m * n]);
        VectorProducts.addTransposed(m, n, TERMS, a, b, 0, 1, new float[m * n]);
    }
}
