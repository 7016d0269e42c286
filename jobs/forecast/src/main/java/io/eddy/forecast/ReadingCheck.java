package io.eddy.forecast;

import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.ReadingRule;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Passes on the readings that a model can use; the others get their answer at once. */
final class ReadingCheck extends ProcessFunction<Decoded, Reading> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<Reject> REJECTS = new OutputTag<>("rejects", new AvroTypeInfo<>(Reject.class));
    static final OutputTag<Score> BAD_INPUT = new OutputTag<>("bad-input", new AvroTypeInfo<>(Score.class));

    private final String modelId;
    private transient Counter rejects;
    private transient Counter badInput;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    ReadingCheck(String modelId) {
        this.modelId = modelId;
    }

    @Override
    public void open(OpenContext context) {
        rejects = getRuntimeContext().getMetricGroup().counter("rejects");
        badInput = getRuntimeContext().getMetricGroup().counter("bad_input");
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<Reading> out) {
        if (decoded.reject != null) {
            rejects.inc();
            context.output(REJECTS, decoded.reject);
        }
        if (decoded.reading == null) {
            return;
        }
        String fault = ReadingRule.fault(decoded.reading);
        if (fault == null) {
            out.collect(decoded.reading);
        } else {
            badInput.inc();
            context.output(
                    BAD_INPUT, Records.unscored(decoded.reading, Status.BAD_INPUT, fault, modelId, Instant.now()));
        }
    }
}
