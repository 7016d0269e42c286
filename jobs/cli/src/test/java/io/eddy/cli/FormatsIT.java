package io.eddy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Option;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.train.TrainJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Telegraf's JSON from the topics that a pattern matches, through a job of two models, and out as JSON. */
@Timeout(300)
class FormatsIT extends BrokerTesting {
    private static final int HOURS = 120;

    private static Options telegraf(TestingTopics topics) {
        Options options = topics.options()
                .with(KafkaOptions.READINGS, "/formats-telegraf-.*/")
                .with(InputOptions.INPUT_FORMAT, "json")
                .with(InputOptions.INPUT_VALUES, "fields.value")
                .with(InputOptions.INPUT_SERIES, "{tags.host}/{name}")
                .with(InputOptions.INPUT_TIME, "timestamp")
                .with(InputOptions.INPUT_LABELS, "tags.*")
                .with(InputOptions.INPUT_MAX_BYTES, "100000")
                .with(InputOptions.OUTPUT_FORMAT, "json")
                .with("models.0.model.id", "load");
        return options.with("models.0.model.series", ".*/load")
                .with("models.0.forecast.horizon", "4")
                .with("models.1.model.id", "heat")
                .with("models.1.model.series", ".*/heat")
                .with("models.1.forecast.horizon", "6")
                .with("models.1.readings.step", "2h");
    }

    private static String message(String host, String name, int hour) {
        double value = 20 + 10 * Math.sin(hour * Math.PI / 12);
        return "{\"fields\":{\"value\":%s},\"name\":\"%s\",\"tags\":{\"host\":\"%s\"},\"timestamp\":%d}"
                .formatted(value, name, host, 1_600_000_000L / 3600 * 3600 + hour * 3600L);
    }

    private static List<JsonNode> json(TestingTopics topics, Option<String> topic) throws Exception {
        List<JsonNode> records = new ArrayList<>();
        for (byte[] value : topics.bytes(topic)) {
            records.add(new ObjectMapper().readTree(value));
        }
        return records;
    }

    @Test
    void eachModelAnswersForItsSeriesAtItsStepAndHorizon() throws Exception {
        kafka.createTopic("formats-telegraf-a", 1, Map.of());
        kafka.createTopic("formats-telegraf-b", 1, Map.of());
        try (TestingTopics topics = new TestingTopics(kafka, "formats")) {
            Options options = telegraf(topics);
            for (Options model : options.models()) {
                topics.publishWeights(1, model);
            }
            for (int hour = 0; hour < HOURS; hour++) {
                topics.sendBytes(
                        "formats-telegraf-a", message("a", "load", hour).getBytes(UTF_8));
                topics.sendBytes(
                        "formats-telegraf-b", message("b", "heat", hour).getBytes(UTF_8));
            }
            topics.sendBytes("formats-telegraf-a", "{\"fields\": 7}".getBytes(UTF_8));
            topics.sendBytes("formats-telegraf-a", message("c", "disk", 0).getBytes(UTF_8));
            topics.sendBytes("formats-telegraf-b", ("{\"x\":\"" + "y".repeat(500_000) + "\"}").getBytes(UTF_8));
            try (LocalFlink flink = LocalFlink.start(options, folder, null, 4)) {
                JobID forecast = flink.submit("forecast", 2, ForecastJob::define, options);
                JobID train = flink.submit("train", 2, TrainJob::define, options);
                flink.awaitRunning(forecast, Duration.ofSeconds(60));
                flink.awaitRunning(train, Duration.ofSeconds(60));
                for (int tries = 0; json(topics, KafkaOptions.REJECTS).size() < 3; tries++) {
                    assertThat(tries).as("seconds waited for the rejects").isLessThan(120);
                    Thread.sleep(1000);
                }
                for (String topic : List.of("formats-telegraf-a", "formats-telegraf-b")) {
                    for (int tries = 0; !Topics.isConsumed(options, "formats-forecast", topic); tries++) {
                        assertThat(tries).as("seconds waited for all readings").isLessThan(120);
                        Thread.sleep(1000);
                    }
                }
                assertThat(flink.status(train)).isEqualTo(JobStatus.RUNNING);
                flink.stop(forecast, folder, true);
            }

            Map<String, Long> scores = json(topics, KafkaOptions.SCORES).stream()
                    .collect(Collectors.groupingBy(
                            score -> score.path("model_id").asText() + " "
                                    + score.path("series").asText(),
                            Collectors.counting()));
            assertThat(scores).isEqualTo(Map.of("load a/load", (long) HOURS, "heat b/heat", HOURS / 2L));
            assertThat(json(topics, KafkaOptions.SCORES))
                    .allSatisfy(score ->
                            assertThat(score.path("event_time").asText()).startsWith("2020-09-1"));
            Map<String, List<Integer>> horizons = json(topics, KafkaOptions.FORECASTS).stream()
                    .collect(Collectors.groupingBy(
                            forecast -> forecast.path("model_id").asText(),
                            Collectors.mapping(
                                    forecast -> forecast.path("steps").size(),
                                    Collectors.collectingAndThen(Collectors.toSet(), set -> List.copyOf(set)))));
            assertThat(horizons).isEqualTo(Map.of("load", List.of(4), "heat", List.of(6)));
            assertThat(json(topics, KafkaOptions.REJECTS))
                    .extracting(reject -> reject.path("reason").asText())
                    .containsExactlyInAnyOrder(
                            "timestamp: expected a field of the message, found fields",
                            "series: expected one that a model takes (model.series), found c/disk",
                            "value: expected at most 100000 bytes (input.max_bytes), found 500008");
            assertThat(json(topics, KafkaOptions.REJECTS).stream()
                            .map(reject -> reject.path("topic").asText() + " "
                                    + reject.path("offset").asLong()))
                    .contains("formats-telegraf-a " + HOURS);
        }
    }
}
