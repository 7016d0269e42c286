package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void withoutAFileTheDefaultsHold() {
        Options options = JobArguments.options(new String[0]);

        assertThat(options.get(KafkaOptions.BOOTSTRAP_SERVERS)).isEqualTo("localhost:9092");
        assertThat(options.get(InputOptions.STEP)).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.get(KafkaOptions.DELIVERY)).isEqualTo(KafkaOptions.Delivery.EXACTLY_ONCE);
    }

    @Test
    void keysMayBeNestedOrDotted() throws IOException {
        Options options = file("""
                forecast:
                  horizon: 12
                readings.step: 30s
                kafka:
                  delivery: at-least-once
                  properties.security.protocol: SSL
                """);

        assertThat(options.get(ForecastOptions.HORIZON)).isEqualTo(12);
        assertThat(options.get(InputOptions.STEP)).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.get(KafkaOptions.DELIVERY)).isEqualTo(KafkaOptions.Delivery.AT_LEAST_ONCE);
        assertThat(options.kafka()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void anEmptyFileAndAKeyWithoutAValueMeanTheDefaults() throws IOException {
        assertThat(file("").get(ForecastOptions.HORIZON)).isEqualTo(24);
        assertThat(file("# a comment\nforecast.horizon:\n").get(ForecastOptions.HORIZON))
                .isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource({"0ms,0", "500ms,500", "30s,30000", "5 m,300000", "1h,3600000", "7d,604800000"})
    void durationsAreNumbersWithAUnit(String text, long millis) {
        assertThat(Options.of(Map.of("readings.step", text)).get(InputOptions.STEP))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void kafkaAndFlinkOptionsArePassedOnLessTheirPrefix() {
        Options options = Options.of(Map.of(
                "kafka.bootstrap_servers", "a:1, b:2",
                "kafka.properties.client.id", "me",
                "flink.state.backend.type", "rocksdb",
                "flink.execution.checkpointing.interval", "5s"));

        assertThat(options.kafka()).isEqualTo(Map.of("bootstrap.servers", "a:1, b:2", "client.id", "me"));
        assertThat(options.flink())
                .isEqualTo(Map.of("state.backend.type", "rocksdb", "execution.checkpointing.interval", "5s"));
        assertThat(JobArguments.flinkConfiguration(options).toMap())
                .containsEntry("pipeline.generic-types", "false")
                .containsEntry("state.backend.type", "rocksdb")
                .containsEntry("execution.checkpointing.interval", "5s");
    }

    @Test
    void moreMayBeAddedToACopy() {
        Options options = Options.of(Map.of("forecast.horizon", "12"));
        Options more = options.with(ForecastOptions.HORIZON, "6").with("flink.parallelism.default", "2");

        assertThat(more.get(ForecastOptions.HORIZON)).isEqualTo(6);
        assertThat(more.flink()).containsEntry("parallelism.default", "2");
        assertThat(options.get(ForecastOptions.HORIZON)).isEqualTo(12);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.with(ForecastOptions.HORIZON, "0"))
                .withMessage("forecast.horizon: expected a whole number from 1 to 336, found 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forecast.horizon | 0 | a whole number from 1 to 336",
                "forecast.horizon | 337 | a whole number from 1 to 336",
                "forecast.horizon | ten | a whole number from 1 to 336",
                "forecast.horizon | 1.5 | a whole number from 1 to 336",
                "forecast.horizon | 99999999999 | a whole number from 1 to 336",
                "score.false_alarm_rate | 0 | a number from 1.0E-9 to 0.019",
                "score.false_alarm_rate | NaN | a number from 1.0E-9 to 0.019",
                "readings.step | 32d | a duration from 0ms to 31d",
                "readings.step | -1s | a duration from 0ms to 31d, a number with ms, s, m, h or d",
                "readings.step | 60 | a duration from 0ms to 31d, a number with ms, s, m, h or d",
                "readings.step | 99999999999999999999d | a duration from 0ms to 31d, a number with ms, s, m, h or d",
                "readings.step | 9999999999999999d | a duration from 0ms to 31d, a number with ms, s, m, h or d",
                "readings.start_from | newest | one of earliest, latest, committed",
                "kafka.delivery | maybe | one of exactly-once, at-least-once",
                "kafka.bootstrap_servers | localhost | host:port, several with commas between",
                "store.url | postgresql://db/eddy | jdbc:postgresql://host:port/database without user and password, or nothing",
                "store.create_tables | yes | true or false",
                "store.partition | 1h | a duration from 1d to 366d",
                "topics.scores | my scores | a Kafka topic name (letters, digits, dot, underscore, dash, but not . or ..)",
            })
    void aValueThatBreaksItsRuleIsNamedWithTheRule(String key, String value, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, value)))
                .withMessage(key + ": expected " + rule + ", found " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models.99999999999.model.id", "models.2000000000.model.id"})
    void nobodyHasAsManyModels(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, "a")))
                .withMessageStartingWith(key + ": expected an option of configs/reference.md, found an unknown key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://eddy:sesame@db:5432/eddy | jdbc:postgresql://***@db:5432/eddy",
                "jdbc:postgresql://db/eddy?user=eddy&password=sesame | jdbc:postgresql://db/eddy?user=eddy&password=***",
            })
    void aPasswordInAnAddressIsRefusedAndNotRepeated(String url, String found) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("store.url", url)))
                .withMessage("store.url: expected jdbc:postgresql://host:port/database without user and password, or"
                        + " nothing, found " + found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jdbc:postgresql://localhost:5432/eddy",
                "jdbc:postgresql://a:1,b:2/eddy?targetServerType=primary&sslmode=verify-full",
            })
    void theStoreTakesTheAddressesOfPostgres(String url) {
        assertThat(Options.of(Map.of("store.url", url)).get(PostgresOptions.STORE_URL))
                .isEqualTo(url);
    }

    /** A client's own file has them; here the option beside them would win in silence. */
    @ParameterizedTest
    @CsvSource({
        "bootstrap.servers, kafka.bootstrap_servers",
        "group.id, kafka.group_id",
        "transactional.id, kafka.group_id"
    })
    void whatHasAnOptionOfItsOwnIsNotPassedOn(String property, String option) {
        String key = "kafka.properties." + property;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, "one:9092")))
                .withMessage(key + ": expected " + option + " in its place, found one:9092");
    }

    @Test
    void anUnknownKeyIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("forecast.horizn", "12")))
                .withMessage("forecast.horizn: expected an option of configs/reference.md, found an unknown key; the"
                        + " nearest is forecast.horizon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.horizon", "12")))
                .withMessageEndingWith("; the nearest is forecast.horizon");
    }

    /** With a longer one no score was ever committed. */
    @Test
    void aTransactionLivesLongerThanACheckpointTakesToCome() {
        String interval = "flink.execution.checkpointing.interval";
        String timeout = "kafka.properties.transaction.timeout.ms";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(interval, "15 min")))
                .withMessage(interval + ": expected at most half of " + timeout
                        + ", 600000 ms, or kafka.delivery at-least-once, found 15 min");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(timeout, "5000")))
                .withMessage(timeout + ": expected twice the 10000 ms between checkpoints or more, or kafka.delivery"
                        + " at-least-once, found 5000");
        assertThat(Options.of(Map.of(interval, "15 min", timeout, "3600000")).flink())
                .hasSize(1);
        assertThat(Options.of(Map.of(interval, "15 min", "kafka.delivery", "at-least-once"))
                        .flink())
                .hasSize(1);
    }

    @Test
    void eachOfSeveralModelsMayBeOneOfCounters() throws IOException {
        Options options = file("""
                models:
                  - model: {id: counters, series: ".*_total", counter: true}
                  - model.id: rest
                """);
        assertThat(options.models())
                .extracting(model -> Fields.of(model).areCounters())
                .containsExactly(true, false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of("model.counter", "yes")))
                .withMessage("model.counter: expected true or false, found yes");
    }

    @Test
    void anErrorInAFileNamesTheFile() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("forecast:\n  horizon: 0\n"))
                .withMessage(
                        "forecast.horizon: expected a whole number from 1 to 336, found 0 (" + path() + " line 2)");
    }

    @Test
    void aFileThatIsNoYamlGetsOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("forecast: [1, 2\nreadings: }"))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("configuration: expected YAML, found ")
                        .contains(path() + " line 2")
                        .hasLineCount(1));
    }

    @Test
    void aFileWithoutKeysIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("- one\n- two\n"))
                .withMessage("configuration: expected keys and values, found a list (" + path() + " line 1)");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.ofFile(missing))
                .withMessage("configuration: expected a readable file, found no " + missing);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.ofFile(folder))
                .withMessage("configuration: expected a readable file, found the folder " + folder);
    }

    @Test
    void otherArgumentsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobArguments.options(new String[] {"--confg", "x"}))
                .withMessage("arguments: expected --config FILE, found --confg x");
    }

    private Path path() {
        return folder.resolve("eddy.yaml");
    }

    private Options file(String yaml) throws IOException {
        return JobArguments.options(
                new String[] {"--config", Files.writeString(path(), yaml).toString()});
    }
}
