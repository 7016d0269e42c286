package io.eddy.forecast;

import io.eddy.Forecast;
import io.eddy.Realised;
import java.util.function.DoubleSupplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Passes forecasts on and shows how the model does over all series: a moving mean, about the newest thousand forecasts. */
final class ModelMetrics extends RichMapFunction<Forecast, Forecast> {
    private static final long serialVersionUID = 1L;
    private static final double WEIGHT = 0.001;

    private final String modelId;
    private transient double coverage80;
    private transient double coverage95;
    private transient double skill;
    private transient long seen;

    ModelMetrics(String modelId) {
        this.modelId = modelId;
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup model = getRuntimeContext().getMetricGroup().addGroup("model", modelId);
        register(model, "coverage_80", () -> coverage80);
        register(model, "coverage_95", () -> coverage95);
        register(model, "skill", () -> skill);
    }

    private void register(MetricGroup group, String name, DoubleSupplier value) {
        group.<Double, Gauge<Double>>gauge(name, () -> seen == 0 ? Double.NaN : value.getAsDouble());
    }

    @Override
    public Forecast map(Forecast forecast) {
        Realised realised = forecast.getRealised();
        if (realised != null && Double.isFinite(realised.getSkill())) {
            seen++;
            double weight = Math.max(WEIGHT, 1.0 / seen);
            coverage80 += weight * (realised.getCoverage80() - coverage80);
            coverage95 += weight * (realised.getCoverage95() - coverage95);
            skill += weight * (realised.getSkill() - skill);
        }
        return forecast;
    }
}
