package io.eddy.bench;

import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.model.Forecaster;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import java.util.Map;

/** The forecaster's options as the jobs have them by default, less what a bench varies; nothing falls silent in one. */
public final class UsualOptions {
    private static final Forecaster.Options OF_THE_JOB = ForecastJob.forecasterOptions(Options.of(Map.of()));

    private UsualOptions() {}

    /** Every row a step, the season learnt. */
    static Forecaster.Options of(int horizon, String experts) {
        return of(horizon, NewWeights.CARRY, experts, Scoring.USUAL);
    }

    static Forecaster.Options of(int horizon, NewWeights rule, String experts, Scoring scoring) {
        return of(horizon, 0, 0, rule, experts, scoring);
    }

    /** The experts, the scoring and all else as they ship. */
    public static Forecaster.Options of(int horizon, int season, long stepMillis) {
        return of(horizon, season, stepMillis, NewWeights.CARRY, OF_THE_JOB.experts(), Scoring.USUAL);
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
                OF_THE_JOB.falseAlarmRate(),
                OF_THE_JOB.warmUpSteps(),
                OF_THE_JOB.mergeGap(),
                OF_THE_JOB.persistence(),
                0,
                rule,
                experts,
                OF_THE_JOB.inputs(),
                scoring);
    }
}
