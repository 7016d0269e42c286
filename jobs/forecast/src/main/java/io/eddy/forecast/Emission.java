package io.eddy.forecast;

import io.eddy.connectors.EmitOn;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.StepMean;
import io.eddy.model.Memory;
import java.io.Serializable;

/**
 * Which steps a forecast is written for; an anomalous one has its forecast in any case.
 *
 * @param every so many steps of a series, at least 1, where steps are what it is written on
 */
public record Emission(EmitOn on, int every) implements Serializable {
    /** The label by which a reading asks for the forecast of its step. */
    public static final String ASKING_LABEL = "eddy.forecast";

    public static Emission of(Options options) {
        return new Emission(options.get(ForecastOptions.EMIT_ON), options.get(ForecastOptions.EMIT_EVERY));
    }

    boolean wants(Memory series, StepMean step) {
        return step.labels().containsKey(ASKING_LABEL) || (on == EmitOn.STEP && series.steps() % every == 0);
    }
}
