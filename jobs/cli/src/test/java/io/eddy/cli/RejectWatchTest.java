package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Reject;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RejectWatchTest {
    @Test
    void theFirstRejectsSinceTheStartAreToldWithTheReasonOfTheNewest() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "rejected");
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            String topic = topics.options().get(KafkaOptions.REJECTS);
            producer.send(new ProducerRecord<>(topic, bytes("of a run before"))).get();
            try (RejectWatch watch = new RejectWatch(topics.options())) {
                assertThat(watch.look()).isNull();
                producer.send(new ProducerRecord<>(topic, bytes("vall: expected a field of the message, found val")))
                        .get();
                assertThat(news(watch))
                        .isEqualTo(
                                "1 message was rejected: metrics partition 3 offset 17: vall: expected a field of the"
                                        + " message, found val (all are on the topic " + topic + ")");
            }
            try (RejectWatch watch = new RejectWatch(topics.options())) {
                producer.send(new ProducerRecord<>(topic, bytes("series: expected", -1)))
                        .get();
                assertThat(news(watch)).startsWith("1 message was rejected: metrics: series: expected (");
            }
        }
    }

    private static String news(RejectWatch watch) throws InterruptedException {
        String news = null;
        while (news == null) {
            news = watch.look();
            Thread.sleep(20);
        }
        return news;
    }

    @Test
    void thatTheTopicCannotBeReadIsToldOnce() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            try (TestingTopics topics = new TestingTopics(kafka, "none");
                    RejectWatch watch = new RejectWatch(topics.options().with(KafkaOptions.REJECTS, "nowhere"))) {
                assertThat(watch.look()).startsWith("the topic nowhere cannot be read, ");
                assertThat(watch.look()).isNull();
            }
        }
    }

    private static byte[] bytes(String reason) {
        return bytes(reason, 17);
    }

    /** @param offset -1: the job does not know where the record was, as of feedback */
    private static byte[] bytes(String reason, long offset) {
        return new AvroCodec<>(Reject.class)
                .encode(Reject.newBuilder()
                        .setBytes(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)))
                        .setTopic("metrics")
                        .setPartition(3)
                        .setOffset(offset)
                        .setReason(reason)
                        .build());
    }
}
