package io.eddy.connectors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** A record as a JSON object: its fields by name, times in ISO 8601, bytes in Base64, and null for what is missing, NaN included. */
final class JsonCodec<T extends SpecificRecordBase> implements RecordCodec<T> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Class<T> type;
    private final Schema schema;
    private final SpecificData data;

    JsonCodec(Class<T> type) {
        this.type = type;
        schema = AvroCodec.schema(type);
        data = new SpecificData(type.getClassLoader());
    }

    @Override
    public byte[] encode(T record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            write(schema, record, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }

    private static void write(Schema schema, @Nullable Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (schema.getType()) {
            case RECORD -> {
                out.writeStartObject();
                for (Schema.Field field : schema.getFields()) {
                    out.writeFieldName(field.name());
                    write(field.schema(), ((SpecificRecordBase) value).get(field.pos()), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (Object element : (List<?>) value) {
                    write(schema.getElementType(), element, out);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName(String.valueOf(entry.getKey()));
                    write(schema.getValueType(), entry.getValue(), out);
                }
                out.writeEndObject();
            }
            case UNION -> write(present(schema), value, out);
            case DOUBLE, FLOAT -> {
                double number = ((Number) value).doubleValue();
                if (Double.isFinite(number)) {
                    out.writeNumber(number);
                } else {
                    out.writeNull();
                }
            }
            case INT -> out.writeNumber((Integer) value);
            case LONG -> {
                if (value instanceof Instant instant) {
                    out.writeString(instant.toString());
                } else {
                    out.writeNumber((Long) value);
                }
            }
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BYTES -> {
                byte[] raw = new byte[((ByteBuffer) value).remaining()];
                ((ByteBuffer) value).duplicate().get(raw);
                out.writeBinary(raw);
            }
            default -> out.writeString(value.toString());
        }
    }

    /** The other side of a union with null. */
    private static Schema present(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public T decode(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("value: expected JSON, found none");
        }
        try {
            return decode(JSON.readTree(value));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "value: expected one " + schema.getName() + " in JSON, found " + value.length
                            + " bytes that are none",
                    e);
        }
    }

    /**
     * A record from a tree; what is missing has the default of its field.
     *
     * @throws IllegalArgumentException if the tree is none of these records
     */
    T decode(JsonNode tree) {
        try {
            return Objects.requireNonNull(type.cast(read(schema, tree, schema.getName())));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "value: expected one " + schema.getName() + " in JSON, found bytes that are no Base64", e);
        }
    }

    private @Nullable Object read(Schema schema, JsonNode node, String name) throws IOException {
        boolean fits = switch (schema.getType()) {
            case RECORD, MAP -> node.isObject();
            case ARRAY -> node.isArray();
            case DOUBLE, FLOAT -> node.isNumber() || node.isNull();
            case INT -> node.isInt();
            case LONG -> schema.getLogicalType() == null ? node.isIntegralNumber() : node.isTextual();
            case BOOLEAN -> node.isBoolean();
            case UNION -> true;
            default -> node.isTextual();
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    name + ": expected " + schema.getType().getName() + ", found " + Shown.of(node.toString()));
        }
        switch (schema.getType()) {
            case RECORD -> {
                SpecificRecordBase record = (SpecificRecordBase) data.newRecord(null, schema);
                for (Schema.Field field : schema.getFields()) {
                    JsonNode value = node.path(field.name());
                    record.put(
                            field.pos(),
                            value.isMissingNode() && field.hasDefaultValue()
                                    ? data.deepCopy(field.schema(), data.getDefaultValue(field))
                                    : read(field.schema(), value, field.name()));
                }
                return record;
            }
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>(node.size());
                for (JsonNode element : node) {
                    elements.add(read(schema.getElementType(), element, name));
                }
                return elements;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    entries.put(entry.getKey(), read(schema.getValueType(), entry.getValue(), name));
                }
                return entries;
            }
            case UNION -> {
                return node.isNull() || node.isMissingNode() ? null : read(present(schema), node, name);
            }
            case DOUBLE -> {
                return node.isNull() ? Double.NaN : node.doubleValue();
            }
            case INT -> {
                return node.intValue();
            }
            case LONG -> {
                return schema.getLogicalType() == null ? (Object) node.longValue() : time(name, node.textValue());
            }
            case BOOLEAN -> {
                return node.booleanValue();
            }
            case BYTES -> {
                return ByteBuffer.wrap(node.binaryValue());
            }
            case ENUM -> {
                return constant(schema, name, node.textValue());
            }
            default -> {
                return node.textValue();
            }
        }
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(name + ": expected a time in ISO 8601, found " + Shown.of(text), e);
        }
    }

    private Object constant(Schema schema, String name, String text) {
        if (!schema.hasEnumSymbol(text)) {
            throw new IllegalArgumentException(
                    name + ": expected one of " + schema.getEnumSymbols() + ", found " + Shown.of(text));
        }
        try {
            return data.createEnum(text, schema);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(name + ": expected a known name, found " + Shown.of(text), e);
        }
    }
}
