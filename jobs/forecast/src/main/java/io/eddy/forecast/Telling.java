package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Incident;
import io.eddy.model.StepBatch;
import io.eddy.model.Threshold;
import io.eddy.model.network.WeightsVersion;
import java.time.Instant;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Sends what came of a step: its score, what became of an event by it, and its forecast where one was wanted. */
final class Telling {
    private final String modelId;
    private final Thresholds thresholds;
    private final StaleWeights stale;

    Telling(String modelId, Thresholds thresholds, StaleWeights stale) {
        this.modelId = modelId;
        this.stale = stale;
        this.thresholds = thresholds;
    }

    /** @param rule that the step was judged by; null for none */
    void step(
            StepMean step,
            Answer answer,
            Incident incident,
            @Nullable SeriesRule rule,
            Instant now,
            ForecastFunction.OnTimerContext context,
            Collector<Score> out) {
        out.collect(stale.told(Records.score(step, answer, incident, rule, modelId, now)));
        for (Event event : Records.events(step.series(), step.target(), answer.change, incident)) {
            context.output(ForecastFunction.EVENTS, event);
        }
    }

    /**
     * Sends the forecast of a step.
     *
     * @param place of the series in the batch, which has run
     * @param version that it ran with
     */
    void forecast(
            StepMean step,
            StepBatch batch,
            int place,
            @Nullable WeightsVersion version,
            ForecastFunction.OnTimerContext context) {
        Answer answer = batch.answer(place);
        Forecast forecast = Records.forecast(step, answer, modelId);
        if (forecast == null) {
            return;
        }
        Threshold level = thresholds.of(step);
        if (level != null) {
            Thresholds.fill(forecast, level, answer.forecast, batch.paths(place, version));
        }
        context.output(ForecastFunction.FORECASTS, forecast);
    }
}
