package io.eddy.bench;

import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.forecast.ForecastFunction;
import io.eddy.forecast.MemorySerializer;
import io.eddy.forecast.PackedMemory;
import io.eddy.forecast.Records;
import io.eddy.model.Answer;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import io.eddy.model.OpenSteps;
import io.eddy.model.network.Quantiles;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Reads and writes the state, as it is, and answers with records of the job's own shape: the last value for every step ahead, spread as a
 * random walk would spread it, so that the numbers are as many and compress no better than the job's.
 */
final class PassThroughFunction extends KeyedBroadcastProcessFunction<String, Observation, Weights, Score> {
    private static final long serialVersionUID = 1L;
    private static final long STEP_MILLIS = 60_000;

    private final String modelId;
    private final int horizon;
    private final long stepMillis;
    private transient ValueState<PackedMemory> memory;
    private transient Answer answer;
    /** None: what every score is told with. */
    private transient Incident incident;
    /** [horizon * quantiles], the quantiles of a step together: share of the last value. */
    private transient double[] factors;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    PassThroughFunction(String modelId, int horizon, long stepMillis) {
        this.stepMillis = stepMillis;
        this.modelId = modelId;
        this.horizon = horizon;
    }

    @Override
    public void open(OpenContext context) {
        memory = getRuntimeContext().getState(new ValueStateDescriptor<>("memory", new MemorySerializer()));
        answer = new Answer(horizon);
        incident = new Memory().incident();
        answer.stepMillis = STEP_MILLIS;
        answer.scored = true;
        answer.steps = horizon;
        answer.pValue = 1;
        answer.version = 1;
        answer.memoryVersion = 1;
        factors = new double[horizon * Quantiles.COUNT];
        for (int place = 0; place < factors.length; place++) {
            int quantile = place % Quantiles.COUNT;
            factors[place] = 1 + 0.01 * (quantile - Quantiles.MEDIAN) * Math.sqrt(place / Quantiles.COUNT + 1);
        }
    }

    @Override
    public void processElement(Observation reading, ReadOnlyContext context, Collector<Score> out) throws Exception {
        long start = OpenSteps.startOf(reading.timeMillis, stepMillis);
        long end = OpenSteps.endOf(start, stepMillis);
        if (end <= context.timerService().currentWatermark()) {
            return;
        }
        PackedMemory series = memory.value();
        if (series == null) {
            series = new PackedMemory();
        }
        series.inbox().labels(reading.labels);
        if (series.inbox().open().add(start, reading.value)) {
            context.timerService().registerEventTimeTimer(end);
        }
        memory.update(series);
    }

    @Override
    public void onTimer(long endMillis, OnTimerContext context, Collector<Score> out) throws Exception {
        context.getBroadcastState(ForecastFunction.WEIGHTS).get(modelId);
        PackedMemory series = memory.value();
        long start = OpenSteps.startOfEnd(endMillis, stepMillis);
        double mean = series.inbox().open().close(start);
        StepMean step = new StepMean(context.getCurrentKey(), series.inbox().labels(), start, mean);
        memory.update(series);
        lastValue(mean);
        out.collect(Records.score(step, answer, incident, null, modelId, Instant.now()));
        Forecast forecast = Records.forecast(step, answer, modelId);
        if (forecast != null) {
            context.output(ForecastFunction.FORECASTS, forecast);
        }
    }

    private void lastValue(double y) {
        answer.y = y;
        answer.yhat = y;
        answer.yhatLower = factors[Quantiles.LOWER_95] * y;
        answer.yhatUpper = factors[Quantiles.UPPER_95] * y;
        answer.samplesSeen++;
        for (int place = 0; place < factors.length; place++) {
            answer.forecast[place] = factors[place] * y;
        }
    }

    @Override
    public void processBroadcastElement(Weights weights, Context context, Collector<Score> out) throws Exception {
        context.getBroadcastState(ForecastFunction.WEIGHTS).put(weights.getModelId(), weights);
    }
}
