package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedKafkaTest {
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void closeRemovesTheFolderAndWaitsForNobody() {
        assertThat(kafka.folder()).isNotEmptyDirectory();
        long start = System.nanoTime();
        kafka.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(kafka.folder()).doesNotExist();
        kafka.close();
        assertThatThrownBy(() -> kafka.createTopic("late", 1, Map.of())).hasMessageContaining("found it closed");
    }

    @Test
    void producesAndConsumes() throws Exception {
        kafka.createTopic("plain", 3, Map.of());
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("plain", "key-" + i, "value-" + i))
                        .get();
            }
        }
        assertThat(consume("plain", 10)).extracting(ConsumerRecord::value).contains("value-0", "value-9");
    }

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
        kafka.createTopic("transactional", 1, Map.of());
        try (KafkaProducer<String, String> producer =
                producer(Map.of("transactional.id", "test", "transaction.timeout.ms", "3600000"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", "aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactional", "committed"));
            producer.commitTransaction();
        }
        assertThat(consume("transactional", 1))
                .extracting(ConsumerRecord::value)
                .containsExactly("committed");
    }

    @Test
    void topicSettingsHold() throws Exception {
        kafka.createTopic("appended", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        long before = System.currentTimeMillis();
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>("appended", null, 1_000L, "key", "value"))
                    .get();
        }
        ConsumerRecord<String, String> found = consume("appended", 1).get(0);
        assertThat(found.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(found.timestamp()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void topicsAreNotCreatedByUse() {
        try (KafkaProducer<String, String> producer = producer(Map.of("max.block.ms", "500"))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unknown", "value"))
                            .get())
                    .hasMessageContaining("unknown");
        }
    }

    @Test
    void refusesATopicTwice() {
        kafka.createTopic("twice", 1, Map.of());
        assertThatThrownBy(() -> kafka.createTopic("twice", 1, Map.of())).hasMessageContaining("twice");
    }

    @Test
    void refusesAPortThatIsTaken() {
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        assertThatThrownBy(() -> EmbeddedKafka.start(port))
                .hasMessage("port: expected a free one, found " + port + " in use");
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private static List<ConsumerRecord<String, String>> consume(String topic, int atLeast) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "test-" + topic,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (found.size() < atLeast) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }
}
