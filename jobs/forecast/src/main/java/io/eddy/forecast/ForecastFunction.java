package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.Rule;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.OpenSteps;
import io.eddy.model.Shadow;
import io.eddy.model.Threshold;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Readings to steps, and one answer per step: the memory of a series is keyed state, the newest weights are broadcast state. */
public final class ForecastFunction extends KeyedBroadcastProcessFunction<String, Observation, Control, Score> {
    private static final long serialVersionUID = 1L;

    /** Newest champion of each model, and its shadow under a key of its own, see {@link ShadowState}. */
    public static final MapStateDescriptor<String, Weights> WEIGHTS =
            new MapStateDescriptor<>("weights", Types.STRING, new AvroTypeInfo<>(Weights.class));

    /** The newest rule of each id on the topic. */
    static final MapStateDescriptor<String, Rule> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, new AvroTypeInfo<>(Rule.class));

    public static final OutputTag<Forecast> FORECASTS =
            new OutputTag<>("forecasts", new AvroTypeInfo<>(Forecast.class));
    public static final OutputTag<Event> EVENTS = new OutputTag<>("events", new AvroTypeInfo<>(Event.class));

    /** What the model's shadow showed on the series of this subtask; the operator writes it. */
    public static final OutputTag<Shadow.Sums> SHADOW =
            new OutputTag<>("shadow", TypeInformation.of(Shadow.Sums.class));

    static final ValueStateDescriptor<PackedMemory> MEMORY =
            new ValueStateDescriptor<>("memory", MemorySerializer.INSTANCE);

    private final String modelId;
    private final Fields fields;
    private final Forecaster.Options options;
    private final Emission emission;
    private final @Nullable Threshold threshold;
    private final long allowedLateness;
    private final long staleAfter;
    private final List<Rule> fileRules;

    private transient ValueState<PackedMemory> memory;
    private transient Listener listener;
    /** What is said of a series that is silent. */
    private transient Answer aside;
    /** [covariates]: those of the step that ends. */
    private transient double[] covariates;
    /** Switches the key whose state is read and written. */
    private transient KeyContext keys;

    private transient boolean onHeap;
    private transient StepTimers timers;

    private transient Telling telling;
    private transient Counter badInput;
    private transient StaleWeights stale;
    private transient LateReadings late;
    private transient KeptMemories memories;
    private transient EndingSteps ending;
    private transient Steering steering;

    /**
     * Creates the function of one model.
     *
     * @param modelId whose weights are taken, and which the outputs name
     * @param options those of the arithmetic; their step is that of the readings, 0: every reading is one
     * @param threshold a level that series should not reach, where none has its own; null for none
     * @param allowedLateness milliseconds after the end of a step within which a reading corrects it, 0: not at all
     * @param staleAfter milliseconds after the newest data that the weights were made of, 0: never
     * @param fileRules those that hold from the start; one of the topic with the same id takes the place of one of these
     */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    public ForecastFunction(
            String modelId,
            Fields fields,
            Forecaster.Options options,
            Emission emission,
            @Nullable Threshold threshold,
            long allowedLateness,
            long staleAfter,
            List<Rule> fileRules) {
        this.modelId = modelId;
        this.fields = fields;
        this.options = options;
        this.emission = emission;
        this.threshold = threshold;
        this.allowedLateness = allowedLateness;
        this.staleAfter = staleAfter;
        this.fileRules = fileRules;
    }

    /** Length of a step; 0: every reading is one. */
    long stepMillis() {
        return options.stepMillis();
    }

    /** @param onHeap whether the state is that of {@link KeptMemories} on the heap */
    void within(KeyContext operator, boolean onHeap) {
        keys = operator;
        this.onHeap = onHeap;
    }

    /** Called by the operator before the first reading. */
    void registersWith(StepTimers timers) {
        this.timers = timers;
    }

    @Override
    @SuppressWarnings("NullAway.Init") // the operator calls within before it opens this
    public void open(OpenContext context) {
        memory = getRuntimeContext().getState(MEMORY);
        Forecaster forecaster = new Forecaster(options);
        listener = new Listener(options);
        aside = new Answer(options.horizon());
        covariates = new double[fields.covariates().size()];
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        stale = new StaleWeights(staleAfter);
        steering =
                new Steering(modelId, fields, forecaster, options, fileRules, stale, getRuntimeContext(), keys, memory);
        telling = new Telling(modelId, new Thresholds(threshold, metrics), stale);
        badInput = metrics.counter("bad_input");
        late = new LateReadings(modelId, fields, forecaster, options, allowedLateness, memory, metrics);
        memories = new KeptMemories(keys, memory, onHeap);
        ending = new EndingSteps(forecaster, options.horizon(), keys, memories, late, telling);
    }

    /** Adds a reading to its step; what no step can take is answered at once. */
    @Override
    public void processElement(Observation reading, ReadOnlyContext context, Collector<Score> out) throws Exception {
        if (reading.fault != null) {
            badInput.inc();
            String target = fields.targets().get(reading.target);
            out.collect(Records.unscored(reading, target, Status.BAD_INPUT, reading.fault, modelId, Instant.now()));
            return;
        }
        long start = OpenSteps.startOf(reading.timeMillis, options.stepMillis());
        long end = OpenSteps.endOf(start, options.stepMillis());
        PackedMemory series = memory.value();
        // After a restore the newest step alone tells what is over, until a watermark comes.
        long newest = series == null ? Long.MIN_VALUE : series.inbox().endOfNewest(options.stepMillis());
        long over = Math.max(context.timerService().currentWatermark(), newest);
        if (end <= over) {
            out.collect(stale.told(late.answer(reading, series, start, over - end, steering.rules(context))));
            return;
        }
        String key = context.getCurrentKey();
        if (series == null) {
            series = new PackedMemory();
            series.inbox().open().begin(fields.areCounters());
            memory.update(series);
        }
        series.inbox().labels(reading.labels);
        if (series.inbox().open().add(start, reading.timeMillis, reading.value, reading.covariates)) {
            timers.register(end, key, memories.known(series));
        }
        memories.keep(key, series);
    }

    /** The times at which the timers of a key have to ring, for they are not part of a checkpoint. */
    List<Long> timers(String key, PackedMemory series) throws IOException {
        long asked = Fields.isFirst(key) ? listener.nextMillis(series.unpack()) : Listener.NEVER;
        LongStream ends = LongStream.of(series.inbox().open().ends(options.stepMillis()));
        return LongStream.concat(ends, LongStream.of(asked).filter(time -> time != Listener.NEVER))
                .boxed()
                .toList();
    }

    /** Something is due of series, which are taken together: a step is over, or they are to be asked whether they are silent. */
    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<Score> out) throws Exception {
        DueSeries due = timers.called();
        due.meet(memories);
        WeightsVersion version = steering.champion(context);
        Shadow shadow = steering.shadow(context);
        Rules rules = steering.rules(context);
        long start = OpenSteps.startOfEnd(millis, options.stepMillis());
        for (int i = 0; i < due.size(); i++) {
            String key = due.key(i);
            PackedMemory kept = due.memory(i);
            if (kept == null) {
                continue; // forgotten since
            }
            if (kept.inbox().open().holds(start)) {
                end(key, kept, start, shadow, rules);
            } else if (timers.isFirst(key)) {
                keys.setCurrentKey(key);
                listen(key, kept, millis, version, rules, context, out);
            }
            if (ending.isFull()) {
                ending.run(version, shadow, context, out);
            }
        }
        ending.run(version, shadow, context, out);
    }

    /** The step that began then is over: no reading can come any more. */
    private void end(String key, PackedMemory kept, long start, @Nullable Shadow shadow, Rules rules)
            throws IOException {
        Memory series = ending.unpack(kept);
        StepMean step = close(series, key, start);
        series.follow(shadow != null && shadow.takes(step.series()) ? shadow : null);
        ending.add(new EndingSteps.Ending(key, step, kept, rules.of(step)), series, emission.wants(series, step));
    }

    private StepMean close(Memory series, String key, long start) {
        OpenSteps open = series.inbox().open();
        open.covariates(start, covariates);
        series.covariates(options.inputs().covariates(), covariates);
        int readings = open.readings(start);
        return step(key, series, start, open.close(start, options.stepMillis()), readings);
    }

    private StepMean step(String key, Memory series, long start, double value, int readings) {
        return new StepMean(
                Fields.series(key), fields.target(key), series.inbox().labels(), start, value, readings);
    }

    /** No step ends now, so the series is to be asked whether it has fallen silent; at the end of a bounded input none has. */
    private void listen(
            String key,
            PackedMemory kept,
            long millis,
            @Nullable WeightsVersion version,
            Rules rules,
            OnTimerContext context,
            Collector<Score> out)
            throws Exception {
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        Memory series = kept.unpack();
        StepMean newest = step(key, series, millis - options.stepMillis(), Double.NaN, 0);
        SeriesRule rule = rules.of(newest);
        List<Event> closed = GoneSeries.closed(key, newest.target(), series);
        boolean isDue = listener.nextMillis(series) <= millis;
        long next = listener.ask(series, version, millis, rule == null ? null : rule.at(newest.timeMillis()), aside);
        if (next != Listener.NEVER) {
            context.timerService().registerEventTimeTimer(next);
        }
        if (aside.change != Incident.Change.NONE) {
            closed.forEach(event -> context.output(EVENTS, event));
        }
        if (aside.rawScore > 0) {
            telling.step(newest, aside, series.incident(), rule, Instant.now(), context, out);
        }
        if (isDue) { // else it has been heard of, and nothing has changed
            memory.update(kept.pack(series));
        }
    }

    /** What is told of a series whose memory is given up. */
    List<Event> forget(String key, PackedMemory series) throws IOException {
        steering.forget();
        return GoneSeries.closed(key, fields.target(key), series.unpack());
    }

    /** What the shadow showed since this was asked last; null for nothing. */
    Shadow.@Nullable Sums drainShadow() {
        return steering.drainShadow();
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<Score> out) throws Exception {
        for (Event closed : steering.take(control, context, timers)) {
            context.output(EVENTS, closed);
        }
    }
}
