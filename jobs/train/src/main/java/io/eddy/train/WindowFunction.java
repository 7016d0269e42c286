package io.eddy.train;

import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.Inputs;
import io.eddy.model.OpenSteps;
import io.eddy.model.TrainingSeries;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Readings to steps, and each series cut into training windows; within {@link WindowOperator}. */
public final class WindowFunction extends KeyedProcessFunction<String, Observation, TrainingWindow>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    static final ValueStateDescriptor<TrainingSeries> SERIES =
            new ValueStateDescriptor<>("training-series", TrainingSeriesSerializer.INSTANCE);

    private final int steps;
    private final int horizon;
    private final int season;
    private final String experts;
    private final Inputs inputs;
    private final List<String> names;
    private final Fields fields;
    private final long stepMillis;
    /** Event time without a step after which a series is forgotten; 0: never. */
    private final long forgetMillis;
    /** Of all subtasks. */
    private final int mostSeries;
    /** [covariates]: those of the step that ends. */
    private final double[] covariates;

    private transient ValueState<TrainingSeries> series;

    @SuppressWarnings("NullAway.Init") // Flink calls initializeState first
    private transient SeriesSample sample;
    /** Halvings and count of each subtask. */
    @SuppressWarnings("NullAway.Init")
    private transient ListState<Tuple2<Integer, Long>> samples;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public WindowFunction(Options options) {
        steps = NetworkShape.windowSteps(options);
        horizon = options.get(ForecastOptions.HORIZON);
        season = options.get(ModelOptions.SEASON);
        experts = options.get(ForecastOptions.EXPERTS);
        NetworkInputs wanted = NetworkInputs.of(options);
        inputs = Inputs.of(wanted.names(), wanted.holidays(), wanted.zone());
        names = inputs.names();
        fields = Fields.of(options);
        covariates = new double[fields.covariates().size()];
        stepMillis = options.get(InputOptions.STEP).toMillis();
        forgetMillis = options.get(InputOptions.FORGET_AFTER).toMillis();
        mostSeries = options.get(TrainOptions.SERIES);
    }

    @Override
    public void open(OpenContext context) {
        series = getRuntimeContext().getState(SERIES);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        sample = new SeriesSample(Math.max(1, mostSeries / subtasks));
        samples = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("series-sample", Types.TUPLE(Types.INT, Types.LONG)));
        int halvings = 0;
        long count = 0;
        for (Tuple2<Integer, Long> before : samples.get()) {
            halvings = Math.max(halvings, before.f0);
            count += before.f1;
        }
        sample.restore(halvings, count / subtasks);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        samples.update(List.of(Tuple2.of(sample.halvings(), sample.count())));
    }

    /** Of which series windows are cut. */
    SeriesSample sample() {
        return sample;
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
        if (!sample.takes(context.getCurrentKey(), known == null)) {
            return;
        }
        TrainingSeries current = known != null && fits(known) ? known : newSeries(fields.key(reading));
        if (current.open().add(start, reading.timeMillis, reading.value, reading.covariates)) {
            context.timerService().registerEventTimeTimer(end);
        }
        series.update(current);
    }

    private boolean fits(TrainingSeries known) {
        return known.fits(steps, horizon, season, experts, names, stepMillis)
                && known.open().isCounter() == fields.areCounters();
    }

    @Override
    public void onTimer(long endMillis, OnTimerContext context, Collector<TrainingWindow> out) throws Exception {
        TrainingSeries current = series.value();
        if (current == null) {
            return; // forgotten since
        }
        long start = OpenSteps.startOfEnd(endMillis, stepMillis);
        if (!current.open().holds(start)) { // it was begun anew since, under other options, or may be gone
            if (isGone(current, context.timerService().currentWatermark())) {
                series.clear();
                sample.ended();
            }
            return;
        }
        if (forgetMillis > 0) { // the same time for many steps, which Flink keeps once
            context.timerService().registerEventTimeTimer((Math.floorDiv(endMillis, forgetMillis) + 2) * forgetMillis);
        }
        current.open().covariates(start, covariates);
        double value = current.open().close(start, stepMillis);
        TrainingWindow window = cut(current, context.getCurrentKey(), start, value, covariates);
        series.update(current);
        if (window != null) {
            out.collect(window);
        }
    }

    private boolean isGone(TrainingSeries series, long watermarkMillis) {
        return forgetMillis > 0
                && watermarkMillis != Long.MAX_VALUE
                && series.open().isIdle(series.lastMillis(), watermarkMillis - forgetMillis, stepMillis);
    }

    /** A series and target that were never seen; their key puts off the first window, so that not all series are cut at once. */
    public TrainingSeries newSeries(String key) {
        TrainingSeries series = new TrainingSeries(steps, horizon, season, experts, names, stepMillis, key.hashCode());
        series.open().begin(fields.areCounters());
        return series;
    }

    /**
     * The window that a step completes; null where it completes none.
     *
     * @param key of the series and target
     * @param value that is judged of the step, NaN is missing
     * @param others the means of the covariates
     */
    public @Nullable TrainingWindow cut(
            TrainingSeries series, String key, long timeMillis, double value, double... others) {
        TrainingSeries.Window window = series.add(timeMillis, value, others, inputs);
        return window == null
                ? null
                : new TrainingWindow(
                        key, window.startMillis(), window.endMillis(), steps, window.inputs(), window.targets());
    }
}
