package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Score;
import io.eddy.connectors.Control;
import io.eddy.connectors.Observation;
import io.eddy.model.Memory;
import io.eddy.model.Shadow;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Flink's operator for {@link ForecastFunction}, with {@link StepTimers} in place of its own; they come back from the memories. */
public final class ForecastOperator extends CoBroadcastWithKeyedOperator<String, Observation, Control, Score> {
    private static final long serialVersionUID = 1L;

    private final GoneSeries gone;
    private transient boolean restored;
    private transient StepTimers timers;
    private transient Counter forgotten;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ForecastOperator(ForecastFunction function, GoneSeries gone) {
        super(function, List.of(ForecastFunction.WEIGHTS, ForecastFunction.RULES));
        this.gone = gone;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
    }

    @Override
    @SuppressWarnings("unchecked") // there is one timer service, that of the function
    public <K, N> InternalTimerService<N> getInternalTimerService(
            String name, TypeSerializer<N> namespaces, Triggerable<K, N> target) {
        InternalTimerService<N> flinks = super.getInternalTimerService(name, namespaces, target);
        timers = new StepTimers(
                (InternalTimerService<VoidNamespace>) flinks, this, (Triggerable<String, VoidNamespace>) target);
        return (InternalTimerService<N>) timers;
    }

    @Override
    public void open() throws Exception {
        ForecastFunction function = (ForecastFunction) userFunction;
        function.within(this, () -> timers.isLast());
        super.open();
        forgotten = getMetricGroup().counter("series_forgotten");
        if (restored) {
            KeyedStateBackend<String> backend = getKeyedStateBackend();
            backend.applyToAllKeys(
                    VoidNamespace.INSTANCE,
                    VoidNamespaceSerializer.INSTANCE,
                    ForecastFunction.MEMORY,
                    (String key, ValueState<Memory> memory) -> {
                        for (long time : function.timers(key, memory.value())) {
                            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
                        }
                    });
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        timers.advance(mark.getTimestamp());
        if (gone.isDue(mark.getTimestamp())) {
            forgetGone(mark.getTimestamp());
        }
        super.processWatermark(mark);
        tellOfShadow();
    }

    private void forgetGone(long watermarkMillis) throws Exception {
        ForecastFunction function = (ForecastFunction) userFunction;
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                ForecastFunction.MEMORY,
                (String key, ValueState<Memory> memory) -> {
                    Memory series = memory.value();
                    if (gone.isGone(series, watermarkMillis)) {
                        for (Event event : function.forget(key, series)) {
                            output.collect(ForecastFunction.EVENTS, new StreamRecord<>(event));
                        }
                        memory.clear();
                        forgotten.inc();
                    }
                });
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
