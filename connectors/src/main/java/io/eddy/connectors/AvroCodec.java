package io.eddy.connectors;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The plain Avro binary encoding, without a header. Fields that were added to a schema later stand at its end and are marked there with the property
 * {@code appended}; bytes that end before them are read as those of an earlier build.
 */
public final class AvroCodec<T extends SpecificRecordBase> implements RecordCodec<T> {
    /** Large enough for a forecast of a day's hours. */
    private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(4096);

    private final Writer<T> writer;
    private final SpecificDatumReader<T> reader;
    /** Of bytes without the fields that were added later; null where there are none. */
    private final @Nullable SpecificDatumReader<T> earlier;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** Writes the fields of a record in the order of its schema. */
    public interface Writer<T> extends Serializable {
        void write(T record, Encoder out) throws IOException;
    }

    /** With Avro's own writer. */
    public AvroCodec(Class<T> type) {
        this(type, new SpecificDatumWriter<>(type)::write);
    }

    /** With a writer made for the type. */
    public AvroCodec(Class<T> type, Writer<T> writer) {
        this(schema(type), schema(type), writer);
    }

    /** Reads what was written by another schema. */
    AvroCodec(Schema written, Schema schema, Writer<T> writer) {
        this.writer = writer;
        reader = new SpecificDatumReader<>(written, schema);
        Schema before = withoutAppended(written);
        earlier = before == written ? null : new SpecificDatumReader<>(before, schema);
    }

    /** The schema that a type of records was generated from. */
    static Schema schema(Class<? extends SpecificRecordBase> type) {
        return SpecificData.get().getSchema(type);
    }

    private static Schema withoutAppended(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> field.getProp("appended") == null)
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return fields.size() == schema.getFields().size()
                ? schema
                : Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    @Override
    public byte[] encode(T record) {
        bytes.reset();
        encoder = ENCODERS.binaryEncoder(bytes, encoder);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }

    @Override
    public T decode(byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalArgumentException("value: expected Avro bytes, found none");
        }
        try {
            return read(value, reader);
        } catch (EOFException e) {
            T record = earlier == null ? null : readEarlier(value, earlier);
            if (record != null) {
                return record;
            }
            throw none(value, e);
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | UnsupportedOperationException e) {
            throw none(value, e);
        }
    }

    private T read(byte[] value, SpecificDatumReader<T> reader) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(value, decoder);
        new AvroWalk(value.length).over(reader.getSchema(), decoder);
        decoder = DecoderFactory.get().binaryDecoder(value, decoder);
        // A reused record would be shared with whoever holds the last one.
        @SuppressWarnings("NullAway")
        T record = reader.read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IllegalArgumentException(
                    "value: expected one " + reader.getSchema().getName() + " in Avro, found bytes after its end");
        }
        return record;
    }

    /** Null for bytes that no earlier build has written either. */
    private @Nullable T readEarlier(byte[] value, SpecificDatumReader<T> reader) {
        try {
            return read(value, reader);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private IllegalArgumentException none(byte[] value, Exception e) {
        return new IllegalArgumentException(
                "value: expected one " + reader.getSchema().getName() + " in Avro, found " + value.length
                        + " bytes that are none (" + e.getMessage() + ")",
                e);
    }
}
