package io.eddy.connectors;

/** Bytes to what a message holds, whatever wrote it: maps by field name, lists, texts, numbers, truth values, instants and nulls. */
interface MessageFormat {
    /** @throws IllegalArgumentException if the bytes are no such message */
    Object parse(byte[] value);
}
