package io.eddy.train;

import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.connectors.StepMean;
import io.eddy.model.Inputs;
import io.eddy.model.OpenSteps;
import io.eddy.model.TrainingSeries;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Readings to steps, and each series cut into training windows. */
public final class WindowFunction extends KeyedProcessFunction<String, Observation, TrainingWindow> {
    private static final long serialVersionUID = 1L;

    private final int steps;
    private final int horizon;
    private final int season;
    private final String experts;
    private final Inputs inputs;
    private final long stepMillis;
    private transient ValueState<TrainingSeries> series;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public WindowFunction(Options options) {
        steps = options.get(EddyOptions.WINDOW_STEPS);
        horizon = options.get(EddyOptions.HORIZON);
        season = options.get(EddyOptions.SEASON);
        experts = options.get(EddyOptions.EXPERTS);
        NetworkInputs wanted = NetworkInputs.of(options);
        inputs = Inputs.of(wanted.names(), wanted.holidays(), wanted.zone());
        stepMillis = options.get(EddyOptions.STEP).toMillis();
    }

    @Override
    public void open(OpenContext context) {
        series = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("training-series", TrainingSeriesSerializer.INSTANCE));
    }

    /** Adds a reading to its step. A late one is left out in silence: the forecast job answers for it. */
    @Override
    public void processElement(Observation reading, Context context, Collector<TrainingWindow> out) throws Exception {
        long start = OpenSteps.startOf(reading.timeMillis, stepMillis);
        long end = OpenSteps.endOf(start, stepMillis);
        if (end <= context.timerService().currentWatermark()) {
            return;
        }
        TrainingSeries known = series.value();
        TrainingSeries current = known != null && known.fits(steps, horizon, season, experts, inputs.extras())
                ? known
                : newSeries(reading.series);
        if (current.open().add(start, reading.value)) {
            context.timerService().registerEventTimeTimer(end);
        }
        series.update(current);
    }

    @Override
    public void onTimer(long endMillis, OnTimerContext context, Collector<TrainingWindow> out) throws Exception {
        TrainingSeries current = series.value();
        long start = OpenSteps.startOfEnd(endMillis, stepMillis);
        if (!current.open().holds(start)) {
            return; // its series was begun anew since, under other options
        }
        double mean = current.open().close(start);
        TrainingWindow window = cut(current, new StepMean(context.getCurrentKey(), Map.of(), start, mean));
        series.update(current);
        if (window != null) {
            out.collect(window);
        }
    }

    /** A series that was never seen; its name puts off the first window, so that not all series are cut at once. */
    public TrainingSeries newSeries(String name) {
        return new TrainingSeries(steps, horizon, season, experts, inputs.extras(), name.hashCode());
    }

    /** The window that the step completes; null where it completes none. */
    public @Nullable TrainingWindow cut(TrainingSeries series, StepMean step) {
        TrainingSeries.Window window = series.add(step.timeMillis(), step.value(), inputs);
        return window == null
                ? null
                : new TrainingWindow(
                        step.series(),
                        window.startMillis(),
                        step.timeMillis(),
                        steps,
                        window.inputs(),
                        window.targets());
    }
}
