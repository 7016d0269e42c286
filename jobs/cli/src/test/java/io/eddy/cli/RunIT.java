package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command run, stopped and started again. */
@Timeout(300)
class RunIT {
    private static final long HOUR = 3_600_000L;
    private static final int STEPS = 60;

    @Test
    void theSecondStartGoesOnWhereTheFirstStopped(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "resumed")) {
            Options options = topics.options();
            StringBuilder yaml = new StringBuilder("readings.step: 1h\nflink.execution.checkpointing.interval: 1 s\n"
                    + "flink.execution.checkpointing.dir: "
                    + folder.resolve("checkpoints").toUri() + "\n");
            for (var option : List.of(
                    KafkaOptions.BOOTSTRAP_SERVERS,
                    KafkaOptions.GROUP_ID,
                    KafkaOptions.READINGS,
                    KafkaOptions.SCORES,
                    KafkaOptions.FORECASTS,
                    KafkaOptions.EVENTS,
                    KafkaOptions.WEIGHTS,
                    KafkaOptions.REJECTS,
                    KafkaOptions.FEEDBACK,
                    KafkaOptions.RULES)) {
                yaml.append(option.key())
                        .append(": ")
                        .append(options.get(option))
                        .append('\n');
            }
            Path config = Files.writeString(folder.resolve("eddy.yaml"), yaml);
            runWhile(config, topics, options, 0);
            runWhile(config, topics, options, STEPS);

            List<Score> scores = topics.read(KafkaOptions.SCORES, Score.class, Score.getClassSchema()).stream()
                    .filter(score -> score.getSeries().equals("a"))
                    .toList();
            assertThat(scores)
                    .extracting(score -> (int) score.getNSamplesSeen())
                    .as("one score for each step, by a memory that goes on")
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, scores.size()).boxed().toList());
            assertThat(scores).hasSizeGreaterThan(STEPS);
        }
    }

    /** Runs the command, sends some steps, and stops it when there are scores of them. */
    private static void runWhile(Path config, TestingTopics topics, Options options, int from) throws Exception {
        Thread command = new Thread(
                () -> Main.run("run", "--no-page", "--parallelism", "1", "--config", config.toString()), "run");
        command.start();
        try (ReadingProducer producer = new ReadingProducer(options)) {
            for (int step = from; step < from + STEPS; step++) {
                for (int series = 0; series < 8; series++) { // every partition has some
                    producer.send(String.valueOf((char) ('a' + series)), step * HOUR, step % 24, Map.of());
                }
            }
            producer.flush();
        }
        for (int tries = 0; tries < 200; tries++) {
            boolean isThere = topics.read(KafkaOptions.SCORES, Score.class, Score.getClassSchema()).stream()
                    .anyMatch(score -> score.getEventTime().toEpochMilli() >= (from + STEPS - 10) * HOUR);
            if (isThere || !command.isAlive()) {
                break;
            }
            Thread.sleep(300);
        }
        assertThat(command.isAlive()).isTrue();
        command.interrupt();
        command.join();
    }
}
