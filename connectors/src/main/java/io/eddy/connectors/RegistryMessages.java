package io.eddy.connectors;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Any Avro record behind the id of its schema. */
final class RegistryMessages implements MessageFormat {
    private final SchemaRegistry registry;
    private @Nullable BinaryDecoder decoder;

    RegistryMessages(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Object parse(byte[] value) {
        if (!SchemaRegistry.hasHeader(value)) {
            throw new IllegalArgumentException(
                    "value: expected a zero and the id of a schema, found " + value.length + " bytes without");
        }
        Schema schema = registry.schema(SchemaRegistry.id(value));
        int from = SchemaRegistry.HEADER_BYTES;
        try {
            decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
            new AvroWalk(value.length).over(schema, decoder);
            decoder = DecoderFactory.get().binaryDecoder(value, from, value.length - from, decoder);
            @SuppressWarnings("NullAway") // Avro makes a new one
            Object datum = new GenericDatumReader<>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IllegalArgumentException(
                        "value: expected one " + schema.getFullName() + " in Avro, found bytes after its end");
            }
            Object message = plain(schema, datum);
            if (message == null) {
                throw new IllegalArgumentException("value: expected fields by name, found null");
            }
            return message;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(
                    "value: expected one " + schema.getFullName() + " in Avro, found " + value.length
                            + " bytes that are none (" + e.getMessage() + ")",
                    e);
        }
    }

    private static @Nullable Object plain(Schema schema, @Nullable Object datum) {
        return switch (schema.getType()) {
            case UNION -> plain(schema.getTypes().get(GenericData.get().resolveUnion(schema, datum)), datum);
            case RECORD -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                IndexedRecord record = (IndexedRecord) nonNull(datum);
                for (Schema.Field field : schema.getFields()) {
                    put(fields, field.name(), plain(field.schema(), record.get(field.pos())));
                }
                yield fields;
            }
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) nonNull(datum))
                        .forEach(
                                (key, value) -> put(entries, String.valueOf(key), plain(schema.getValueType(), value)));
                yield entries;
            }
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                ((List<?>) nonNull(datum)).forEach(element -> elements.add(plain(schema.getElementType(), element)));
                yield elements;
            }
            case LONG -> time(schema.getLogicalType(), (Long) nonNull(datum));
            case BYTES -> decimal(schema.getLogicalType(), (ByteBuffer) nonNull(datum));
            case FIXED -> decimal(schema.getLogicalType(), ByteBuffer.wrap(((GenericFixed) nonNull(datum)).bytes()));
            case STRING, ENUM -> String.valueOf(datum);
            case INT, FLOAT, DOUBLE, BOOLEAN, NULL -> datum;
        };
    }

    @SuppressWarnings("NullAway") // a field may hold null, as in JSON
    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        fields.put(name, value);
    }

    private static Object nonNull(@Nullable Object datum) {
        if (datum == null) {
            throw new IllegalArgumentException("value: expected what its schema says, found null");
        }
        return datum;
    }

    private static Object time(@Nullable LogicalType type, long value) {
        if (type instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli(value);
        }
        if (type instanceof LogicalTypes.TimestampMicros) {
            return Instant.ofEpochMilli(Math.floorDiv(value, 1_000L));
        }
        if (type instanceof LogicalTypes.TimestampNanos) {
            return Instant.ofEpochMilli(Math.floorDiv(value, 1_000_000L));
        }
        return value;
    }

    /** Bytes are no value of a reading unless they are a decimal. */
    private static Object decimal(@Nullable LogicalType type, ByteBuffer bytes) {
        if (!(type instanceof LogicalTypes.Decimal decimal)) {
            return "bytes";
        }
        byte[] unscaled = new byte[bytes.remaining()];
        bytes.duplicate().get(unscaled);
        return new BigDecimal(new BigInteger(unscaled), decimal.getScale());
    }
}
