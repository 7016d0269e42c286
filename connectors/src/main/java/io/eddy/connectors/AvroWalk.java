package io.eddy.connectors;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;

/**
 * Passes over one datum. Avro allocates what a length in the bytes claims, so that ten bytes can claim all memory; this ends first, as it
 * does where a schema refers to itself without end or where elements take no bytes.
 */
final class AvroWalk {
    private static final int DEEPEST = 200;

    private long elements;

    /** @param most elements of all lists and maps together; each takes at least one of the bytes */
    AvroWalk(long most) {
        elements = most;
    }

    void over(Schema schema, Decoder in) throws IOException {
        over(schema, in, 0);
    }

    private void over(Schema schema, Decoder in, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new AvroRuntimeException("records more than " + DEEPEST + " deep");
        }
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    over(field.schema(), in, depth + 1);
                }
            }
            case ARRAY -> {
                for (long n = in.readArrayStart(); n > 0; n = in.arrayNext()) {
                    take(n);
                    for (long k = 0; k < n; k++) {
                        over(schema.getElementType(), in, depth + 1);
                    }
                }
            }
            case MAP -> {
                for (long n = in.readMapStart(); n > 0; n = in.mapNext()) {
                    take(n);
                    for (long k = 0; k < n; k++) {
                        in.skipString();
                        over(schema.getValueType(), in, depth + 1);
                    }
                }
            }
            case UNION -> over(schema.getTypes().get(in.readIndex()), in, depth + 1);
            default -> GenericDatumReader.skip(schema, in);
        }
    }

    private void take(long n) {
        elements -= n;
        if (elements < 0) {
            throw new AvroRuntimeException("more elements than bytes");
        }
    }
}
