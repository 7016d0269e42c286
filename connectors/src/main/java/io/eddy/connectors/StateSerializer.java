package io.eddy.connectors;

import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Keyed state that writes and reads itself in one piece, its own format version first. The bytes are framed by their length, so that they
 * can be copied without being understood.
 */
public abstract class StateSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;

    /** One buffer for each thread that writes a checkpoint: a new one for each of a million series would keep the collector busy. */
    private static final ThreadLocal<DataOutputSerializer> BUFFER =
            ThreadLocal.withInitial(() -> new DataOutputSerializer(4096));

    /** Bytes; what was larger once may never be again. */
    private static final int LARGEST_KEPT = 1 << 20;

    protected abstract void write(T value, DataOutput out) throws IOException;

    /** @param in holds what was written and no more */
    protected abstract T read(DataInputDeserializer in) throws IOException;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public T copy(T from) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(4096);
            write(from, out);
            return read(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
        } catch (IOException e) {
            throw new IllegalStateException("state: expected to be readable as written", e);
        }
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        DataOutputSerializer out = BUFFER.get();
        out.clear();
        write(value, out);
        target.writeInt(out.length());
        target.write(out.getSharedBuffer(), 0, out.length());
        if (out.length() > LARGEST_KEPT) {
            BUFFER.remove();
        }
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return read(new DataInputDeserializer(bytes));
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        // Not target.write(source, length): DataOutputSerializer does not grow for it.
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        target.writeInt(bytes.length);
        target.write(bytes);
    }
}
