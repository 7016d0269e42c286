package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Score;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDeserializerTest {
    private static final Feedback SAID = new Feedback(
            "cpu", Instant.EPOCH, Instant.EPOCH, FeedbackType.NOT_ANOMALY, null, null, Instant.EPOCH, null);

    private final TestingCounters counters = new TestingCounters();
    private final List<Feedback> taken = new ArrayList<>();
    private final RecordDeserializer<Feedback> deserializer =
            new RecordDeserializer<>(RecordFormat.of(Options.of(Map.of()), KafkaOptions.FEEDBACK, Feedback.class));

    @BeforeEach
    void open() {
        deserializer.open(counters);
    }

    private void read(byte @Nullable [] value) {
        deserializer.deserialize(
                new ConsumerRecord<>("feedback", 0, 0L, "cpu".getBytes(UTF_8), value), new ListCollector<>(taken));
    }

    @Test
    void whatCannotBeReadIsCountedAndPassedOver() {
        byte[] good = new AvroCodec<>(Feedback.class).encode(SAID);
        read("no feedback, but a text".getBytes(UTF_8));
        read(good);
        read(null); // compaction took it away
        assertThat(taken).containsExactly(SAID);
        assertThat(counters.count("records_unreadable")).isEqualTo(1);
    }

    @Test
    void aRecordIsNotPassedOverBecauseTheRegistryDoesNotAnswer() throws Exception {
        RecordDeserializer<Score> scores = scores("http://127.0.0.1:" + Apicurio.freePort());
        byte[] value = SchemaRegistry.header(7);
        for (int tries = 0; tries < 2; tries++) {
            assertThatThrownBy(() -> scores.deserialize(
                            new ConsumerRecord<>("scores", 0, 0L, null, value), new ListCollector<>(new ArrayList<>())))
                    .hasMessageStartingWith("registry.url: expected an answer of http://127.0.0.1:");
        }
        assertThat(counters.count("records_unreadable")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 502})
    void aRecordIsNotPassedOverBecauseTheRegistryDoesNotLetUsAsk(int status) throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        proxy.start();
        try {
            RecordDeserializer<Score> scores =
                    scores("http://127.0.0.1:" + proxy.getAddress().getPort());
            assertThatThrownBy(() -> scores.deserialize(
                            new ConsumerRecord<>("scores", 0, 0L, null, SchemaRegistry.header(7)),
                            new ListCollector<>(new ArrayList<>())))
                    .isInstanceOf(SilentRegistryException.class)
                    .hasMessageContaining("found status " + status);
        } finally {
            proxy.stop(0);
        }
        assertThat(counters.count("records_unreadable")).isZero();
    }

    private RecordDeserializer<Score> scores(String registry) {
        RecordDeserializer<Score> scores = new RecordDeserializer<>(RecordFormat.of(
                Options.of(
                        Map.of("output.format", "registry-avro", "registry.url", registry, "registry.patience", "0ms")),
                KafkaOptions.SCORES,
                Score.class));
        scores.open(counters);
        return scores;
    }
}
