package io.eddy.cli;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the output topics as any consumer would, counts what is on them and passes on the events. One thread at a time polls. */
final class Watcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Options options;
    private final Latencies latencies;
    private final FaultLog faults;
    private final Consumer<Event> listener;
    private final Consumer<Weights> versions;
    private final AvroCodec<Score> scoreCodec = new AvroCodec<>(Score.class);
    private final AvroCodec<Event> eventCodec = new AvroCodec<>(Event.class);
    private final AvroCodec<Weights> weightsCodec = new AvroCodec<>(Weights.class);
    private long eventCount;
    private long scores;
    private long forecasts;
    private long rejects;
    private long version;
    private long announced;
    private long open;

    Watcher(
            Options options,
            Latencies latencies,
            FaultLog faults,
            Consumer<Event> listener,
            Consumer<Weights> versions) {
        this.options = options;
        this.latencies = latencies;
        this.faults = faults;
        this.listener = listener;
        this.versions = versions;
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (String topic : Topics.names(options)) {
            boolean input = Stream.of(KafkaOptions.READINGS, KafkaOptions.FEEDBACK, KafkaOptions.RULES)
                    .anyMatch(option -> topic.equals(options.get(option)));
            if (!input) {
                consumer.partitionsFor(topic)
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what has come, waiting a moment if nothing has. */
    void poll() {
        consumer.poll(POLL).forEach(this::take);
    }

    /** Reads on to what is the end of the topics now; a transaction that has just been committed may take a moment to show. */
    void pollToEnd() throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> ends = Topics.ends(options, partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic();
        if (topic.equals(options.get(KafkaOptions.FORECASTS))) {
            forecasts++;
        } else if (topic.equals(options.get(KafkaOptions.SCORES))) {
            scores++;
            Score score = scoreCodec.decode(record.value());
            latencies.scored(score.getSeries(), score.getEventTime().toEpochMilli(), record.timestamp());
            faults.add(score);
        } else if (topic.equals(options.get(KafkaOptions.EVENTS))) {
            Event event = eventCodec.decode(record.value());
            faults.add(event);
            if (!Records.isAcceptance(event)) {
                eventCount += event.getState() == EventState.open ? 1 : 0;
                open += event.getState() == EventState.open ? 1 : event.getState() == EventState.close ? -1 : 0;
            }
            listener.accept(event);
        } else if (topic.equals(options.get(KafkaOptions.REJECTS))) {
            rejects++;
        } else {
            Weights weights = weightsCodec.decode(record.value());
            if (weights.getStatus() == WeightsStatus.champion) {
                version = Math.max(version, weights.getVersion());
            }
            // A champion is there twice, under its model's key and among the versions.
            if (weights.getVersion() > announced) {
                announced = weights.getVersion();
                versions.accept(weights);
            }
        }
    }

    /** Events that were opened. */
    long events() {
        return eventCount;
    }

    long openEvents() {
        return open;
    }

    long scores() {
        return scores;
    }

    long forecasts() {
        return forecasts;
    }

    long rejects() {
        return rejects;
    }

    /** The newest champion; 0 before the first. */
    long version() {
        return version;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
