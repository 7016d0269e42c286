package io.eddy.forecast;

import io.eddy.connectors.StateSerializer;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;

/** The memory of a series as Flink's keyed state. */
public final class MemorySerializer extends StateSerializer<PackedMemory> {
    private static final long serialVersionUID = 1L;
    public static final MemorySerializer INSTANCE = new MemorySerializer();

    @Override
    public PackedMemory createInstance() {
        return new PackedMemory();
    }

    /** Called for each series that is met while a checkpoint writes it, so it does not go through the parts of the memory. */
    @Override
    public PackedMemory copy(PackedMemory from) {
        try {
            return from.copy();
        } catch (IOException e) {
            throw new IllegalStateException("state: expected to be readable as written", e);
        }
    }

    @Override
    protected void write(PackedMemory memory, DataOutput out) throws IOException {
        memory.write(out);
    }

    @Override
    protected PackedMemory read(DataInputDeserializer in) throws IOException {
        return PackedMemory.read(in);
    }

    @Override
    public TypeSerializerSnapshot<PackedMemory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes of the memory itself. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<PackedMemory> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
