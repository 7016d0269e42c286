package io.eddy.train;

import io.eddy.connectors.StateSerializer;
import io.eddy.model.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.jspecify.annotations.Nullable;

/** The share of a round on its way to a trainer, and in the checkpoint while it is trained on. */
public final class RoundPlanSerializer extends StateSerializer<RoundPlan> {
    private static final long serialVersionUID = 1L;
    static final RoundPlanSerializer INSTANCE = new RoundPlanSerializer();
    /** The first has no labelled windows; those of the second stand for one window each. */
    private static final int FORMAT = 3;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public RoundPlan createInstance() {
        Reservoir.Split none = new Reservoir.Split(List.of(), List.of());
        return new RoundPlan(
                Training.Trigger.COUNT, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, null, null, none, Long.MIN_VALUE, List.of());
    }

    @Override
    protected void write(RoundPlan plan, DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(plan.trigger().name());
        out.writeLong(plan.version());
        out.writeLong(plan.parentVersion());
        out.writeLong(plan.number());
        out.writeInt(plan.trainers());
        out.writeInt(plan.share());
        out.writeLong(plan.fromMillis());
        out.writeLong(plan.trainedToMillis());
        out.writeLong(plan.toMillis());
        out.writeLong(plan.leftOutAnomalous());
        out.writeLong(plan.leftOutMissing());
        writeWeights(plan.parent(), out);
        writeWeights(plan.start(), out);
        writeWindows(plan.split().training(), out);
        writeWindows(plan.split().heldOut(), out);
        out.writeLong(plan.parentTrainedToMillis());
        out.writeInt(plan.labelled().size());
        for (LabelledWindow window : plan.labelled()) {
            out.writeUTF(window.series());
            out.writeLong(window.lastMillis());
            out.writeInt(window.steps());
            writeFloats(window.inputs(), out);
            out.write(window.labels());
            out.writeInt(window.stands());
        }
    }

    @Override
    protected RoundPlan read(DataInputDeserializer in) throws IOException {
        int format = in.readInt();
        if (format < 1 || format > FORMAT) {
            throw new IOException("share of a round: expected format 1 to " + FORMAT + ", found " + format);
        }
        return new RoundPlan(
                Training.Trigger.valueOf(in.readUTF()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readWeights(in),
                readWeights(in),
                new Reservoir.Split(readWindows(in), readWindows(in)),
                format < 2 ? Long.MIN_VALUE : in.readLong(),
                format < 2 ? List.of() : readLabelled(in, format));
    }

    private static List<LabelledWindow> readLabelled(DataInput in, int format) throws IOException {
        int count = in.readInt();
        List<LabelledWindow> windows = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            String series = in.readUTF();
            long lastMillis = in.readLong();
            int steps = in.readInt();
            float[] inputs = readFloats(in);
            byte[] labels = new byte[steps];
            in.readFully(labels);
            windows.add(new LabelledWindow(series, lastMillis, steps, inputs, labels, format < 3 ? 1 : in.readInt()));
        }
        return windows;
    }

    static void writeWeights(@Nullable Weights weights, DataOutput out) throws IOException {
        byte[] bytes = weights == null ? new byte[0] : weights.toBytes();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static @Nullable Weights readWeights(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes.length == 0 ? null : Weights.fromBytes(bytes);
    }

    private static void writeWindows(List<TrainingWindow> windows, DataOutput out) throws IOException {
        out.writeInt(windows.size());
        for (TrainingWindow window : windows) {
            out.writeUTF(window.series());
            out.writeLong(window.endMillis());
            out.writeInt(window.steps());
            writeFloats(window.inputs(), out);
            writeFloats(window.targets(), out);
        }
    }

    private static List<TrainingWindow> readWindows(DataInput in) throws IOException {
        int count = in.readInt();
        List<TrainingWindow> windows = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            windows.add(new TrainingWindow(in.readUTF(), in.readLong(), in.readInt(), readFloats(in), readFloats(in)));
        }
        return windows;
    }

    static void writeFloats(float[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readFloat();
        }
        return values;
    }

    @Override
    public TypeSerializerSnapshot<RoundPlan> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RoundPlan> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
