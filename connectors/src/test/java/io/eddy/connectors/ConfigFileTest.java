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
                        "10 score: expected a value, or a list of plain ones, found a list of others",
                        "12 topics.scores: expected a topic of its own, found events, which topics.events has");
    }

    @Test
    void aMistakeTakesOneLineWhateverWasFound() throws IOException {
        assertThat(mistakes("""
                        model.on_new_weights: "car\\nry\\u001b[2J"
                        "forecast\\n.horizon": 1
                        event.merge_gap: %s
                        """.formatted("many ".repeat(1000))))
                .containsExactly(
                        "1 model.on_new_weights: expected one of carry, decay, rewarm, found car ry [2J",
                        "2 forecast .horizon: expected an option of configs/reference.md, found an unknown key; the nearest is"
                                + " forecast.horizon",
                        "3 event.merge_gap: expected a whole number from 1 to 100000, found " + "many ".repeat(12)
                                + "…");
    }

    @Test
    void yamlWithoutAnEndIsAMistakeAsAnyOther() throws IOException {
        String endless = "found some that has no end, or is too deep";
        assertThat(mistakes("forecast: &all {horizon: *all}"))
                .containsExactly("1 configuration: expected YAML, " + endless);
        assertThat(mistakes("topics: " + "[".repeat(100_000)))
                .containsExactly("1 configuration: expected YAML, " + endless);
        assertThat(RuleFile.mistakes(file("rules: &all [*all]")))
                .singleElement()
                .asString()
                .startsWith("rules.file: expected YAML, " + endless);
    }

    @Test
    void whatIsNoPathIsNotOpened() throws IOException {
        assertThat(ConfigFile.read(file("rules.file: \"a\\0b\"")).mistakesWithFiles())
                .containsExactly(new Mistake("rules.file", "rules.file: expected a path, or nothing, found a b", 1));
        assertThat(ConfigFile.read(file("rules.file: \" \\0\"")).mistakesWithFiles())
                .isEmpty();
    }

    /** Without a cluster or a broker that would say so one at a time. */
    @Test
    void whatIsPassedOnIsCheckedByThoseWhoTakeIt() throws IOException {
        assertThat(mistakes("""
                        flink:
                          execution.checkpointing.interval: 5 parsecs
                          execution.checkpointing.mode: most-once
                          state.checkpoint.dir: /a
                          taskmanager.numberOfTaskSlots: 4
                          execution.checkpointing.dir: /var/lib/eddy
                          state.backend.type: rockdb
                          restart-strategy.type: fixed-dealy
                          state.savepoints.dir: file:/
                          s3.secret-key: sesame
                          metrics.reporter.prom.port: many
                        kafka.properties:
                          security.protcol: SSL
                          my.interceptors.own: 5
                        """))
                .satisfiesExactly(
                        interval -> assertThat(interval)
                                .startsWith(
                                        "2 flink.execution.checkpointing.interval: expected a value that Flink reads,"
                                                + " found 5 parsecs (Time interval unit label 'parsecs' does not match any of"),
                        mode -> assertThat(mode)
                                .startsWith("3 flink.execution.checkpointing.mode: expected a value that Flink reads,"
                                        + " found most-once (")
                                .contains("AT_LEAST_ONCE"),
                        folder -> assertThat(folder)
                                .isEqualTo("4 flink.state.checkpoint.dir: expected a setting of Flink, found an unknown"
                                        + " one; the nearest is flink.state.checkpoints.dir"),
                        dir -> assertThat(dir)
                                .isEqualTo(
                                        "6 flink.execution.checkpointing.dir: expected a folder behind its file system,"
                                                + " such as file:///var/lib/eddy, found /var/lib/eddy"),
                        backend -> assertThat(backend)
                                .isEqualTo(
                                        "7 flink.state.backend.type: expected hashmap, rocksdb, forst or the name of a"
                                                + " class, found rockdb"),
                        restart -> assertThat(restart)
                                .isEqualTo("8 flink.restart-strategy.type: expected none, fixed-delay, failure-rate or"
                                        + " exponential-delay, found fixed-dealy"),
                        root -> assertThat(root)
                                .isEqualTo("9 flink.state.savepoints.dir: expected a folder behind its file system,"
                                        + " such as file:///var/lib/eddy, found file:/"),
                        protocol -> assertThat(protocol)
                                .isEqualTo(
                                        "13 kafka.properties.security.protcol: expected a setting of Kafka's clients,"
                                                + " found an unknown one; the nearest is kafka.properties.security.protocol"));
    }

    @Test
    void whatFlinkTakesIsRight() throws IOException {
        assertThat(mistakes("""
                        flink:
                          execution.checkpointing.dir: s3://eddy/checkpoints
                          execution.checkpointing.savepoint-dir: file:///var/lib/eddy
                          state.backend.type: org.example.Backend
                          restart-strategy.type: Failure-Rate
                        """)).isEmpty();
    }

    @Test
    void whatIsWrongWithTheFilesThatItNamesIsListedWithTheRest() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"), "rules: [{id: a, n: 3}, {id: b}, {id: b}, {series: x}]\n");
        Path days = Files.writeString(folder.resolve("days.txt"), "2026-12-25\n25.12.\n26.12.\n");
        Path config = file("forecast.horizon: 0\nrules.file: " + rules
                + "\nmodels:\n  - model: {id: a, inputs: holiday," + " holidays: " + days + "}\n");
        assertThat(ConfigFile.read(config).mistakes()).hasSize(1);
        assertThat(ConfigFile.read(config).mistakesWithFiles())
                .extracting(mistake -> mistake.line() + " " + mistake.text())
                .containsExactly(
                        "1 forecast.horizon: expected a whole number from 1 to 336, found 0",
                        "2 rule a: k: expected a number beside n, found none (" + rules + ")",
                        "2 rule b: id: expected one of its own, found it twice (" + rules + ")",
                        "2 rule 4: id: expected string, found nothing (" + rules + ")",
                        "4 model.holidays: expected an ISO date such as 2026-12-25, found 25.12. (" + days + " line 2)",
                        "4 model.holidays: expected an ISO date such as 2026-12-25, found 26.12. (" + days
                                + " line 3)");
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
