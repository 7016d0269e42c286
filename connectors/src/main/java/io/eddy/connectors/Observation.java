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

/** What a model sees of a reading, on its way to the task that keeps its series. Writes itself, without Avro's detour. */
public final class Observation implements Value {
    private static final long serialVersionUID = 1L;

    public String series = "";
    public transient Map<String, String> labels = Map.of();
    /** Event time. */
    public long timeMillis;
    /** NaN where it is missing. */
    public double value;
    /** Why no model can use the reading; null if one can. */
    public @Nullable String fault;

    public Observation() {}

    public static Observation of(Reading reading) {
        Observation observation = new Observation();
        observation.series = reading.getSeries();
        observation.labels = reading.getLabels().isEmpty() ? Map.of() : reading.getLabels();
        observation.timeMillis = reading.getEventTime().toEpochMilli();
        observation.value =
                reading.getValues().isEmpty() ? Double.NaN : reading.getValues().get(0);
        observation.fault = ReadingRule.fault(reading);
        return observation;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        StringValue.writeString(series, out);
        out.writeLong(timeMillis);
        out.writeDouble(value);
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
        value = in.readDouble();
        fault = StringValue.readString(in);
        int size = in.readInt();
        labels = size == 0 ? Map.of() : new HashMap<>(2 * size);
        for (int i = 0; i < size; i++) {
            labels.put(StringValue.readString(in), StringValue.readString(in));
        }
    }
}
