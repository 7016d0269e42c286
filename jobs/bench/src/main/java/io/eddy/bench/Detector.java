package io.eddy.bench;

/** Scores a series row by row, each row by what came before it and itself alone. */
interface Detector {
    /** As it is called in the table. */
    String name();

    /**
     * Scores one channel.
     *
     * @param millis [rows]
     * @param values [rows], NaN where missing
     * @param scores [rows], filled: how odd each row is, 0 or more
     * @param alerts [rows], filled: the score where a person is to be told, 0 where not or where it is the episode told before
     */
    void score(long[] millis, double[] values, float[] scores, float[] alerts);
}
