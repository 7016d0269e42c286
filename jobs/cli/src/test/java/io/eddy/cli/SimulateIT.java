package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fleet for a Kafka that is there already: the command writes its history at once. */
@Timeout(300)
class SimulateIT {
    @Test
    void theHistoryIsWrittenAtOnceAndThenTheCommandWaitsForTheClock(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            Path config = Files.writeString(
                    folder.resolve("eddy.yaml"),
                    "kafka.bootstrap_servers: " + kafka.bootstrapServers() + "\nreadings.step: 1h\n");
            Options options = Options.ofFile(config);
            Topics.createMissing(options);
            Thread command = new Thread(() -> Main.run("simulate", "--config", config.toString(), "--history", "2d"));
            command.start();
            List<TopicPartition> readings = List.of(new TopicPartition(options.get(KafkaOptions.READINGS), 0));
            long expected = 48 * 240 * 4;
            long written = 0;
            for (int tries = 0; tries < 200 && written < expected && command.isAlive(); tries++) {
                Thread.sleep(500);
                written = Topics.ends(options, readings).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
            }
            assertThat(command.isAlive()).isTrue();
            assertThat(written).isBetween(expected, expected + 240 * 4);
            command.interrupt();
            command.join();
        }
    }
}
