package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.connectors.KafkaOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command run, stopped or killed, and started again. */
@Timeout(300)
class RunIT {
    private static final long HOUR = 3_600_000L;
    private static final int STEPS = 60;
    private static final String EACH_SECOND = "flink.execution.checkpointing.interval: 1 s";

    /** A command that runs. */
    private interface Run {
        boolean isAlive();

        void end() throws InterruptedException;

        void await() throws InterruptedException;
    }

    @ParameterizedTest
    @CsvSource({"false, incrementing", "true, incrementing", "true, pooling"})
    void theSecondStartGoesOnWhereTheFirstEnded(boolean killed, String transactions, @TempDir Path folder)
            throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "resumed")) {
            String checkpoints = "flink.execution.checkpointing.dir: "
                    + folder.resolve("checkpoints").toUri();
            String[] first = command(topics.config(folder, "readings.step: 1h", EACH_SECOND, checkpoints));
            use(killed ? inProcess(folder, first) : inThread(first), topics, 0);
            if (killed) {
                assertThat(folder.resolve("tmp").toFile().list()).isNotEmpty();
                inProcess(folder, "--version").await();
                assertThat(folder.resolve("tmp").toFile().list())
                        .as("what is left for the next run to remove")
                        .allMatch(name -> name.startsWith("eddy-run"));
            }
            String[] second = command(topics.config(
                    folder, "readings.step: 1h", EACH_SECOND, checkpoints, "kafka.transactions: " + transactions));
            use(inThread(second), topics, STEPS);

            List<Score> scores = scores(topics).stream()
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

    @Test
    void poolingEndsWhatARunBeforeHasLeftOpen(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "left")) {
            Properties properties = topics.options().kafka();
            // Of the eighth subtask, with a number that no count from the start reaches.
            properties.put("transactional.id", "left-forecast-left-scores:-7-1000");
            properties.put("transaction.timeout.ms", "600000");
            try (KafkaProducer<byte[], byte[]> left =
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                left.initTransactions();
                left.beginTransaction();
                left.send(new ProducerRecord<>(topics.options().get(KafkaOptions.SCORES), new byte[] {1}))
                        .get();
                use(
                        inThread(command(topics.config(
                                folder, "readings.step: 1h", EACH_SECOND, "kafka.transactions: pooling"))),
                        topics,
                        0);
                assertThat(scores(topics))
                        .as("what readers of committed records see")
                        .isNotEmpty();
            }
        }
    }

    private static String[] command(String config) {
        return new String[] {"run", "--no-page", "--parallelism", "1", "--config", config};
    }

    /** Sends some steps, and ends the command when there are scores of them. */
    private static void use(Run command, TestingTopics topics, int from) throws Exception {
        try (ReadingProducer producer = new ReadingProducer(topics.options())) {
            for (int step = from; step < from + STEPS; step++) {
                for (int series = 0; series < 8; series++) { // every partition has some
                    producer.send(String.valueOf((char) ('a' + series)), step * HOUR, step % 24, Map.of());
                }
            }
            producer.flush();
        }
        for (int tries = 0; tries < 400; tries++) {
            boolean isThere = scores(topics).stream()
                    .anyMatch(score -> score.getEventTime().toEpochMilli() >= (from + STEPS - 10) * HOUR);
            if (isThere || !command.isAlive()) {
                break;
            }
            Thread.sleep(300);
        }
        assertThat(command.isAlive()).isTrue();
        command.end();
    }

    private static List<Score> scores(TestingTopics topics) throws Exception {
        return topics.read(KafkaOptions.SCORES, Score.class);
    }

    /** Is asked to end, as by Ctrl-C. */
    private static Run inThread(String... command) {
        Thread thread = new Thread(() -> Main.run(command), "run");
        thread.start();
        return new Run() {
            @Override
            public boolean isAlive() {
                return thread.isAlive();
            }

            @Override
            public void end() throws InterruptedException {
                thread.interrupt();
                await();
            }

            @Override
            public void await() throws InterruptedException {
                thread.join();
            }
        };
    }

    /** Is killed, as by {@code kill -9}: nothing is tidied up. */
    private static Run inProcess(Path folder, String... command) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        File log = folder.resolve("run.log").toFile();
        Process process = TestingJvm.of(Main.class, List.of("-Xmx1g", "-Djava.io.tmpdir=" + temporary), command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        return new Run() {
            @Override
            public boolean isAlive() {
                return process.isAlive();
            }

            @Override
            public void end() throws InterruptedException {
                process.destroyForcibly();
                await();
            }

            @Override
            public void await() throws InterruptedException {
                process.waitFor();
            }
        };
    }
}
