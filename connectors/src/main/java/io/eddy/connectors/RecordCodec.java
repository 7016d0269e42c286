package io.eddy.connectors;

import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** A record as the bytes of one Kafka value. Not safe for several threads. */
public interface RecordCodec<T extends SpecificRecordBase> {
    byte[] encode(T record);

    /**
     * The record that the bytes hold.
     *
     * @throws IllegalArgumentException if they hold something else, or more
     */
    T decode(byte @Nullable [] value);
}
