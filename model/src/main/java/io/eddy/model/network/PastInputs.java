package io.eddy.model.network;

/** The inputs of the last steps in the first rows of a state, oldest first: a row's hidden values, then its cell values, then the next row. */
final class PastInputs {
    /** Floats that are kept. */
    private final int size;

    private final int hidden;

    PastInputs(Architecture a) {
        size = a.pastSteps() * a.inputs();
        hidden = a.hidden();
    }

    /** Fills the first {@code size} places of a window. */
    void read(float[][] h, float[][] c, float[] window) {
        for (int at = 0, piece = 0; at < size; at += hidden, piece++) {
            System.arraycopy(piece(h, c, piece), 0, window, at, Math.min(hidden, size - at));
        }
    }

    /** Keeps the last {@code size} places of a window. */
    void write(float[][] h, float[][] c, float[] window) {
        int from = window.length - size;
        for (int at = 0, piece = 0; at < size; at += hidden, piece++) {
            System.arraycopy(window, from + at, piece(h, c, piece), 0, Math.min(hidden, size - at));
        }
    }

    private static float[] piece(float[][] h, float[][] c, int piece) {
        return (piece % 2 == 0 ? h : c)[piece / 2];
    }
}
