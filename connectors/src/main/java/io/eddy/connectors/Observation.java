package io.eddy.connectors;

import io.eddy.Reading;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.apache.flink.types.Value;
import org.jspecify.annotations.Nullable;

/** What one target of a model sees of a reading, on its way to the task that keeps its series. Writes itself, without Avro's detour. */
public final class Observation implements Value {
    private static final long serialVersionUID = 1L;

    static final double[] NO_COVARIATES = {};

    public String series = "";
    public transient Map<String, String> labels = Map.of();
    /** Event time. */
    public long timeMillis;
    /** Place of the field among the targets of the model. */
    public int target;
    /** NaN where it is missing. */
    public double value;
    /** Values of the model's covariates, NaN where they are missing; the targets of a reading share them. */
    public double[] covariates = NO_COVARIATES;
    /** Why no model can use the reading; null if one can. */
    public @Nullable String fault;

    public Observation() {}

    static Observation of(Reading reading, int target, double value, double[] covariates, @Nullable String fault) {
        Observation observation = new Observation();
        observation.series = reading.getSeries();
        observation.labels = reading.getLabels().isEmpty() ? Map.of() : reading.getLabels();
        observation.timeMillis = reading.getEventTime().toEpochMilli();
        observation.target = target;
        observation.value = value;
        observation.covariates = covariates;
        observation.fault = fault;
        return observation;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        StringValue.writeString(series, out);
        out.writeLong(timeMillis);
        out.writeShort(target);
        out.writeDouble(value);
        out.writeShort(covariates.length);
        for (double covariate : covariates) {
            out.writeDouble(covariate);
        }
        StringValue.writeString(fault, out);
        out.writeInt(labels.size());
        for (Map.Entry<String, String> label : labels.entrySet()) {
            StringValue.writeString(label.getKey(), out);
            StringValue.writeString(label.getValue(), out);
        }
    }

    @Override
    public void read(DataInputView in) throws IOException {
        series = StringValue.readString(in);
        timeMillis = in.readLong();
        target = in.readUnsignedShort();
        value = in.readDouble();
        int count = in.readUnsignedShort();
        covariates = count == 0 ? NO_COVARIATES : new double[count];
        for (int i = 0; i < count; i++) {
            covariates[i] = in.readDouble();
        }
        fault = StringValue.readString(in);
        int size = in.readInt();
        labels = size == 0 ? Map.of() : new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            labels.put(StringValue.readString(in), StringValue.readString(in));
        }
    }
}
