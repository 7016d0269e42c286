package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.score;

import io.eddy.Score;
import io.eddy.cli.EmbeddedKafka;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FeedTest {
    @Test
    void aPartitionThatIsAddedIsFollowedFromItsBeginning() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingFleet fleet = new TestingFleet(kafka, "grows")) {
            Options options = fleet.options().with("kafka.properties.metadata.max.age.ms", "200");
            String topic = options.get(KafkaOptions.SCORES);
            Store store = new Store(options, List::of);
            try (Pipeline pipeline = new Pipeline(options);
                    Feed feed = new Feed(options, store, pipeline);
                    Admin admin = Admin.create(options.kafka());
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            options.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
                feed.start();
                fleet.steps("first", 0, 1);
                awaitSeries(store, 1);

                admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                        .all()
                        .get();
                byte[] bytes = new AvroCodec<>(Score.class).encode(score("second", 0));
                producer.send(new ProducerRecord<>(topic, 1, null, bytes)).get();
                awaitSeries(store, 2);
            }
        }
    }

    private static void awaitSeries(Store store, int count) throws InterruptedException {
        while (true) {
            synchronized (store) {
                if (store.series().size() == count) {
                    return;
                }
            }
            Thread.sleep(20);
        }
    }
}
