package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Score;
import io.eddy.connectors.Control;
import io.eddy.connectors.Observation;
import io.eddy.model.Shadow;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's operator for {@link ForecastFunction}, with {@link StepTimers} in place of its own; they come back from the memories. */
public final class ForecastOperator extends CoBroadcastWithKeyedOperator<String, Observation, Control, Score> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ForecastOperator.class);

    /** Asks for the ids of the rules that their topic holds. */
    interface RulesOnTopic extends Serializable {
        Set<String> ids();
    }

    private final ForecastSetup setup;
    private final GoneSeries gone;
    private final @Nullable RulesOnTopic rules;
    private transient boolean restored;
    private transient MadeUnder made;
    private transient StepTimers timers;
    private transient Counter forgotten;
    private transient @Nullable SeriesRoom room;
    private transient ValueState<PackedMemory> memories;

    /** @param rules asked once when the operator is restored; null: those of the checkpoint hold */
    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ForecastOperator(ForecastSetup setup, GoneSeries gone, @Nullable RulesOnTopic rules) {
        super(new ForecastFunction(setup), List.of(ForecastFunction.WEIGHTS, ForecastFunction.RULES));
        this.setup = setup;
        this.gone = gone;
        this.rules = rules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
        made = new MadeUnder(context.getOperatorStateStore(), setup.fields(), setup.stepMillis());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        made.snapshot(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        timers.forgetMemories();
    }

    @Override
    @SuppressWarnings("unchecked") // there is one timer service, that of the function
    public <K, N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaces, Triggerable<K, N> target) {
        InternalTimerService<N> flinks = super.getInternalTimerService(name, namespaces, target);
        timers = new StepTimers(
                (InternalTimerService<VoidNamespace>) flinks, this, (Triggerable<String, VoidNamespace>) target);
        ((ForecastFunction) userFunction).registersWith(timers);
        return (InternalTimerService<N>) timers;
    }

    @Override
    public void open() throws Exception {
        ForecastFunction function = (ForecastFunction) userFunction;
        function.within(this, getKeyedStateBackend() instanceof HeapKeyedStateBackend);
        super.open();
        forgotten = getMetricGroup().counter("series_forgotten");
        Counter refused = getMetricGroup().counter("series_refused");
        memories = getPartitionedState(ForecastFunction.MEMORY);
        if (setup.maxSeries() > 0 && getKeyedStateBackend() instanceof HeapKeyedStateBackend<?> heap) {
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            room = new SeriesRoom(heap, setup.maxSeries(), subtasks, refused);
        }
        if (restored) {
            if (rules != null) {
                HeldRules.keepOnly(
                        rules.ids(),
                        getOperatorStateBackend().getBroadcastState(ForecastFunction.RULES),
                        Steering.log(HeldRules.class, getRuntimeContext().getTaskInfo()));
            }
            goOn(function);
        }
    }

    /** Goes on with the series of the checkpoint; those to whose memories the options give another meaning begin anew. */
    private void goOn(ForecastFunction function) throws Exception {
        Map<String, Integer> anew = new TreeMap<>();
        forEachSeries((key, memory) -> {
            PackedMemory series = memory.value();
            String change = made.change(key, series);
            if (change != null) {
                giveUp(key, memory);
                anew.merge(change, 1, Integer::sum);
                return;
            }
            for (long time : function.timers(key, series)) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            }
        });
        anew.forEach((change, series) -> LOG.warn("{}; {} series begin anew", change, series));
    }

    private void forEachSeries(KeyedStateFunction<String, ValueState<PackedMemory>> each) throws Exception {
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, ForecastFunction.MEMORY, each);
    }

    /** Forgets a series, and tells the end of the event that it leaves open. */
    private void giveUp(String key, ValueState<PackedMemory> memory) throws Exception {
        for (Event event : ((ForecastFunction) userFunction).forget(key, memory.value())) {
            output.collect(ForecastFunction.EVENTS, new StreamRecord<>(event));
        }
        memory.clear();
        forgotten.inc();
    }

    @Override
    public void processElement1(StreamRecord<Observation> reading) throws Exception {
        if (room != null && room.isFull() && memories.value() == null && reading.getValue().fault == null) {
            reading.getValue().fault = room.refuse();
        }
        super.processElement1(reading);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        timers.advance(mark.getTimestamp());
        if (gone.isDue(mark.getTimestamp())) {
            forEachSeries((key, memory) -> {
                if (gone.isGone(memory.value(), mark.getTimestamp())) {
                    giveUp(key, memory);
                }
            });
        }
        super.processWatermark(mark);
        tellOfShadow();
    }

    /** Before the state of the series is saved, so that what it showed is counted once. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        tellOfShadow();
    }

    private void tellOfShadow() {
        Shadow.Sums found = ((ForecastFunction) userFunction).drainShadow();
        if (found != null) {
            output.collect(ForecastFunction.SHADOW, new StreamRecord<>(found));
        }
    }
}
