package io.eddy.connectors;

import java.io.Serializable;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How the records of one topic are written, on the way to the machines that write and read them.
 *
 * @param subject name of the schema in a registry
 * @param writer of plain Avro
 */
public record RecordFormat<T extends SpecificRecordBase>(
        OutputFormat format, RegistryOptions registry, String subject, Class<T> type, AvroCodec.Writer<T> writer)
        implements Serializable {

    /** The format of the topic by the options; weights and feedback pass between parts of Eddy and are plain Avro always. */
    public static <T extends SpecificRecordBase> RecordFormat<T> of(
            Options options, Option<String> topic, Class<T> type, AvroCodec.Writer<T> writer) {
        boolean internal = topic == KafkaOptions.WEIGHTS || topic == KafkaOptions.FEEDBACK;
        return new RecordFormat<>(
                internal ? OutputFormat.EDDY_AVRO : options.get(InputOptions.OUTPUT_FORMAT),
                RegistryOptions.of(options),
                options.get(topic) + "-value",
                type,
                writer);
    }

    /** With Avro's own writer, for what is rare or only read; it cannot be serialized, so that each record makes one. */
    public static <T extends SpecificRecordBase> RecordFormat<T> of(
            Options options, Option<String> topic, Class<T> type) {
        return of(options, topic, type, (record, out) -> new SpecificDatumWriter<>(type).write(record, out));
    }

    /** A codec to read with, or to write with where there is no registry. */
    public RecordCodec<T> codec() {
        return switch (format) {
            case EDDY_AVRO -> new AvroCodec<>(type, writer);
            case JSON -> new JsonCodec<>(type);
            case REGISTRY_AVRO -> new RegistryCodec<>(new SchemaRegistry(registry), subject, type, writer);
        };
    }

    /**
     * A codec to write with.
     *
     * @throws IllegalArgumentException if the registry does not take the schema
     */
    public RecordCodec<T> writingCodec() {
        RecordCodec<T> codec = codec();
        if (codec instanceof RegistryCodec<T> behindId) {
            behindId.register();
        }
        return codec;
    }
}
