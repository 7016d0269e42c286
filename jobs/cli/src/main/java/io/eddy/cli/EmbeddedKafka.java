package io.eddy.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this process, for the demo and for tests: one node that is broker and controller, reachable from this machine
 * only, its data in a temporary folder that goes when it is closed.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
 *     kafka.createTopic("readings", 4, Map.of("message.timestamp.type", "LogAppendTime"));
 *     … kafka.bootstrapServers() …
 * }
 * }</pre>
 *
 * <p>Topics are never created by use. Transactions may last an hour, which is what Flink's exactly-once sink asks for by default.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE = 1;
    private static final String HOST = "127.0.0.1";
    private static final long TIMEOUT_SECONDS = 60;

    private final TemporaryFolder folder;
    private final String bootstrapServers;
    private @Nullable KafkaRaftServer server;
    private @Nullable Admin admin;

    private EmbeddedKafka(TemporaryFolder folder, int port) {
        this.folder = folder;
        this.bootstrapServers = HOST + ":" + port;
    }

    /** Starts a broker on a free port; returns when it answers, after some seconds. */
    public static EmbeddedKafka start() {
        return start(0);
    }

    /**
     * Starts a broker; returns when it answers, after some seconds.
     *
     * @param port of the broker on 127.0.0.1; 0: a free one
     */
    public static EmbeddedKafka start(int port) {
        return start(port, "", Map.of());
    }

    /**
     * Starts a broker with one more listener.
     *
     * @param listener such as {@code SASL_SSL://127.0.0.1:9093}; empty: none
     * @param config what the broker needs for it
     */
    static EmbeddedKafka start(int port, String listener, Map<String, String> config) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: expected 0 to 65535, found " + port);
        }
        int[] ports = freePorts(port, 0);
        EmbeddedKafka kafka;
        try {
            kafka = new EmbeddedKafka(TemporaryFolder.create("eddy-kafka-"), ports[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            kafka.run(ports[0], ports[1], listener, config);
            return kafka;
        } catch (Throwable e) {
            kafka.close();
            throw new IllegalStateException(
                    "Kafka broker on port " + ports[0] + ": did not start, " + e.getMessage(), e);
        }
    }

    /** Finds a free port for each wished one, 0 for any; they are held until all are found, so that they differ. */
    private static int[] freePorts(int... wished) {
        ServerSocket[] sockets = new ServerSocket[wished.length];
        try {
            for (int i = 0; i < wished.length; i++) {
                sockets[i] = freePort(wished[i]);
            }
            return Arrays.stream(sockets).mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            Arrays.stream(sockets).forEach(socket -> Utils.closeQuietly(socket, "port"));
        }
    }

    private static ServerSocket freePort(int wished) {
        try {
            return new ServerSocket(wished, 1, InetAddress.getByName(HOST));
        } catch (IOException e) {
            throw new IllegalArgumentException("port: expected a free one, found " + wished + " in use", e);
        }
    }

    private void run(int brokerPort, int controllerPort, String listener, Map<String, String> more) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE)
                .addDirectory(folder.path().toString())
                .setMetadataLogDirectory(folder.path().toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
        Map<String, String> config = new HashMap<>(config(brokerPort, controllerPort));
        if (!listener.isEmpty()) {
            config.merge("listeners", "," + listener, String::concat);
            config.merge("advertised.listeners", "," + listener, String::concat);
            config.merge("listener.security.protocol.map", ",SASL_SSL:SASL_SSL", String::concat);
            config.putAll(more);
        }
        server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
        server.startup();
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                20));
        await(admin.describeCluster().nodes());
    }

    private Map<String, String> config(int brokerPort, int controllerPort) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE)),
                Map.entry("log.dirs", folder.path().toString()),
                Map.entry(
                        "listeners",
                        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, brokerPort, HOST, controllerPort)),
                Map.entry("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, brokerPort)),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "%d@%s:%d".formatted(NODE, HOST, controllerPort)),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.max.timeout.ms", "3600000"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A lone broker has nobody to hand its partitions to, and none that could stand in while it is slow.
                Map.entry("controlled.shutdown.enable", "false"),
                Map.entry("broker.session.timeout.ms", "60000"),
                // The process is shared with the jobs: few threads, and a small buffer for compaction instead of 128
                // MB.
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", "4194304"));
    }

    /** The broker's address, {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where the data is while the broker is open. */
    Path folder() {
        return folder.path();
    }

    /**
     * Creates a topic; returns when the broker serves all its partitions.
     *
     * @param partitions at least 1
     * @param config the topic's own settings by Kafka's names, such as {@code cleanup.policy}
     */
    public void createTopic(String name, int partitions, Map<String, String> config) {
        Admin open = admin;
        if (open == null) {
            throw new IllegalStateException("Kafka broker: expected an open one, found it closed");
        }
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.of((short) 1)).configs(config);
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(name, partition), partition -> OffsetSpec.latest()));
        try {
            await(open.createTopics(List.of(topic)).all());
            awaitServed(open, ends);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("topic " + name + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("topic " + name + ": interrupted", e);
        }
    }

    /** The controller knows a topic before the broker serves it. */
    private static void awaitServed(Admin open, Map<TopicPartition, OffsetSpec> ends)
            throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                await(open.listOffsets(ends).all());
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops the broker and removes its data. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
        try {
            if (server != null) {
                server.shutdown();
                server.awaitShutdown();
                server = null;
            }
        } finally {
            try {
                folder.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
