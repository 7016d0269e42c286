package io.eddy.bench;

/**
 * A series with its anomalies known.
 *
 * @param name within its data set
 * @param millis [rows] event times, ascending
 * @param values [channels][rows]; the anomalies are those of all channels together
 * @param anomalous [rows]
 * @param firstJudged the row from which a detector is judged; it sees the rows before
 */
record LabelledSeries(String name, long[] millis, double[][] values, boolean[] anomalous, int firstJudged) {
    int rows() {
        return millis.length;
    }
}
