package io.eddy.train;

/**
 * The columns of an LSTM's matrices, [rows][4 * hidden], in our order (input, forget, cell, output) and in DL4J's.
 *
 * <p>DL4J calls its order IFOG, but its "I" is the candidate for the cell (tanh) and its "G" the gate that lets it in (sigmoid):
 * cell, forget, output, input in our words. {@code GoldenLstmTest} proves it.
 */
final class GateOrder {
    /** Our gate at each of DL4J's places. */
    private static final int[] DL4J = {2, 1, 3, 0};

    private GateOrder() {}

    static float[][] toDl4j(float[][] ours) {
        float[][] theirs = new float[ours.length][ours[0].length];
        int hidden = ours[0].length / 4;
        for (int row = 0; row < ours.length; row++) {
            for (int gate = 0; gate < 4; gate++) {
                System.arraycopy(ours[row], DL4J[gate] * hidden, theirs[row], gate * hidden, hidden);
            }
        }
        return theirs;
    }

    static float[][] fromDl4j(float[][] theirs) {
        float[][] ours = new float[theirs.length][theirs[0].length];
        int hidden = theirs[0].length / 4;
        for (int row = 0; row < theirs.length; row++) {
            for (int gate = 0; gate < 4; gate++) {
                System.arraycopy(theirs[row], gate * hidden, ours[row], DL4J[gate] * hidden, hidden);
            }
        }
        return ours;
    }
}
