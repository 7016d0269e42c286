package io.eddy.forecast;

import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.ShadowRecord;
import io.eddy.model.Shadow;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the subtasks of the forecast found of the model's shadow, and writes it on the version's record, at most once in each interval of
 * the machine's clock. The key is the model.
 */
final class ShadowFunction extends KeyedBroadcastProcessFunction<String, Shadow.Sums, Control, Weights> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Shadow.Sums> SUMS =
            new ValueStateDescriptor<>("sums", TypeInformation.of(Shadow.Sums.class));

    private final String modelId;
    private final long intervalMillis;
    private transient ShadowState records;
    private transient ValueState<Shadow.Sums> sums;
    /** What the gauges show; null while no shadow runs. */
    private transient volatile Shadow.@Nullable Sums shown;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ShadowFunction(String modelId, long intervalMillis) {
        this.modelId = modelId;
        this.intervalMillis = intervalMillis;
    }

    @Override
    public void open(OpenContext context) {
        records = new ShadowState(modelId);
        sums = getRuntimeContext().getState(SUMS);
        MetricGroup model = getRuntimeContext().getMetricGroup().addGroup("model", modelId);
        register(model, "shadow_error", all -> all.error() / all.series());
        register(model, "champion_error", all -> all.championError() / all.series());
        register(model, "shadow_series", Shadow.Sums::series);
    }

    private void register(MetricGroup group, String name, ToDoubleFunction<Shadow.Sums> value) {
        group.<Double, Gauge<Double>>gauge(name, () -> {
            Shadow.Sums all = shown;
            return all == null ? Double.NaN : value.applyAsDouble(all);
        });
    }

    @Override
    public void processElement(Shadow.Sums found, ReadOnlyContext context, Collector<Weights> out) throws Exception {
        Shadow.Sums before = sums.value();
        if (before != null && before.sinceMillis() > found.sinceMillis()) {
            return; // of a shadow that has ended
        }
        boolean same = before != null && before.sinceMillis() == found.sinceMillis();
        Shadow.Sums all = same ? before.plus(found) : found;
        sums.update(all);
        if (running(all, records.in(context.getBroadcastState(ForecastFunction.WEIGHTS)))) {
            shown = all;
        }
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerProcessingTimeTimer((now / intervalMillis + 1) * intervalMillis);
    }

    @Override
    public void onTimer(long timeMillis, OnTimerContext context, Collector<Weights> out) throws Exception {
        Weights shadow = records.in(context.getBroadcastState(ForecastFunction.WEIGHTS));
        Shadow.Sums all = sums.value();
        if (shadow == null || !running(all, shadow)) {
            return;
        }
        out.collect(ShadowRecord.judged(
                shadow,
                Map.of(
                        "shadow_mae",
                        all.error() / all.series(),
                        "champion_mae",
                        all.championError() / all.series(),
                        "shadow_steps",
                        (double) all.steps(),
                        "shadow_series",
                        (double) all.series())));
    }

    private static boolean running(Shadow.Sums sums, @Nullable Weights shadow) {
        return shadow != null && ShadowRecord.sinceMillis(shadow) == sums.sinceMillis();
    }

    @Override
    public void processBroadcastElement(Control control, Context context, Collector<Weights> out) throws Exception {
        if (control.weights != null
                && records.take(control.weights, context.getBroadcastState(ForecastFunction.WEIGHTS))) {
            shown = null;
        }
    }
}
