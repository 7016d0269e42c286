package io.eddy.cli;

import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Eddy's topics on a Kafka that is there already. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Topics() {}

    /** Names of all topics, those of the readings first; a pattern of them names none. */
    static List<String> names(Options options) {
        List<String> names = new ArrayList<>(ReadingTopics.of(options).names());
        KafkaOptions.OTHER_TOPICS.forEach(topic -> names.add(options.get(topic)));
        return names;
    }

    /**
     * Creates the topics that are missing, weights and rules compacted, with the broker's default partitions.
     *
     * @return the names of the created ones
     * @throws IllegalStateException if no broker answers
     */
    static List<String> createMissing(Options options) throws InterruptedException {
        try (Admin admin = admin(options)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = new ArrayList<>();
            for (String name : names(options)) {
                if (!present.contains(name)) {
                    boolean compacted = isCompacted(options, name);
                    missing.add(new NewTopic(name, compacted ? Optional.of(1) : Optional.empty(), Optional.empty())
                            .configs(compacted ? Map.of("cleanup.policy", "compact") : Map.of()));
                }
            }
            admin.createTopics(missing).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return missing.stream().map(NewTopic::name).toList();
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            throw unreachable(options, e);
        }
    }

    /**
     * Looks whether a topic is there.
     *
     * @throws IllegalStateException if no broker answers, or none has it
     */
    static void expect(Options options, String topic) throws InterruptedException {
        try (Admin admin = admin(options)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!present.contains(topic)) {
                throw new IllegalStateException("topic " + topic + ": expected it at "
                        + options.get(KafkaOptions.BOOTSTRAP_SERVERS) + ", found none; eddy run creates it");
            }
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            throw unreachable(options, e);
        }
    }

    /**
     * What is to be said of a pattern for the topics of the readings; null where one of the broker matches, or there is none.
     *
     * @throws IllegalStateException if no broker answers
     */
    static @Nullable String unmatched(Options options) throws InterruptedException {
        ReadingTopics readings = ReadingTopics.of(options);
        if (readings.pattern() == null) {
            return null;
        }
        try (Admin admin = admin(options)) {
            Set<String> present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return readings.among(present).isEmpty()
                    ? KafkaOptions.READINGS.key() + ": no topic matches " + readings.pattern()
                            + " yet; one that comes is read within half a minute"
                    : null;
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            throw unreachable(options, e);
        }
    }

    /** Whether a topic keeps the newest record of each key, and has one partition. */
    static boolean isCompacted(Options options, String name) {
        return name.equals(options.get(KafkaOptions.WEIGHTS)) || name.equals(options.get(KafkaOptions.RULES));
    }

    /** Says which of the options is to be changed: the address, or what is passed on to Kafka's clients. */
    private static IllegalStateException unreachable(Options options, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String at = options.get(KafkaOptions.BOOTSTRAP_SERVERS);
        String found = root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
        boolean reached = root instanceof AuthenticationException || root instanceof AuthorizationException;
        boolean addressed = root instanceof ConfigException && found.contains("bootstrap");
        if (reached || (cause instanceof KafkaException && !addressed)) {
            String expected = reached ? "what the broker at " + at + " takes" : "what a client can be made with";
            return new IllegalStateException(
                    KafkaOptions.KAFKA_PREFIX + "*: expected " + expected + ", found " + found, cause);
        }
        return new IllegalStateException(
                KafkaOptions.BOOTSTRAP_SERVERS.key() + ": expected a Kafka broker that answers within "
                        + PATIENCE.toSeconds() + " s, found none at " + at + " (" + found
                        + "); start one or change the address",
                cause);
    }

    /** Whether the consumer group has committed everything that is on the topic now. */
    static boolean isConsumed(Options options, String group, String topic)
            throws InterruptedException, ExecutionException {
        try (Admin admin = admin(options)) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<String, TopicDescription> topics =
                    admin.describeTopics(List.of(topic)).allTopicNames().get();
            int partitions =
                    Objects.requireNonNull(topics.get(topic)).partitions().size();
            for (int p = 0; p < partitions; p++) {
                TopicPartition partition = new TopicPartition(topic, p);
                long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                OffsetAndMetadata at = committed.get(partition);
                if (end > 0 && (at == null || at.offset() < end)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The ends of the partitions as they are written, open transactions included. */
    static Map<TopicPartition, Long> ends(Options options, Collection<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
        try (Admin admin = admin(options)) {
            return admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }

    private static Admin admin(Options options) {
        options.expectSecrets();
        Properties properties = options.kafka();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis() / 2));
        return Admin.create(properties);
    }
}
