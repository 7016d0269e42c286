package io.eddy.cli;

import static io.eddy.cli.TestingConsole.said;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.FeedbackType;
import io.eddy.Score;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command rules on a real broker, and a running job that heeds them. */
@Timeout(300)
class RulesIT extends BrokerTesting {
    private static final long HOUR = 3_600_000L;
    private static final int SETTLED = 200;

    @Test
    void aRunningJobHeedsWhatIsPutAndRemoved() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "ruled");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            String config = topics.config(folder);
            Path file = Files.writeString(
                    folder.resolve("rules.yaml"), "rules: [{id: quiet, silenced: true}, {id: spare, series: none}]\n");
            topics.publishWeights(1);
            JobID job = flink.submit("forecast", 2, ForecastJob::define, topics.options());
            flink.awaitRunning(job, Duration.ofSeconds(60));

            assertThat(said(0, "rules", "list", "--config", config)).isEqualTo("eddy rules: 0 rules on the topic\n");
            assertThat(said(0, "rules", "put", "--config", config, file.toString()))
                    .endsWith(": quiet, spare\n");
            int step = send(producer, topics, 0, "quiet");
            assertThat(said(0, "rules", "list", "--config", config))
                    .isEqualTo("{\"id\": \"quiet\", \"series\": \".*\", \"silenced\": true}\n"
                            + "{\"id\": \"spare\", \"series\": \"none\"}\neddy rules: 2 rules on the topic\n");

            assertThat(said(2, "rules", "remove", "--config", config, "spare", "quite"))
                    .isEmpty();
            assertThat(said(0, "rules", "remove", "--config", config, "quiet")).contains("removed quiet");
            send(producer, topics, step, null);
            assertThat(said(0, "rules", "list", "--config", config)).contains("1 rule on the topic");
            said(0, "rules", "remove", "--config", config, "spare");
            assertThat(said(2, "rules", "remove", "--config", config, "spare")).isEmpty();
        }
    }

    /** As when the job was down for longer than the topic keeps the end of a rule. */
    @Test
    void aRuleThatIsGoneFromTheTopicHoldsNoMoreAfterARestart() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "gone");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            String kept = folder.resolve("kept").toUri().toString();
            Options options = topics.options().with("flink.execution.checkpointing.dir", kept);
            topics.publishWeights(1);
            topics.sendRule("quiet", "{\"id\": \"quiet\", \"silenced\": true}");
            topics.sendRule("spare", "{\"id\": \"spare\", \"series\": \"none\"}");
            int step;
            try (LocalFlink flink = resumed(options)) {
                step = send(producer, topics, 0, "quiet");
            }
            topics.sendRule("quiet", null);
            topics.sendRule("spare", "{\"id\": \"spare\", \"series\": \"none\"}");
            TopicPartition rules = new TopicPartition(options.get(KafkaOptions.RULES), 0);
            try (Admin admin = Admin.create(options.kafka())) {
                admin.deleteRecords(Map.of(rules, RecordsToDelete.beforeOffset(3)))
                        .all()
                        .get();
            }
            try (LocalFlink flink = resumed(options)) {
                send(producer, topics, step, null);
            }
        }
    }

    /** Flink's sources go on with the topics of the checkpoint beside those that the options name. */
    @Test
    void aJobThatGoesOnListensToTheTopicsThatAreNamedNow() throws Exception {
        try (TestingTopics before = new TestingTopics(kafka, "before");
                TestingTopics after = new TestingTopics(kafka, "after");
                ReadingProducer producer = new ReadingProducer(before.options())) {
            String kept = folder.resolve("kept").toUri().toString();
            Options options = before.options().with("flink.execution.checkpointing.dir", kept);
            before.publishWeights(1);
            before.sendRule("before", "{\"id\": \"before\", \"silenced\": true}");
            int step;
            try (LocalFlink flink = resumed(options)) {
                step = send(producer, before, 0, "before");
            }
            before.publishWeights(9);
            before.sendRule("left", "{\"id\": \"left\", \"silenced\": true}");
            for (int series = 0; series < 5; series++) {
                before.sendFeedback(
                        "s" + series, FeedbackType.ANOMALY_EXPECTED, Instant.EPOCH, Instant.EPOCH.plus(36_500, DAYS));
            }
            after.publishWeights(2);
            after.sendRule("after", "{\"id\": \"after\", \"silenced\": true}");
            for (Option<String> topic : List.of(KafkaOptions.WEIGHTS, KafkaOptions.RULES, KafkaOptions.FEEDBACK)) {
                options = options.with(topic, after.options().get(topic));
            }
            int last;
            try (LocalFlink flink = resumed(options)) {
                last = send(producer, before, step, "after");
                send(producer, before, last, "after");
            }
            // Which topic is read first is chance: until then the job goes by what it knew.
            Instant heard = Instant.ofEpochMilli((last + 60) * HOUR);
            List<Score> scores = before.read(KafkaOptions.SCORES, Score.class).stream()
                    .filter(score -> score.getEventTime().isAfter(heard))
                    .toList();
            assertThat(scores).extracting(Score::getModelVersion).containsOnly(2L);
            assertThat(scores).extracting(Score::getSuppressedBy).containsOnly("after", null);
        }
    }

    private LocalFlink resumed(Options options) throws Exception {
        LocalFlink flink = LocalFlink.start(options, folder, null, 2);
        KeptCheckpoints kept = KeptCheckpoints.find(JobArguments.flinkConfiguration(options), "forecast");
        flink.awaitRunning(
                flink.resume("forecast", 2, ForecastJob::define, options, Objects.requireNonNull(kept)),
                Duration.ofSeconds(60));
        return flink;
    }

    /**
     * Sends steps, now and then farther off than ever, until an odd one is held back by the rule, or by none; returns the next step. An odd
     * one is answered when the next has come.
     */
    private static int send(ReadingProducer producer, TestingTopics topics, int from, @Nullable String rule)
            throws Exception {
        for (int step = from; step < from + 2000; step++) {
            for (int series = 0; series < 5; series++) { // so that no partition is empty
                double odd = step >= SETTLED && step % 30 == 0 ? Math.min(1e29, 1000 * Math.pow(4, step / 30)) : 0;
                producer.send("s" + series, step * HOUR, step * 7919 % 13 + odd, Map.of());
            }
            if (step % 30 == 1 && step > Math.max(SETTLED, from + 60)) {
                producer.flush();
                if (isAnswered(topics, (from + 60) * HOUR, rule)) {
                    return step + 1;
                }
            }
        }
        throw new AssertionError("expected a score that " + rule + " holds back, found none");
    }

    /** Waits a second for it at the most, so that a slow job is asked for as long as a minute before the steps are at their end. */
    private static boolean isAnswered(TestingTopics topics, long since, @Nullable String rule) throws Exception {
        for (int tries = 0; tries < 10; tries++) {
            Thread.sleep(100);
            if (topics.read(KafkaOptions.SCORES, Score.class).stream()
                    .anyMatch(score -> score.getEventTime().toEpochMilli() > since
                            && score.getAnomalyScoreRaw() > 1
                            && String.valueOf(score.getSuppressedBy()).equals(String.valueOf(rule)))) {
                return true;
            }
        }
        return false;
    }
}
