package io.eddy.train;

import io.eddy.connectors.StateSerializer;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;

/** A window that people have spoken of, in the checkpoint. */
public final class TrainingWindowSerializer extends StateSerializer<TrainingWindow> {
    private static final long serialVersionUID = 1L;
    static final TrainingWindowSerializer INSTANCE = new TrainingWindowSerializer();
    private static final int FORMAT = 1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TrainingWindow createInstance() {
        return new TrainingWindow("none", 0, 1, new float[1], new float[1]);
    }

    @Override
    protected void write(TrainingWindow window, DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeUTF(window.series());
        out.writeLong(window.startMillis());
        out.writeLong(window.endMillis());
        out.writeInt(window.steps());
        RoundPlanSerializer.writeFloats(window.inputs(), out);
        RoundPlanSerializer.writeFloats(window.targets(), out);
    }

    @Override
    protected TrainingWindow read(DataInputDeserializer in) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("training window: expected format version " + FORMAT + ", found " + format);
        }
        return new TrainingWindow(
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                RoundPlanSerializer.readFloats(in),
                RoundPlanSerializer.readFloats(in));
    }

    @Override
    public TypeSerializerSnapshot<TrainingWindow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainingWindow> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
