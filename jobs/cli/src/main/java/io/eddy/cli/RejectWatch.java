package io.eddy.cli;

import io.eddy.Reject;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.RecordCodec;
import io.eddy.connectors.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the topic of rejects from where it ends now: a mapping that is wrong rejects every message, and the job runs on as if nothing
 * was. One thread at a time asks.
 */
final class RejectWatch implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int LONGEST_REASON = 300;

    private final String topic;
    private final RecordCodec<Reject> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long count;
    private long told;
    private long toldNanos;
    private String newest = "";
    private @Nullable String trouble;

    RejectWatch(Options options) {
        topic = options.get(KafkaOptions.REJECTS);
        codec = RecordFormat.of(options, KafkaOptions.REJECTS, Reject.class).codec();
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "10000");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            trouble = partitions.isEmpty() ? "it is not there" : null;
            consumer.assign(partitions);
            consumer.endOffsets(partitions).forEach(consumer::seek);
        } catch (KafkaException e) {
            trouble = e.getMessage();
        }
    }

    /** What is new since it was asked last: the first at once, more of them once a minute; null where nothing is to be told. */
    @Nullable
    String look() {
        if (consumer.assignment().isEmpty()) {
            return takeTrouble();
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ZERO)) {
                count++;
                newest = reason(record);
            }
        } catch (InterruptException e) {
            return null; // the thread is interrupted still
        } catch (KafkaException e) {
            consumer.unsubscribe();
            trouble = e.getMessage();
            return takeTrouble();
        }
        long now = System.nanoTime();
        if (count == told || (told > 0 && now - toldNanos < EVERY_NANOS)) {
            return null;
        }
        told = count;
        toldNanos = now;
        return (count == 1 ? "1 message was rejected: " : count + " messages were rejected so far; the newest: ")
                + newest + " (all are on the topic " + topic + ")";
    }

    private @Nullable String takeTrouble() {
        String found = trouble;
        trouble = null;
        return found == null
                ? null
                : "the topic " + topic + " cannot be read, so nobody is told here of rejects: " + found;
    }

    private String reason(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            return "none, for somebody has removed it";
        }
        try {
            Reject reject = codec.decode(value);
            String reason = reject.getReason();
            String place = reject.getOffset() < 0
                    ? ""
                    : " partition " + reject.getPartition() + " offset " + reject.getOffset();
            return reject.getTopic() + place + ": "
                    + (reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
        } catch (IllegalArgumentException e) {
            return "one that somebody else has written";
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
