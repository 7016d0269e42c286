package io.eddy.connectors;

/** Bytes to what a message holds, whatever wrote it: maps by field name, lists, texts, numbers, truth values, instants and nulls. */
interface MessageFormat {
    /** Stands in a list for an element that cannot be read, so that the others can. */
    record Broken(String reason) {}

    /** @throws IllegalArgumentException if the bytes are no such message */
    Object parse(byte[] value);
}
