package io.eddy.cli.page;

import io.eddy.Forecast;
import io.eddy.ForecastStep;
import java.util.List;

/**
 * A forecast as it was issued.
 *
 * @param issuedAt start of the newest step it has seen, epoch milliseconds
 * @param stepMillis length of a step; horizon step h is for {@code issuedAt + h * stepMillis}
 * @param version of the weights
 * @param quantiles [horizon * 5], the levels of one horizon step side by side, less the series' base
 */
record Issued(long issuedAt, long stepMillis, long version, float[] quantiles) {
    static final int LEVELS = 5;

    static Issued of(Forecast forecast, double base) {
        List<ForecastStep> steps = forecast.getSteps();
        float[] quantiles = new float[steps.size() * LEVELS];
        for (int h = 0; h < steps.size(); h++) {
            List<Double> row = steps.get(h).getQuantiles();
            for (int level = 0; level < LEVELS; level++) {
                double value = row.size() == LEVELS ? row.get(level) : Double.NaN;
                quantiles[h * LEVELS + level] = (float) (value - base);
            }
        }
        return new Issued(
                forecast.getIssuedAt().toEpochMilli(),
                Math.round(forecast.getStepSeconds() * 1000),
                forecast.getModelVersion(),
                quantiles);
    }

    int horizon() {
        return quantiles.length / LEVELS;
    }
}
