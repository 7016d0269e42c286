package io.eddy.connectors;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Avro behind the id that a registry gave its schema. */
final class RegistryCodec<T extends SpecificRecordBase> implements RecordCodec<T> {
    private final SchemaRegistry registry;
    private final String subject;
    private final Schema schema;
    private final AvroCodec.Writer<T> writer;
    private final AvroCodec<T> codec;
    private final Map<Integer, AvroCodec<T>> readers = new HashMap<>();
    private byte @Nullable [] header;

    RegistryCodec(SchemaRegistry registry, String subject, Class<T> type, AvroCodec.Writer<T> writer) {
        this.registry = registry;
        this.subject = subject;
        schema = AvroCodec.schema(type);
        this.writer = writer;
        codec = new AvroCodec<>(type, writer);
    }

    /** Makes the schema known, so that what goes wrong goes wrong at the start. */
    byte[] register() {
        header = SchemaRegistry.header(registry.register(subject, schema));
        return header;
    }

    @Override
    public byte[] encode(T record) {
        byte[] id = header == null ? register() : header;
        byte[] datum = codec.encode(record);
        byte[] value = Arrays.copyOf(id, id.length + datum.length);
        System.arraycopy(datum, 0, value, id.length, datum.length);
        return value;
    }

    @Override
    public T decode(byte @Nullable [] value) {
        if (value == null || !SchemaRegistry.hasHeader(value)) {
            throw new IllegalArgumentException("value: expected a zero and the id of a schema, found "
                    + (value == null ? "none" : value.length + " bytes without"));
        }
        int id = SchemaRegistry.id(value);
        Schema written = registry.schema(id);
        return readers.computeIfAbsent(id, none -> new AvroCodec<>(written, schema, writer))
                .decode(Arrays.copyOfRange(value, SchemaRegistry.HEADER_BYTES, value.length));
    }
}
