package io.eddy.bench;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import java.util.Map;

/** The forecaster's options as the jobs have them by default, less what a bench varies; nothing falls silent in one. */
final class UsualOptions {
    private static final Options BY_DEFAULT = Options.of(Map.of());

    private UsualOptions() {}

    /** Every row a step, the season learnt. */
    static Forecaster.Options of(int horizon, String experts) {
        return of(horizon, NewWeights.CARRY, experts, Scoring.USUAL);
    }

    static Forecaster.Options of(int horizon, NewWeights rule, String experts, Scoring scoring) {
        return of(horizon, 0, 0, rule, experts, scoring);
    }

    /**
     * The options of the arithmetic.
     *
     * @param season steps, 0: learnt
     * @param stepMillis length of a step, 0: every row is one
     */
    static Forecaster.Options of(
            int horizon, int season, long stepMillis, NewWeights rule, String experts, Scoring scoring) {
        return new Forecaster.Options(
                horizon,
                season,
                stepMillis,
                BY_DEFAULT.get(ForecastOptions.FALSE_ALARM_RATE),
                BY_DEFAULT.get(ForecastOptions.WARM_UP),
                BY_DEFAULT.get(ForecastOptions.MERGE_GAP),
                BY_DEFAULT.get(ForecastOptions.PERSISTENCE),
                0,
                rule,
                experts,
                Inputs.USUAL,
                scoring);
    }
}
