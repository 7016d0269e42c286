package io.eddy.cli.page;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingDecoder;
import io.eddy.connectors.ReadingTopics;
import io.eddy.connectors.RecordCodec;
import io.eddy.connectors.RecordFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the output topics as any consumer would, committed records only, into the store. It begins with the newest records of each
 * topic, so that a page on a topic of years is there in seconds; one partition of the readings is read for the latency.
 */
final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** What is done with the bytes of a record of one topic. */
    private interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    private final Options options;
    private final Store store;
    private final Pipeline pipeline;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Taker> takers = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private List<String> readingTopics = List.of();
    private long unreadable;

    Feed(Options options, Store store, Pipeline pipeline) {
        this.options = options;
        this.store = store;
        this.pipeline = pipeline;
        Properties properties = options.kafka();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        // From the beginning of a partition that is found later.
        properties.put("auto.offset.reset", "earliest");
        // As often as the jobs look for new partitions.
        properties.putIfAbsent("metadata.max.age.ms", "30000");
        // Forecasts are larger than scores, and must not fall behind them when there is much to catch up with.
        properties.put("max.partition.fetch.bytes", String.valueOf(8 << 20));
        properties.put("max.poll.records", "5000");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::run, "eddy-page-feed");
        thread.setDaemon(true);
    }

    private void defineTakers() {
        RecordCodec<Score> scores = codec(KafkaOptions.SCORES, Score.class);
        RecordCodec<Forecast> forecasts = codec(KafkaOptions.FORECASTS, Forecast.class);
        RecordCodec<Event> events = codec(KafkaOptions.EVENTS, Event.class);
        RecordCodec<Weights> weights = codec(KafkaOptions.WEIGHTS, Weights.class);
        RecordCodec<Feedback> feedback = codec(KafkaOptions.FEEDBACK, Feedback.class);
        RecordCodec<Reject> rejects = codec(KafkaOptions.REJECTS, Reject.class);
        ReadingDecoder readings = new ReadingDecoder(options);
        on(KafkaOptions.SCORES, record -> {
            Score score = scores.decode(record.value());
            pipeline.scored(score.getSeries(), score.getEventTime().toEpochMilli(), record.timestamp());
            store.add(score);
        });
        on(KafkaOptions.FORECASTS, record -> store.add(forecasts.decode(record.value())));
        on(KafkaOptions.EVENTS, record -> store.add(events.decode(record.value())));
        on(KafkaOptions.WEIGHTS, record -> store.add(weights.decode(record.value())));
        on(KafkaOptions.FEEDBACK, record -> store.add(feedback.decode(record.value())));
        on(KafkaOptions.REJECTS, record -> pipeline.rejected(rejects.decode(record.value())));
        for (String topic : readingTopics) {
            takers.put(topic, record -> readings.decode(record, decoded -> arrived(decoded, record.timestamp())));
        }
    }

    private void arrived(Decoded decoded, long takenMillis) {
        Reading reading = decoded.reading;
        if (reading != null) {
            pipeline.arrived(reading.getSeries(), reading.getEventTime().toEpochMilli(), takenMillis);
        }
    }

    private <T extends SpecificRecordBase> RecordCodec<T> codec(Option<String> topic, Class<T> type) {
        return RecordFormat.of(options, topic, type).codec();
    }

    private void on(Option<String> topic, Taker taker) {
        takers.put(options.get(topic), taker);
    }

    /** Looks the topics up and begins to read. */
    void start() {
        readingTopics = ReadingTopics.of(options).among(consumer.listTopics().keySet());
        defineTakers();
        List<TopicPartition> all = new ArrayList<>();
        Map<TopicPartition, Long> most = new HashMap<>();
        for (String topic : takers.keySet()) {
            int partitions = consumer.partitionsFor(topic).size();
            boolean readings = readingTopics.contains(topic);
            for (int p = 0; p < (readings ? 1 : partitions); p++) {
                TopicPartition partition = new TopicPartition(topic, p);
                all.add(partition);
                most.put(partition, readings ? 0 : newestRecords(topic) / partitions);
            }
        }
        consumer.assign(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
        for (TopicPartition partition : all) {
            long end = ends.getOrDefault(partition, 0L);
            long beginning = beginnings.getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(beginning, end - most.getOrDefault(partition, 0L)));
        }
        thread.start();
    }

    private long newestRecords(String topic) {
        return topic.equals(options.get(KafkaOptions.SCORES)) ? 1_000_000 : 100_000;
    }

    /** Takes partitions in that were added, by what the client knows of its topics. */
    private void followNewPartitions() {
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        Map<String, Long> followed =
                all.stream().collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
        int before = all.size();
        followed.forEach((topic, count) -> {
            if (!readingTopics.contains(topic)) {
                int partitions = consumer.partitionsFor(topic, POLL).size();
                for (int p = count.intValue(); p < partitions; p++) {
                    all.add(new TopicPartition(topic, p));
                }
            }
        });
        if (all.size() > before) {
            consumer.assign(all);
        }
    }

    private void run() {
        while (!closed) {
            try {
                followNewPartitions();
            } catch (WakeupException e) {
                continue; // asked to end
            } catch (KafkaException e) {
                LOG.debug("no new partitions are looked for", e); // reading tells of what stays so
            }
            try {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    synchronized (store) {
                        records.forEach(this::take);
                    }
                }
            } catch (WakeupException e) {
                // asked to end
            } catch (KafkaException e) {
                LOG.error("the page no longer follows the topics", e);
                synchronized (store) {
                    store.problem("the page no longer follows the topics: " + e.getMessage());
                }
                break;
            }
        }
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        Taker taker = takers.get(record.topic());
        if (taker == null || record.value() == null) {
            return; // a tombstone: compaction has taken the value away
        }
        try {
            taker.take(record);
        } catch (IllegalArgumentException e) {
            // The forecast job makes a reject of a bad reading; on the other topics anyone may have written.
            if (unreadable++ == 0) {
                LOG.warn(
                        "{} partition {} offset {} passed over, and others like it: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            return;
        }
        consumer.wakeup();
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
