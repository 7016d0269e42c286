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
import io.eddy.model.Forecaster;
import io.eddy.model.Listener;
import io.eddy.model.OpenSteps;
import io.eddy.model.Shadow;
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

    private final ForecastSetup setup;

    private transient ValueState<PackedMemory> memory;
    /** Switches the key whose state is read and written. */
    private transient KeyContext keys;

    private transient boolean onHeap;
    private transient StepTimers timers;

    private transient Counter badInput;
    private transient StaleWeights stale;
    private transient LateReadings late;
    private transient KeptMemories memories;
    private transient EndingSteps ending;
    private transient SilentSeries silent;
    private transient Steering steering;

    /** Creates the function of one model. */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ForecastFunction(ForecastSetup setup) {
        this.setup = setup;
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
        Forecaster forecaster = new Forecaster(setup.options());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        memory = getRuntimeContext().getState(MEMORY);
        memories = new KeptMemories(keys, memory, onHeap);
        stale = new StaleWeights(setup.staleAfter());
        badInput = metrics.counter("bad_input");
        steering = new Steering(setup, forecaster, stale, memories, getRuntimeContext());
        late = new LateReadings(setup, forecaster, memories, metrics);
        Telling telling = new Telling(setup.modelId(), new Thresholds(setup.threshold(), metrics), stale);
        ending = new EndingSteps(setup, forecaster, memories, late, telling);
        silent = new SilentSeries(setup, memories, telling);
    }

    /** Adds a reading to its step; what no step can take is answered at once. */
    @Override
    public void processElement(Observation reading, ReadOnlyContext context, Collector<Score> out) throws Exception {
        if (reading.fault != null) {
            badInput.inc();
            String target = setup.fields().targets().get(reading.target);
            out.collect(
                    Records.unscored(reading, target, Status.BAD_INPUT, reading.fault, setup.modelId(), Instant.now()));
            return;
        }
        long start = OpenSteps.startOf(reading.timeMillis, setup.stepMillis());
        long end = OpenSteps.endOf(start, setup.stepMillis());
        PackedMemory series = memory.value();
        // After a restore the newest step alone tells what is over, until a watermark comes.
        long newest = series == null ? Long.MIN_VALUE : series.inbox().endOfNewest(setup.stepMillis());
        long over = Math.max(context.timerService().currentWatermark(), newest);
        if (end <= over) {
            out.collect(stale.told(late.answer(reading, series, start, over - end, steering.rules(context))));
            return;
        }
        String key = context.getCurrentKey();
        if (series == null) {
            series = new PackedMemory();
            series.inbox().open().begin(setup.fields().areCounters());
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
        long asked = Fields.isFirst(key) ? silent.nextMillis(series) : Listener.NEVER;
        LongStream ends = LongStream.of(series.inbox().open().ends(setup.stepMillis()));
        return LongStream.concat(ends, LongStream.of(asked).filter(time -> time != Listener.NEVER))
                .boxed()
                .toList();
    }

    /** Something is due of series, which are taken together: a step is over, or they are to be asked whether they are silent. */
    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<Score> out) throws Exception {
        DueSeries due = timers.called();
        due.meet(memories);
        Steering.InForce inForce = steering.inForce(context);
        long start = OpenSteps.startOfEnd(millis, setup.stepMillis());
        for (int i = 0; i < due.size(); i++) {
            String key = due.key(i);
            PackedMemory kept = due.memory(i);
            if (kept == null) {
                continue; // forgotten since
            }
            if (kept.inbox().open().holds(start)) {
                ending.add(key, kept, start, inForce);
            } else if (timers.isFirst(key)) {
                keys.setCurrentKey(key);
                silent.ask(key, kept, inForce, context, out);
            }
            if (ending.isFull()) {
                ending.run(inForce, timers, context, out);
            }
        }
        ending.run(inForce, timers, context, out);
    }

    /** What is told of a series whose memory is given up. */
    List<Event> forget(String key, PackedMemory series) throws IOException {
        steering.forget();
        return GoneSeries.closed(key, setup.fields().target(key), series.unpack());
    }

    /** What the shadow showed since this was asked last; null for nothing. */
    Shadow.@Nullable Sums drainShadow() {
        return steering.drainShadow();
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<Score> out) throws Exception {
        steering.take(control, context, timers);
    }
}
