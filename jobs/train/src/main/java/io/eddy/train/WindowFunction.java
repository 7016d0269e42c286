package io.eddy.train;

import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.StepMean;
import io.eddy.model.TrainingSeries;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Cuts each series into training windows. */
public final class WindowFunction extends KeyedProcessFunction<String, StepMean, TrainingWindow> {
    private static final long serialVersionUID = 1L;

    private final int steps;
    private final int horizon;
    private final int season;
    private transient ValueState<TrainingSeries> series;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public WindowFunction(Options options) {
        steps = options.get(EddyOptions.WINDOW_STEPS);
        horizon = options.get(EddyOptions.HORIZON);
        season = options.get(EddyOptions.SEASON);
    }

    @Override
    public void open(OpenContext context) {
        series = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("training-series", TrainingSeriesSerializer.INSTANCE));
    }

    @Override
    public void processElement(StepMean step, Context context, Collector<TrainingWindow> out) throws Exception {
        TrainingSeries known = series.value();
        TrainingSeries current = known != null && known.fits(steps, horizon, season) ? known : newSeries(step.series);
        TrainingWindow window = cut(current, step, steps);
        series.update(current);
        if (window != null) {
            out.collect(window);
        }
    }

    /** A series that was never seen; its name puts off the first window, so that not all series are cut at once. */
    public TrainingSeries newSeries(String name) {
        return new TrainingSeries(steps, horizon, season, name.hashCode());
    }

    /** The window that the step completes; null where it completes none. */
    public static @Nullable TrainingWindow cut(TrainingSeries series, StepMean step, int steps) {
        TrainingSeries.Window window = series.add(step.timeMillis, step.value);
        return window == null
                ? null
                : new TrainingWindow(step.series, step.timeMillis, steps, window.inputs(), window.targets());
    }
}
