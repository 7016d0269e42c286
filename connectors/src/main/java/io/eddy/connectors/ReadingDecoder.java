package io.eddy.connectors;

import io.eddy.Reading;
import io.eddy.Reject;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A Kafka record to its readings, in the format of the options; what cannot be read becomes a reject with the reason. */
public final class ReadingDecoder {
    /** A reject must fit into a Kafka message, whose largest size is 1 MB unless somebody has changed it. */
    public static final int REJECTED_BYTES = 100_000;

    private final Duration maxAhead;
    private final int maxBytes;
    private final AvroCodec<Reading> codec = new AvroCodec<>(Reading.class);
    /** Null where the messages are readings as they are. */
    private final @Nullable MessageFormat format;

    private final Mapping mapping;
    private final Routing routing;
    private final boolean skipsUnmatched;
    private long skipped;

    public ReadingDecoder(Options options) {
        maxAhead = options.get(InputOptions.MAX_AHEAD);
        maxBytes = options.get(InputOptions.INPUT_MAX_BYTES);
        mapping = new Mapping(options);
        routing = new Routing(options);
        skipsUnmatched = options.get(InputOptions.INPUT_UNMATCHED) == InputOptions.Unmatched.SKIP;
        format = switch (options.get(InputOptions.INPUT_FORMAT)) {
            case EDDY_AVRO -> null;
            case JSON -> new JsonMessages();
            case CSV -> new CsvMessages(InputRules.columns(options), InputRules.delimiter(options));
            case REGISTRY_AVRO -> new RegistryMessages(new SchemaRegistry(RegistryOptions.of(options)));
        };
    }

    /** Gives the readings of a record away, and a reject where there is something wrong with it. */
    public void decode(ConsumerRecord<byte[], byte[]> record, Consumer<Decoded> out) {
        byte[] value = record.value();
        try {
            if (value != null && value.length > maxBytes) {
                throw new IllegalArgumentException(
                        "value: expected at most " + maxBytes + " bytes (input.max_bytes), found " + value.length);
            }
            if (format == null) {
                take(codec.decode(value), out);
                return;
            }
            if (value == null) {
                throw new IllegalArgumentException("value: expected a message, found none");
            }
            List<String> faults = mapping.readings(
                    format.parse(value), Instant.ofEpochMilli(record.timestamp()), reading -> take(reading, out));
            if (!faults.isEmpty()) {
                out.accept(reject(
                        record,
                        faults.get(0) + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more faults)")));
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            out.accept(reject(record, String.valueOf(e.getMessage())));
        }
    }

    /** Readings that no model takes, where the options say to skip them. */
    long skipped() {
        return skipped;
    }

    private void take(Reading reading, Consumer<Decoded> out) {
        if (reading.getSeries().isBlank()) {
            throw new IllegalArgumentException("series: expected a name, found none");
        }
        long ahead = reading.getEventTime().toEpochMilli() - System.currentTimeMillis();
        if (ahead > maxAhead.toMillis()) {
            throw new IllegalArgumentException("event_time: expected at most " + maxAhead
                    + " ahead of the clock (readings.max_ahead), found " + reading.getEventTime());
        }
        int model = routing.model(reading.getSeries());
        if (model != Routing.NO_MODEL) {
            out.accept(Decoded.of(reading, model));
        } else if (skipsUnmatched) {
            skipped++;
        } else {
            throw new IllegalArgumentException(
                    "series: expected one that a model takes (model.series), found " + Shown.of(reading.getSeries()));
        }
    }

    private static Decoded reject(ConsumerRecord<byte[], byte[]> record, String reason) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        boolean cut = value.length > REJECTED_BYTES;
        return Decoded.of(new Reject(
                ByteBuffer.wrap(cut ? Arrays.copyOf(value, REJECTED_BYTES) : value),
                record.topic(),
                record.partition(),
                record.offset(),
                reason));
    }
}
