package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.OpenSteps;
import io.eddy.model.StepBatch;
import io.eddy.model.WeightsVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Readings to steps, and one answer per step: the memory of a series is keyed state, the newest weights are broadcast state. */
public final class ForecastFunction extends KeyedBroadcastProcessFunction<String, Observation, Control, Score> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ForecastFunction.class);

    /** Newest champion of each model. */
    public static final MapStateDescriptor<String, Weights> WEIGHTS =
            new MapStateDescriptor<>("weights", Types.STRING, new AvroTypeInfo<>(Weights.class));

    /** The newest rule of each id on the topic. */
    static final MapStateDescriptor<String, Rule> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, new AvroTypeInfo<>(Rule.class));

    public static final OutputTag<Forecast> FORECASTS =
            new OutputTag<>("forecasts", new AvroTypeInfo<>(Forecast.class));
    public static final OutputTag<Event> EVENTS = new OutputTag<>("events", new AvroTypeInfo<>(Event.class));

    static final ValueStateDescriptor<Memory> MEMORY = new ValueStateDescriptor<>("memory", MemorySerializer.INSTANCE);

    private final String modelId;
    private final Forecaster.Options options;
    private final Emission emission;
    /** How long after the watermark has passed the end of a step a reading corrects it, in milliseconds; 0: not at all. */
    private final long allowedLateness;
    /** Those that hold from the start. */
    private final List<Rule> fileRules;

    private transient ValueState<Memory> memory;
    private transient Forecaster forecaster;
    private transient Listener listener;
    private transient StepBatch batch;
    /** What is said of a series that is silent. */
    private transient Answer aside;
    /** The steps whose series are in the batch, in its order. */
    private transient List<StepMean> steps;
    /** Switches the key whose state is read and written. */
    private transient KeyContext keys;
    /** Whether no other step ends together with the one that does now. */
    private transient BooleanSupplier last;

    private transient Counter badInput;
    private transient LateReadings late;
    private transient Champion champion;
    private transient Hearing hearing;
    /** Those of the file and of the broadcast state; null until they are asked for, and after a change. */
    private transient @Nullable Rules rules;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public ForecastFunction(
            String modelId, Forecaster.Options options, Emission emission, long allowedLateness, List<Rule> fileRules) {
        this.modelId = modelId;
        this.options = options;
        this.emission = emission;
        this.allowedLateness = allowedLateness;
        this.fileRules = fileRules;
    }

    /** Called by the operator before the first timer. */
    void within(KeyContext operator, BooleanSupplier lastOfItsTime) {
        keys = operator;
        last = lastOfItsTime;
    }

    @Override
    @SuppressWarnings("NullAway.Init") // the operator calls within before it opens this
    public void open(OpenContext context) {
        memory = getRuntimeContext().getState(MEMORY);
        forecaster = new Forecaster(options);
        listener = new Listener(options);
        aside = new Answer(options.horizon());
        batch = new StepBatch(forecaster, options.horizon());
        steps = new ArrayList<>();
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        champion = new Champion(modelId, forecaster, metrics);
        hearing = new Hearing(modelId, getRuntimeContext().getTaskInfo(), keys, memory, metrics);
        badInput = metrics.counter("bad_input");
        late = new LateReadings(modelId, forecaster, options, allowedLateness, memory, metrics);
    }

    /** Adds a reading to its step; what no step can take is answered at once. */
    @Override
    public void processElement(Observation reading, ReadOnlyContext context, Collector<Score> out) throws Exception {
        if (reading.fault != null) {
            badInput.inc();
            out.collect(Records.unscored(reading, Status.BAD_INPUT, reading.fault, modelId, Instant.now()));
            return;
        }
        long start = OpenSteps.startOf(reading.timeMillis, options.stepMillis());
        long end = OpenSteps.endOf(start, options.stepMillis());
        if (end <= context.timerService().currentWatermark()) {
            long behind = context.timerService().currentWatermark() - end;
            out.collect(late.answer(reading, start, behind, rules(context)));
            return;
        }
        Memory series = memory.value();
        if (series == null) {
            series = new Memory();
        }
        series.labels(reading.labels);
        if (series.open().add(start, reading.value)) {
            context.timerService().registerEventTimeTimer(end);
        }
        memory.update(series);
    }

    /** The times at which the timers of a series have to ring, for they are not part of a checkpoint. */
    List<Long> timers(Memory series) {
        List<Long> times = new ArrayList<>();
        for (long end : series.open().ends(options.stepMillis())) {
            times.add(end);
        }
        if (listener.nextMillis(series) != Listener.NEVER) {
            times.add(listener.nextMillis(series));
        }
        return times;
    }

    /** The step that ends now is over: no reading can come any more. Series whose steps end together are stepped together. */
    @Override
    public void onTimer(long endMillis, OnTimerContext context, Collector<Score> out) throws Exception {
        Memory series = memory.value();
        long start = OpenSteps.startOfEnd(endMillis, options.stepMillis());
        if (!series.open().holds(start)) {
            listen(series, endMillis, context, out);
            return;
        }
        int readings = series.open().readings(start);
        double mean = series.open().close(start);
        StepMean step = new StepMean(context.getCurrentKey(), series.labels(), start, mean, readings);
        WeightsVersion version = champion.in(context.getBroadcastState(WEIGHTS));
        SeriesRule rule = rules(context).of(step);
        batch.add(
                series,
                version,
                start,
                step.value(),
                step.readings(),
                emission.wants(series, step),
                rule == null ? null : rule.at(start));
        steps.add(step);
        if (batch.isFull() || last.getAsBoolean()) {
            List<Memory> stepped = batch.run(version);
            Instant now = Instant.now();
            for (int i = 0; i < stepped.size(); i++) {
                StepMean ended = steps.get(i);
                Answer answer = batch.answer(i);
                late.keep(stepped.get(i), ended, answer);
                keys.setCurrentKey(ended.series());
                memory.update(stepped.get(i));
                emit(ended, answer, stepped.get(i).incident(), now, context, out);
            }
            steps.clear();
        }
    }

    /** No step ends now, so the series is to be asked whether it has fallen silent; at the end of a bounded input none has. */
    private void listen(Memory series, long nowMillis, OnTimerContext context, Collector<Score> out) throws Exception {
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        StepMean newest =
                new StepMean(context.getCurrentKey(), series.labels(), nowMillis - options.stepMillis(), Double.NaN);
        SeriesRule rule = rules(context).of(newest);
        Incident incident = series.incident();
        List<Event> closed = Records.events(
                newest.series(), incident.isOpen() ? Incident.Change.CLOSE : Incident.Change.NONE, incident);
        boolean due = listener.nextMillis(series) <= nowMillis;
        long next = listener.ask(
                series,
                champion.in(context.getBroadcastState(WEIGHTS)),
                nowMillis,
                rule == null ? null : rule.at(newest.timeMillis()),
                aside);
        if (next != Listener.NEVER) {
            context.timerService().registerEventTimeTimer(next);
        }
        if (aside.change != Incident.Change.NONE) {
            closed.forEach(event -> context.output(EVENTS, event));
        }
        if (aside.rawScore > 0) {
            emit(newest, aside, incident, Instant.now(), context, out);
        }
        if (due) { // else it has been heard of, and nothing has changed
            memory.update(series);
        }
    }

    private void emit(
            StepMean step, Answer answer, Incident incident, Instant now, OnTimerContext context, Collector<Score> out)
            throws Exception {
        out.collect(Records.score(step, answer, incident, rules(context).of(step), modelId, now));
        if (answer.listenMillis != Listener.NEVER) {
            context.timerService().registerEventTimeTimer(answer.listenMillis);
        }
        Forecast forecast = Records.forecast(step, answer, modelId);
        if (forecast != null) {
            context.output(FORECASTS, forecast);
        }
        for (Event event : Records.events(step.series(), answer.change, incident)) {
            context.output(EVENTS, event);
        }
    }

    private Rules rules(ReadOnlyContext context) throws Exception {
        if (rules == null) {
            List<Rule> all = new ArrayList<>(fileRules);
            context.getBroadcastState(RULES).immutableEntries().forEach(entry -> all.add(entry.getValue()));
            rules = new Rules(all, options.stepMillis());
        }
        return rules;
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<Score> out) throws Exception {
        if (control.weights != null) {
            champion.take(control.weights, context.getBroadcastState(WEIGHTS));
        }
        if (control.feedback != null) {
            for (Event closed : hearing.hear(control.feedback)) {
                context.output(EVENTS, closed);
            }
        }
        if (control.rule != null) {
            context.getBroadcastState(RULES).put(control.rule.getId(), control.rule);
            rules = null;
            LOG.info("rule \"{}\" holds", control.rule.getId());
        }
        if (control.removedRule != null) {
            context.getBroadcastState(RULES).remove(control.removedRule);
            rules = null;
            LOG.info("rule \"{}\" holds no longer", control.removedRule);
        }
    }
}
