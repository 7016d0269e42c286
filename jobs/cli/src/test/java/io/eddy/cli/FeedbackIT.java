package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.KafkaOptions;
import io.eddy.forecast.ForecastJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command feedback on a real broker, and a running job that hears it. */
@Timeout(300)
class FeedbackIT {
    private static final long HOUR = 3_600_000L;
    private static final int SETTLED = 200;
    private static final int LAST = 2000;

    @Test
    void whatIsExpectedIsNotToldFromThenOn(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                TestingTopics topics = new TestingTopics(kafka, "said");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            String config = topics.config(folder);
            topics.publishWeights(1);
            JobID job = flink.submit("forecast", 2, ForecastJob::define, topics.options());
            flink.awaitRunning(job, Duration.ofSeconds(60));
            for (int step = 0; step < SETTLED; step++) {
                send(producer, step);
            }
            producer.flush();
            while (scores(topics).size() < SETTLED) {
                Thread.sleep(500);
            }

            assertThat(feedback(config, "a", "ANOMALY_EXPECTED", at(SETTLED), at(LAST)))
                    .isZero();

            int step = SETTLED;
            while (scores(topics).stream().noneMatch(score -> score.getStatus() == Status.SUPPRESSED)) {
                assertThat(step).as("steps until it was heard").isLessThan(LAST);
                send(producer, step++);
                producer.flush();
                Thread.sleep(100);
            }
            flink.stop(job, folder, true);
            assertThat(scores(topics))
                    .filteredOn(score -> score.getStatus() == Status.SUPPRESSED)
                    .allSatisfy(score -> {
                        assertThat(score.getSeries()).isEqualTo("a");
                        assertThat(score.getSuppressedBy()).isEqualTo("feedback");
                        assertThat(score.getAnomalyScoreRaw()).isGreaterThan(1);
                    });
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedBeforeItIsWritten(@TempDir Path folder) throws Exception {
        String config = Files.writeString(folder.resolve("eddy.yaml"), "").toString();
        assertThat(feedback(config, "a", "NOT_ANOMALY", at(2), at(1))).isNotZero();
        assertThat(feedback(config, " ", "NOT_ANOMALY", at(1), at(2))).isNotZero();
        assertThat(feedback(config, "a", "MAYBE", at(1), at(2))).isEqualTo(2);
        assertThat(feedback(config, "a", "NOT_ANOMALY", "yesterday", at(2))).isNotZero();
    }

    private static int feedback(String config, String series, String type, String from, String to) {
        return Main.run("feedback", "--config", config, "--series", series, "--type", type, "--from", from, "--to", to);
    }

    private static String at(int step) {
        return Instant.ofEpochMilli(step * HOUR).toString();
    }

    /** A daily curve with noise, and after a while every twentieth value far off, in five series, so that no partition is empty. */
    private static void send(ReadingProducer producer, int step) {
        for (String series : List.of("a", "b", "c", "d", "e")) {
            double noise = new Random(1000L * series.hashCode() + step).nextGaussian();
            double spike = step >= SETTLED && step % 20 == 0 ? 60 + step : 0;
            producer.send(series, step * HOUR, 100 + 30 * Math.sin(2 * Math.PI * step / 24) + noise + spike, Map.of());
        }
    }

    private static List<Score> scores(TestingTopics topics) throws Exception {
        return topics.read(KafkaOptions.SCORES, Score.class);
    }
}
