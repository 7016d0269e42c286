package io.eddy.forecast;

import io.eddy.connectors.StateSerializer;
import io.eddy.model.Memory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** The memory of a series as Flink's keyed state. */
public final class MemorySerializer extends StateSerializer<Memory> {
    private static final long serialVersionUID = 1L;
    public static final MemorySerializer INSTANCE = new MemorySerializer();

    @Override
    public Memory createInstance() {
        return new Memory();
    }

    /** Called for each series that is met while a checkpoint writes it, so it does not go through bytes. */
    @Override
    public Memory copy(Memory from) {
        return from.copy();
    }

    @Override
    protected void write(Memory memory, DataOutput out) throws IOException {
        memory.write(out);
    }

    @Override
    protected Memory read(DataInput in) throws IOException {
        return Memory.read(in);
    }

    @Override
    public TypeSerializerSnapshot<Memory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes of the memory itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Memory> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
