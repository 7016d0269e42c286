package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Forecast;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A forecast job that goes on from a savepoint under other options, and from the next one under those of before. */
@Timeout(300)
class SavepointIT extends BrokerTesting {
    private static final long HOUR = 3_600_000L;
    private static final int SERIES = 8;
    private static final int PART = 80;

    /** A daily curve with noise for each series. */
    private static double value(int series, int step) {
        Random random = new Random(1000L * series + step);
        return 100 * (series + 1) + 30 * Math.sin(2 * Math.PI * step / 24) + random.nextGaussian();
    }

    private static void send(ReadingProducer producer, int part) {
        for (int step = part * PART; step < (part + 1) * PART; step++) {
            for (int series = 0; series < SERIES; series++) {
                producer.send("series-" + series, step * HOUR, value(series, step), Map.of());
            }
        }
        producer.flush();
    }

    /** Runs the job over what is on the topic; the result is its savepoint. */
    private String run(Options options, int parallelism, boolean isLast) throws Exception {
        try (LocalFlink flink = LocalFlink.start(options, folder, null, parallelism)) {
            JobID job = flink.submit("forecast", parallelism, ForecastJob::define, options);
            flink.awaitRunning(job, Duration.ofSeconds(60));
            String group = options.get(KafkaOptions.GROUP_ID) + "-forecast";
            for (int tries = 0; !Topics.isConsumed(options, group, options.get(KafkaOptions.READINGS)); tries++) {
                assertThat(tries).as("seconds waited for all readings").isLessThan(120);
                Thread.sleep(1000);
            }
            return flink.stop(job, folder, isLast);
        }
    }

    private static String partAndHorizon(Forecast forecast) {
        long next = forecast.getIssuedAt().toEpochMilli() / HOUR + 1;
        return "part " + Math.min(2, next / PART) + ": " + forecast.getSteps().size();
    }

    @Test
    void whatASeriesHasLearntStaysUnderOtherOptionsAndBack() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "savepoint");
                ReadingProducer producer = new ReadingProducer(topics.options())) {
            Options before = topics.options();
            topics.publishWeights(1);
            send(producer, 0);
            String first = run(before, 1, false);

            send(producer, 1);
            Options other = before.with(ForecastOptions.HORIZON, "12")
                    .with(ForecastOptions.EXPERTS, "full")
                    .with(ModelOptions.SEASON, "24");
            String second = run(other.with("flink.execution.state-recovery.path", first), 2, false);

            send(producer, 2);
            run(before.with("flink.execution.state-recovery.path", second), 1, true);

            List<Score> scores = topics.read(KafkaOptions.SCORES, Score.class);
            assertThat(scores).hasSize(3 * PART * SERIES);
            assertThat(scores.stream().map(score -> score.getSeries() + score.getEventTime()))
                    .doesNotHaveDuplicates();
            assertThat(scores)
                    .filteredOn(score -> score.getEventTime().toEpochMilli() >= PART * HOUR)
                    .allSatisfy(score -> {
                        assertThat(score.getStatus()).isNotEqualTo(Status.WARMING_UP);
                        assertThat(Math.abs(score.getY() - score.getYhat())).isLessThan(15);
                    });
            // The last step of a part is over when the next part comes.
            int usual = before.get(ForecastOptions.HORIZON);
            assertThat(topics.read(KafkaOptions.FORECASTS, Forecast.class).stream()
                            .filter(forecast -> !forecast.getSteps().isEmpty())
                            .map(SavepointIT::partAndHorizon))
                    .hasSizeGreaterThan(2 * PART * SERIES)
                    .containsOnly("part 0: " + usual, "part 1: 12", "part 2: " + usual);
        }
    }
}
