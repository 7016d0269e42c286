package io.eddy.model;

/** Options of a forecaster that listens to all channels, learns after three odd steps, and never tells of silence. */
final class TestingOptions {
    private TestingOptions() {}

    static Forecaster.Options of(
            int horizon, int season, long stepMillis, double falseAlarmRate, int warmUpSteps, int mergeGap) {
        return of(horizon, season, stepMillis, falseAlarmRate, warmUpSteps, mergeGap, ExpertNames.BY_DEFAULT);
    }

    static Forecaster.Options of(
            int horizon,
            int season,
            long stepMillis,
            double falseAlarmRate,
            int warmUpSteps,
            int mergeGap,
            String experts) {
        return new Forecaster.Options(
                horizon,
                season,
                stepMillis,
                falseAlarmRate,
                warmUpSteps,
                mergeGap,
                3,
                0,
                NewWeights.CARRY,
                experts,
                Inputs.USUAL,
                Scoring.USUAL);
    }
}
