package io.eddy.connectors;

import java.util.Map;

/** The readings of one series within one step, averaged. A Flink POJO. */
public final class StepMean {
    public String series = "";
    public Map<String, String> labels = Map.of();
    /** Start of the step. */
    public long timeMillis;
    /** Mean of the values that were there; NaN if all were missing. */
    public double value;

    public StepMean() {}

    public StepMean(String series, Map<String, String> labels, long timeMillis, double value) {
        this.series = series;
        this.labels = labels;
        this.timeMillis = timeMillis;
        this.value = value;
    }
}
