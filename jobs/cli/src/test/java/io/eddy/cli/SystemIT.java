package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.train.TrainJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The jobs as they are, on a real broker and a real Flink. */
@Timeout(300)
class SystemIT extends BrokerTesting {
    private static final long HOUR = 3_600_000L;
    private static final int SERIES = 5;
    private static final Duration STARTUP = Duration.ofSeconds(60);

    /** A daily curve with noise for each series; each value depends on its place alone. */
    private static double value(int series, int step) {
        Random random = new Random(1000L * series + step);
        return 100 * (series + 1) + 30 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian();
    }

    private static void send(ReadingProducer producer, int from, int to, int spikeAt) {
        send(producer, from, to, spikeAt, 2, 60);
    }

    private static void send(ReadingProducer producer, int from, int to, int spikeAt, int spiked, double height) {
        for (int step = from; step < to; step++) {
            for (int series = 0; series < SERIES; series++) {
                double spike = series == spiked && step == spikeAt ? height : 0;
                producer.send("series-" + series, step * HOUR, value(series, step) + spike, Map.of());
            }
        }
        producer.flush();
    }

    private static List<Score> scores(TestingTopics topics) throws Exception {
        return topics.read(KafkaOptions.SCORES, Score.class);
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        for (int tries = 0; !condition.call(); tries++) {
            assertThat(tries).as("seconds waited for " + what).isLessThan(120);
            Thread.sleep(1000);
        }
    }

    /** A job that is stopped drains what it has read, and no more. */
    private static void awaitConsumed(Options options) throws Exception {
        String group = options.get(KafkaOptions.GROUP_ID) + "-forecast";
        await("all readings", () -> Topics.isConsumed(options, group, options.get(KafkaOptions.READINGS)));
    }

    @Test
    void spikesBecomeEventsBadBytesBecomeRejectsAndNewWeightsTakeEffectWithoutARestart() throws Exception {
        int spikeAt = 250;
        try (TestingTopics topics = new TestingTopics(kafka, "whole");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            topics.publishWeights(1);
            JobID job = flink.submit("forecast", 2, ForecastJob::define, topics.options());
            flink.awaitRunning(job, STARTUP);
            send(producer, 0, 100, spikeAt);
            topics.sendBytes("no Avro at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            topics.sendBytes(new byte[0]);
            send(producer, 100, 300, spikeAt);
            await("the scores of the first steps", () -> scores(topics).size() >= 200 * SERIES);
            topics.publishWeights(2);
            int[] next = {300};
            await("a score that the second weights made", () -> {
                send(producer, next[0], next[0] + 1, spikeAt);
                next[0]++;
                return scores(topics).stream().anyMatch(score -> score.getModelVersion() == 2);
            });
            awaitConsumed(topics.options());
            flink.stop(job, folder, true);

            List<Score> scores = scores(topics);
            assertThat(scores).hasSize(next[0] * SERIES);
            assertThat(scores.stream().map(s -> s.getSeries() + s.getEventTime()))
                    .doesNotHaveDuplicates();
            assertThat(topics.read(KafkaOptions.FORECASTS, Forecast.class)).hasSizeGreaterThan((next[0] - 2) * SERIES);
            List<Event> opened = topics.read(KafkaOptions.EVENTS, Event.class).stream()
                    .filter(event -> event.getState() == EventState.open)
                    .toList();
            assertThat(opened)
                    .anySatisfy(event -> {
                        assertThat(event.getSeries()).isEqualTo("series-2");
                        assertThat(event.getStart()).isEqualTo(Instant.ofEpochMilli(spikeAt * HOUR));
                        assertThat(event.getDirection()).isEqualTo(1);
                    })
                    .hasSizeLessThan(4);
            assertThat(topics.read(KafkaOptions.REJECTS, Reject.class))
                    .hasSize(2)
                    .allSatisfy(
                            reject -> assertThat(reject.getReason()).startsWith("value: expected one Reading in Avro"));
        }
    }

    @Test
    void aRuleHoldsAlarmsBackInTheRunningJobUntilItIsRemoved() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "ruled");
                ReadingProducer producer = new ReadingProducer(topics.options());
                LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            topics.publishWeights(1);
            topics.sendRule("spoilt", "{\"id\":\"spoilt\",\"k\":3}");
            JobID job = flink.submit("forecast", 2, ForecastJob::define, topics.options());
            flink.awaitRunning(job, STARTUP);
            send(producer, 0, 100, -1);
            int[] next = {100};
            topics.sendRule("quiet", "{\"id\":\"quiet\",\"series\":\"series-.*\",\"silenced\":true}");
            // A spike that comes again and again is no surprise, so each is higher than the last.
            await("a score that the rule holds back", () -> {
                send(producer, next[0], next[0] + 40, next[0] + 20, 2, next[0]);
                next[0] += 40;
                return scores(topics).stream().anyMatch(score -> "quiet".equals(score.getSuppressedBy()));
            });
            topics.sendRule("quiet", null);
            await("a spike that is told again", () -> {
                send(producer, next[0], next[0] + 40, next[0] + 20, 3, next[0]);
                next[0] += 40;
                return scores(topics).stream()
                        .anyMatch(score ->
                                score.getIsAnomaly() && score.getSeries().equals("series-3"));
            });

