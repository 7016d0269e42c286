package io.eddy.cli.page;

import io.eddy.Reject;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingTopics;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the pipeline: readings per second and lag from the offsets of the topic readings, latency from the times at which
 * Kafka took the last reading of a step and its score, and the rejects.
 */
final class Pipeline implements AutoCloseable {
    /** The newest so many latencies count. */
    private static final int LATENCIES = 2_000;

    private static final int MOST_OPEN_STEPS = 50_000;
    private static final int RATE_SAMPLES = 6;
    private static final long EVERY_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final int MOST_TEXT = 300;

    private record Step(String series, long startMillis) {}

    private record Sample(long nanos, long readings) {}

    /**
     * The numbers at one moment; negative ones are not known.
     *
     * @param readings on the topic since its beginning
     * @param readingsPerSecond over the last seconds
     * @param lag readings that the forecast job has not yet committed
     * @param latencyP50Millis from the last reading of a step to its score
     * @param lastReject why the newest reject was one
     */
    record Numbers(
            long readings,
            double readingsPerSecond,
            long lag,
            int latencyP50Millis,
            int latencyP99Millis,
            long rejects,
            @Nullable String lastReject) {}

    private final Admin admin;
    private final ReadingTopics topics;
    private final String group;
    private final long stepMillis;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "eddy-page-pipeline");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final LinkedHashMap<Step, Long> lastArrivals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Step, Long> eldest) {
            return size() > MOST_OPEN_STEPS;
        }
    };
    private final int[] latencies = new int[LATENCIES];
    private long latencyCount;
    private long lag = -1;
    private long rejects;
    private @Nullable String lastReject;

    Pipeline(Options options) {
        Properties properties = options.kafka();
        properties.put("default.api.timeout.ms", String.valueOf(PATIENCE_MILLIS));
        properties.put("request.timeout.ms", String.valueOf(PATIENCE_MILLIS));
        admin = Admin.create(properties);
        topics = ReadingTopics.of(options);
        group = options.get(KafkaOptions.GROUP_ID) + "-forecast";
        stepMillis = Math.max(1, options.get(InputOptions.STEP).toMillis());
    }

    void start() {
        thread.scheduleWithFixedDelay(this::measure, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void measure() {
        try {
            List<String> names = topics.among(get(admin.listTopics().names()));
            List<TopicPartition> partitions = get(admin.describeTopics(names).allTopicNames()).values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                    .toList();
            Map<TopicPartition, Long> ends = get(admin.listOffsets(
                                    partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                            .all())
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
            Map<TopicPartition, OffsetAndMetadata> committed =
                    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            take(ends, committed);
        } catch (ExecutionException | TimeoutException e) {
            unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void take(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
        long readings = ends.values().stream().mapToLong(Long::longValue).sum();
        samples.add(new Sample(System.nanoTime(), readings));
        if (samples.size() > RATE_SAMPLES) {
            samples.remove();
        }
        long done = 0;
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
            done += ends.containsKey(entry.getKey()) && entry.getValue() != null
                    ? entry.getValue().offset()
                    : 0;
        }
        lag = committed.isEmpty() ? -1 : Math.max(0, readings - done);
    }

    private synchronized void unknown() {
        samples.clear();
        lag = -1;
    }

    synchronized void arrived(String series, long eventMillis, long atMillis) {
        Step step = new Step(series, eventMillis - Math.floorMod(eventMillis, stepMillis));
        lastArrivals.merge(step, atMillis, Math::max);
    }

    synchronized void scored(String series, long startMillis, long atMillis) {
        Long arrival = lastArrivals.remove(new Step(series, startMillis));
        if (arrival != null) {
            latencies[(int) (latencyCount++ % LATENCIES)] = (int) Math.max(0, atMillis - arrival);
        }
    }

    synchronized void rejected(Reject reject) {
        rejects++;
        String reason = reject.getReason();
        lastReject = reason.length() > MOST_TEXT ? reason.substring(0, MOST_TEXT) : reason;
    }

    synchronized Numbers numbers() {
        double perSecond = -1;
        long readings = -1;
        if (!samples.isEmpty()) {
            Sample oldest = samples.getFirst();
            Sample newest = samples.getLast();
            readings = newest.readings;
            if (newest.nanos > oldest.nanos) {
                perSecond = (newest.readings - oldest.readings) / ((newest.nanos - oldest.nanos) / 1e9);
            }
        }
        int n = (int) Math.min(latencyCount, LATENCIES);
        int[] sorted = Arrays.copyOf(latencies, n);
        Arrays.sort(sorted);
        return new Numbers(
                readings,
                perSecond,
                lag,
                n == 0 ? -1 : sorted[n / 2],
                n == 0 ? -1 : sorted[Math.min(n - 1, n * 99 / 100)],
                rejects,
                lastReject);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(java.time.Duration.ofSeconds(1));
    }
}
