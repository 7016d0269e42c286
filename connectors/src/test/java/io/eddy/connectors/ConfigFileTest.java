package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake of a configuration at once, each with its line. */
class ConfigFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    private List<String> mistakes(String yaml) throws IOException {
        return ConfigFile.read(file(yaml)).mistakes().stream()
                .map(mistake -> mistake.line() + " " + mistake.text())
                .toList();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("eddy.yaml"), yaml);
    }

    @Test
    void everyMistakeIsNamedWithItsLine() throws IOException {
        assertThat(mistakes("""
                        # a comment
                        kafka:
                          bootstrap_servers: localhost
                        forecast:
                          horizn: 24
                          emit_every: many
                        readings.step: 1m
                        readings:
                          step: 2m
                        score: [1, [2]]
                        topics:
                          scores: events
                        """))
                .containsExactly(
                        "3 kafka.bootstrap_servers: expected host:port, several with commas between, found localhost",
                        "5 forecast.horizn: expected an option of configs/reference.md, found an unknown key; the nearest is"
                                + " forecast.horizon",
                        "6 forecast.emit_every: expected a whole number from 1 to 100000, found many",
                        "9 readings.step: expected it once, found it on line 7 too",
                        "10 score: expected a value, or a list of plain ones, found a list",
                        "12 topics.scores: expected a topic of its own, found events, which topics.events has");
    }

    @Test
    void optionsThatBelongTogetherAreCheckedTogether() throws IOException {
        assertThat(mistakes("""
                        input:
                          format: registry-avro
                          values: fields.*
                        registry:
                          user: me
                        """))
                .containsExactlyInAnyOrder(
                        "2 input.format: expected registry.url beside registry-avro, found none",
                        "1 input.series: expected {*} in it, for input.values makes several readings of a message, found {series}",
                        "5 registry.user: expected registry.password beside it, found none");
        assertThat(mistakes("input.series: '{host}'\n"))
                .containsExactly(
                        "1 input.series: expected input.format registry-avro, json or csv beside it, found eddy-avro,"
                                + " which says by itself where things are");
        assertThat(
                        mistakes(
                                "input: {format: csv, columns: [host, time, value], series: '{hots}', time: time, values: value}"))
                .containsExactly("1 input.series: expected one of input.columns [host, time, value], found hots");
        assertThat(mistakes("topics.readings: /s.*/\n"))
                .containsExactly(
                        "1 topics.readings: expected topics of their own, found scores, which topics.scores has");
    }

    @Test
    void theModelsOfAListHaveOptionsOfTheirOwn() throws IOException {
        Options options = Options.ofFile(file("""
                forecast.horizon: 12
                models:
                  - model: {id: web, series: "web/.*"}
                    readings.step: 10s
                  - model.id: rest
                    forecast: {horizon: 48}
                """));
        assertThat(options.models()).hasSize(2);
        assertThat(options.models().get(0))
                .returns("web", model -> model.get(ModelOptions.MODEL_ID))
                .returns(12, model -> model.get(ForecastOptions.HORIZON))
                .returns(Duration.ofSeconds(10), model -> model.get(InputOptions.STEP))
                .returns("forecast-web", model -> model.operator("forecast"));
        assertThat(options.models().get(1))
                .returns(48, model -> model.get(ForecastOptions.HORIZON))
                .returns(Duration.ofMinutes(1), model -> model.get(InputOptions.STEP));
    }

    @Test
    void mistakesWithinAModelHaveTheirLinesToo() throws IOException {
        assertThat(mistakes("""
                        models:
                          - model.id: web
                            kafka.group_id: other
                          - model.id: web
                            forecast:
                              horizon: 0
                          - model.series: "("
                        """))
                .containsExactly(
                        "3 models.0.kafka.group_id: expected model.*, forecast.*, score.*, event.*, train.* or readings.step under"
                                + " models, found an option that all models share",
                        "4 models.1.model.id: expected a name of its own, found web, which models.0.model.id has",
                        "6 models.1.forecast.horizon: expected a whole number from 1 to 336, found 0",
                        "7 models.2.model.series: expected a regular expression, found (",
                        "7 models.2.model.id: expected a name for each model, found none");
    }

    @Test
    void aSecretInAFileThatIsNoYamlIsNotRepeated() throws IOException {
        assertThat(mistakes("kafka:\n  properties:\n    sasl.jaas.config: sesame\n  x: [sesame\n"))
                .singleElement()
                .asString()
                .startsWith("5 configuration: expected YAML, found ")
                .doesNotContain("sesame");
        assertThat(mistakes("registry: {url: 'http://me:sesame@host', user: me, password: sesame}\n"))
                .hasSize(2)
                .allSatisfy(mistake -> assertThat(mistake).doesNotContain("sesame"));
    }
}