            assertThat(scores(topics))
                    .filteredOn(score -> score.getSuppressedBy() != null)
                    .isNotEmpty()
                    .allSatisfy(score -> {
                        assertThat(score.getStatus()).isEqualTo(Status.SUPPRESSED);
                        assertThat(score.getAnomalyScore()).isZero();
                        assertThat(score.getAnomalyScoreRaw()).isGreaterThanOrEqualTo(1);
                    });
        }
    }

    @Test
    void aRestartFromASavepointGoesOnWithTheSameOutputs() throws Exception {
        Map<String, String> straight = replay("straight", false);
        Map<String, String> restarted = replay("restarted", true);
        assertThat(straight.size()).isEqualTo(200 * SERIES);
        assertThat(restarted.keySet()).isEqualTo(straight.keySet());
        straight.forEach((key, score) -> assertThat(restarted.get(key)).isEqualTo(score));
    }

    /** The scores by series and time, less when they were made. */
    private Map<String, String> replay(String name, boolean restart) throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, name);
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options options = topics.options();
            if (restart) {
                send(producer, 0, 120, 150);
                options = options.with("flink.execution.state-recovery.path", firstHalf(topics));
                send(producer, 120, 200, 150);
            } else {
                send(producer, 0, 200, 150);
            }
            try (LocalFlink flink = LocalFlink.start(options, folder, null, 2)) {
                JobID job = flink.submit("forecast", 2, ForecastJob::define, options);
                awaitConsumed(options);
                flink.stop(job, folder, true);
            }
            return scores(topics).stream().collect(Collectors.toMap(s -> s.getSeries() + " " + s.getEventTime(), s -> {
                s.setProcessingTime(Instant.EPOCH);
                return s.toString();
            }));
        }
    }

    private String firstHalf(TestingTopics topics) throws Exception {
        try (LocalFlink flink = LocalFlink.start(topics.options(), folder, null, 2)) {
            JobID job = flink.submit("forecast", 2, ForecastJob::define, topics.options());
            await("the scores of the first half", () -> scores(topics).size() > 60 * SERIES);
            return flink.stop(job, folder, false);
        }
    }

    /** As when the job was down for longer than the topic keeps readings. */
    @Test
    void whatIsLeftOnTheTopicIsReadWhereThePlaceOfTheCheckpointIsGone() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "expired");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options options = topics.options().with(InputOptions.START_FROM, "latest");
            int[] next = {0};
            String savepoint;
            try (LocalFlink flink = LocalFlink.start(options, folder, null, 2)) {
                JobID job = flink.submit("forecast", 2, ForecastJob::define, options);
                await("the first scores", () -> {
                    send(producer, next[0], next[0] + 1, -1);
                    next[0]++;
                    return !scores(topics).isEmpty();
                });
                savepoint = flink.stop(job, folder, false);
            }
            send(producer, next[0], next[0] + 10, -1);
            int left = next[0] + 10;
            topics.forget(KafkaOptions.READINGS);
            send(producer, left, left + 10, -1);
            Options resumed = options.with("flink.execution.state-recovery.path", savepoint);
            try (LocalFlink flink = LocalFlink.start(resumed, folder, null, 2)) {
                JobID job = flink.submit("forecast", 2, ForecastJob::define, resumed);
                awaitConsumed(resumed);
                flink.stop(job, folder, true);
            }
            assertThat(scores(topics))
                    .filteredOn(score -> score.getEventTime().toEpochMilli() >= left * HOUR)
                    .hasSize(10 * SERIES);
        }
    }

    @Test
    void theTrainJobPublishesWeightsThatTheForecastJobTakesUp() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "trained");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options options = topics.options()
                    .with(TrainOptions.ROUND_WINDOWS, "20")
                    .with(TrainOptions.BATCHES, "10")
                    .with(ModelOptions.HIDDEN, "16");
            try (LocalFlink flink = LocalFlink.start(options, folder, null, 3)) {
                JobID forecast = flink.submit("forecast", 2, ForecastJob::define, options);
                JobID train = flink.submit("train", 1, TrainJob::define, options);
                flink.awaitRunning(forecast, STARTUP);
                flink.awaitRunning(train, STARTUP);
                int[] next = {0};
                await("a score that trained weights made", () -> {
                    send(producer, next[0], next[0] + 60, 0);
                    next[0] += 60;
                    return scores(topics).stream().anyMatch(score -> score.getModelVersion() > 0);
                });
                assertThat(topics.read(KafkaOptions.WEIGHTS, Weights.class))
                        .first()
                        .satisfies(weights -> {
                            assertThat(weights.getVersion()).isEqualTo(1);
                            assertThat(weights.getParentVersion()).isZero();
                            assertThat(weights.getMetrics()).containsKeys("pinball", "median_loss", "coverage_95");
                        });
            }
        }
    }

    @Test
    void severalTrainersGoOnFromWhatTheyPublished() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "trainers");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options options = topics.options()
                    .with(TrainOptions.ROUND_WINDOWS, "20")
                    .with(TrainOptions.BATCHES, "10")
                    .with(ModelOptions.HIDDEN, "16")
                    .with(TrainOptions.TRAINERS, "2");
            try (LocalFlink flink = LocalFlink.start(options, folder, null, TrainJob.slots(options, 1))) {
                JobID train = flink.submit("train", 1, TrainJob::define, options);
                flink.awaitRunning(train, STARTUP);
                int[] next = {0};
                await("a round that went on from trained weights", () -> {
                    send(producer, next[0], next[0] + 60, 0);
                    next[0] += 60;
                    return versions(topics).stream().anyMatch(weights -> weights.getParentVersion() > 0);
                });
                assertThat(versions(topics))
                        .allSatisfy(weights -> assertThat(weights.getMetrics())
                                .containsEntry("trainers", 2.0)
                                .containsEntry("trainers_lost", 0.0));
            }
        }
    }

    private static List<Weights> versions(TestingTopics topics) throws Exception {
        return topics.read(KafkaOptions.WEIGHTS, Weights.class);
    }
}
