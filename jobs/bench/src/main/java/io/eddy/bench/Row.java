package io.eddy.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param bench the benchmark, e.g. {@code kernel}
 * @param side which of the compared sides, e.g. {@code eddy-h64}; {@code case} in JSON
 * @param metric what was measured, e.g. {@code cpu_per_step}
 * @param value the median over the rounds
 * @param unit of the value
 * @param ratioTo the side that this one is compared to; null where there is none
 * @param ratio value divided by that side's value of the same metric
 * @param low smallest value of a round
 * @param high largest value of a round
 */
@JsonPropertyOrder({"bench", "case", "metric", "value", "unit", "ratio_to", "ratio", "low", "high"})
public record Row(
        String bench,
        @JsonProperty("case") String side,
        String metric,
        double value,
        String unit,
        @JsonProperty("ratio_to") @Nullable String ratioTo,
        @Nullable Double ratio,
        double low,
        double high) {

    /** A figure that was taken once, compared to nothing. */
    static Row of(String bench, String side, String metric, double value, String unit) {
        return new Row(bench, side, metric, value, unit, null, null, value, value);
    }

    /** The same figure beside another one of the same metric. */
    Row against(Row other) {
        return new Row(bench, side, metric, value, unit, other.side, value / other.value, low, high);
    }
}
