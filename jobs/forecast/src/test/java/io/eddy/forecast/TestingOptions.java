package io.eddy.forecast;

import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;

/** Options of the arithmetic for steps of a minute. */
final class TestingOptions {
    private static final int PERSISTENCE = 3;

    private TestingOptions() {}

    /** @param silenceSteps after which a series is silent; 0: never */
    static Forecaster.Options of(int horizon, int silenceSteps) {
        return new Forecaster.Options(
                horizon,
                TestingSignal.SEASON,
                60_000,
                1e-4,
                ForecastHarness.WARM_UP,
                ForecastHarness.MERGE_GAP,
                PERSISTENCE,
                silenceSteps,
                NewWeights.CARRY,
                "lean",
                Inputs.USUAL,
                Scoring.USUAL);
    }
}
