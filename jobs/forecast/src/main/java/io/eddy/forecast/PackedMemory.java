package io.eddy.forecast;

import io.eddy.model.ArrayRoom;
import io.eddy.model.Inbox;
import io.eddy.model.Memory;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a series between its steps: what its readings meet as it is, and all else as the bytes that a checkpoint has of it. Those are one object
 * and two thirds of what a {@link Memory} takes, which is there for a step alone, see {@link SpareMemories}; and a checkpoint, or RocksDB, copies them as they are.
 */
public final class PackedMemory {
    private static final byte[] NONE = {};
    /** Bytes of a line of the cache. */
    private static final int LINE = 64;

    /** What a memory is written to, again and again. */
    private static final class Packing extends DataOutputSerializer implements ArrayRoom.Holder {
        private final ArrayRoom room = new ArrayRoom();

        Packing() {
            super(4096);
        }

        @Override
        public ArrayRoom arrayRoom() {
            return room;
        }
    }

    /** What a memory is read from, again and again. */
    private static final class Unpacking extends DataInputDeserializer implements ArrayRoom.Holder {
        private final ArrayRoom room = new ArrayRoom();

        @Override
        public ArrayRoom arrayRoom() {
            return room;
        }
    }

    /** One for each thread. */
    private static final ThreadLocal<Packing> PACKING = ThreadLocal.withInitial(Packing::new);

    private static final ThreadLocal<Unpacking> UNPACKING = ThreadLocal.withInitial(Unpacking::new);

    private final Inbox inbox;
    /** What {@link Memory#writeRest} wrote; empty before the first step, and where the memory is whole. */
    private byte[] rest;
    /** One of the full tier, which is all arrays: to pack its 60 kB takes nearly as long as its step. Null in the lean tier, and where it was just read. */
    private @Nullable Memory whole;

    private PackedMemory(Inbox inbox, byte[] rest) {
        this.inbox = inbox;
        this.rest = rest;
    }

    /** Of a series that was never seen. */
    public PackedMemory() {
        this(new Inbox(), NONE);
    }

    /** Of a series with this memory. */
    public static PackedMemory of(Memory memory) throws IOException {
        return new PackedMemory(memory.inbox(), NONE).pack(memory);
    }

    /** What its readings meet; the memory that is unpacked has the same. */
    public Inbox inbox() {
        return inbox;
    }

    /** Reads a byte of each of its lines in the cache; the result says nothing. */
    int touch() {
        int sum = 0;
        for (int i = 0; i < rest.length; i += LINE) {
            sum += rest[i];
        }
        return sum;
    }

    /** The memory; what becomes of it is kept when it is packed again. */
    public Memory unpack() throws IOException {
        return unpack(null);
    }

    /**
     * The same in the objects of another memory.
     *
     * @param spare that is nobody's any more, of the lean tier; null for none
     */
    Memory unpack(@Nullable Memory spare) throws IOException {
        if (whole != null) {
            return whole;
        }
        if (rest.length == 0) {
            return new Memory(inbox);
        }
        Unpacking in = UNPACKING.get();
        in.setBuffer(rest);
        if (spare == null) {
            return Memory.readRest(inbox, in);
        }
        spare.becomeRest(inbox, in);
        return spare;
    }

    /**
     * Keeps what has become of the memory.
     *
     * @param memory that was unpacked from here
     * @return this
     */
    public PackedMemory pack(Memory memory) throws IOException {
        whole = memory.isHeavy() ? memory : null;
        if (whole != null) {
            rest = NONE;
            return this;
        }
        DataOutputSerializer out = written(memory);
        if (out.length() == rest.length) { // nearly always, and the old one stays where it is
            System.arraycopy(out.getSharedBuffer(), 0, rest, 0, rest.length);
        } else {
            rest = out.getCopyOfBuffer();
        }
        return this;
    }

    private static DataOutputSerializer written(Memory memory) throws IOException {
        Packing out = PACKING.get();
        out.clear();
        memory.writeRest(out);
        return out;
    }

    /** One that nothing done to this changes. */
    PackedMemory copy() throws IOException {
        return new PackedMemory(
                inbox.copy(), whole == null ? rest.clone() : written(whole).getCopyOfBuffer());
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(Memory.FORMAT);
        inbox.write(out);
        if (whole == null) {
            out.write(rest);
        } else {
            whole.writeRest(out);
        }
    }

    /** Reads all there is, in this format or an earlier one. */
    static PackedMemory read(DataInputDeserializer in) throws IOException {
        int format = in.readUnsignedByte();
        if (format != Memory.FORMAT) {
            return of(Memory.read(format, in));
        }
        PackedMemory packed = new PackedMemory(Inbox.read(in), new byte[in.available()]);
        in.readFully(packed.rest);
        return packed;
    }
}
