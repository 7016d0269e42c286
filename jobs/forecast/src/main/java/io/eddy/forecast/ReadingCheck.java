package io.eddy.forecast;

import io.eddy.Reject;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Takes the readings out of what was decoded, one observation for each target; the rejects go their own way. */
final class ReadingCheck extends ProcessFunction<Decoded, Observation> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<Reject> REJECTS = new OutputTag<>("rejects", new AvroTypeInfo<>(Reject.class));

    private final Fields fields;
    private transient Counter rejects;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ReadingCheck(Fields fields) {
        this.fields = fields;
    }

    @Override
    public void open(OpenContext context) {
        rejects = getRuntimeContext().getMetricGroup().counter("rejects");
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<Observation> out) {
        if (decoded.reject != null) {
            rejects.inc();
            context.output(REJECTS, decoded.reject);
        }
        if (decoded.reading != null) {
            fields.observe(decoded.reading, out);
        }
    }
}
