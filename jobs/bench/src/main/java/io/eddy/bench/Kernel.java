package io.eddy.bench;

/** The same LSTM layer over the same series by one library: what {@link KernelBench} compares. */
interface Kernel extends AutoCloseable {
    /** The side's name without the hidden size. */
    String name();

    /** How many series are stepped at once. */
    int batch();

    /**
     * One step of the series from {@code first} on, {@link #batch} of them, each with its own hidden and cell state.
     *
     * @param first a multiple of the batch
     */
    void step(int first) throws Exception;

    /** A copy of the hidden state of a series, [hidden]. */
    float[] hidden(int series);

    @Override
    default void close() throws Exception {}

    /** The gates' columns of rows [rows][4 * hidden] in another order; {@code order} names our gate at each of its places. */
    static float[][] reorder(float[][] rows, int... order) {
        int hidden = rows[0].length / order.length;
        float[][] reordered = new float[rows.length][rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int gate = 0; gate < order.length; gate++) {
                System.arraycopy(rows[row], order[gate] * hidden, reordered[row], gate * hidden, hidden);
            }
        }
        return reordered;
    }
}
