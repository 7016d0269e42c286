package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page {@code configs/reference.md} names every option. After a change of the options it is written anew by {@code mvn -f
 * connectors/pom.xml test -Dtest=ReferenceTest -Dreference.write=true}.
 */
class ReferenceTest {
    private static final Path CONFIGS = Path.of("../configs");

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        Path page = CONFIGS.resolve("reference.md");
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(page, reference());
        }
        assertThat(page)
                .as("written anew with -Dreference.write=true")
                .content()
                .isEqualTo(reference());
    }

    static List<Option<?>> options() {
        return EddyOptions.ALL;
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionExplainsItself(Option<?> option) {
        assertThat(option.key()).matches("[a-z]+\\.[a-z_]+");
        assertThat(option.sentence()).endsWith(".");
        assertThat(option.type()).isNotBlank();
        assertThat(option.range()).isNotBlank();
        assertThatCode(() -> option.read(option.byDefault())).doesNotThrowAnyException();
    }

    @Test
    void noKeyIsThereTwice() {
        assertThat(EddyOptions.ALL).extracting(Option::key).doesNotHaveDuplicates();
    }

    @Test
    void noOptionIsForgotten() {
        List<Object> declared = Stream.of(
                        KafkaOptions.class,
                        InputOptions.class,
                        ModelOptions.class,
                        ForecastOptions.class,
                        TrainOptions.class,
                        PostgresOptions.class)
                .flatMap(options -> Stream.of(options.getFields()))
                .filter(field -> field.getType() == Option.class)
                .map(ReferenceTest::valueOf)
                .toList();
        assertThat(declared).hasSameElementsAs(EddyOptions.ALL);
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("rules.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) {
        assertThatCode(() -> Options.ofFile(example)).doesNotThrowAnyException();
    }

    private static Object valueOf(java.lang.reflect.Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String reference() {
        StringBuilder page = new StringBuilder("""
                # Options

                One YAML file serves all jobs. Keys may be nested or dotted: `forecast.horizon: 24` is the same as `horizon: 24` under `forecast:`.
                Everything has a default. This page is generated from the options themselves.

                | Key | Type | Default | Unit | Range | What it does |
                |---|---|---|---|---|---|
                """);
        for (Option<?> option : EddyOptions.ALL) {
            page.append(String.join(
                            " | ",
                            "| `" + option.key() + "`",
                            option.type(),
                            "`" + option.byDefault() + "`",
                            option.unit().isEmpty() ? "–" : option.unit(),
                            option.range(),
                            option.sentence()))
                    .append(" |\n");
        }
        return page.append("""

                        ## Several models

                        `models` is a list; under each of its entries may stand `model.*`, `forecast.*`, `score.*`, `event.*`, `train.*` and
                        `readings.step`, and what stands beside the list holds for all. `model.id` is needed. See [many-models.yaml](many-models.yaml).

                        ## Secrets

                        `${env:NAME}`, `${file:/a/properties/file:key}` and `${directory:/a/folder:file}` in `registry.password` and under
                        `kafka.properties` are read on the machine that uses them.

                        ## Passed on

                        | Keys | Go to |
                        |---|---|
                        | `%s*` | every Kafka client, less the prefix: `kafka.properties.security.protocol: SASL_SSL` sets `security.protocol` |
                        | `%s*` | Flink, less the prefix: `flink.execution.checkpointing.interval: 10s` sets `execution.checkpointing.interval` |

                        The rules are those of
                        [Kafka](https://kafka.apache.org/documentation/#configuration) and
                        [Flink](https://nightlies.apache.org/flink/flink-docs-stable/docs/deployment/config/). Values of names that these know are held
                        against them when the file is read, and a name that is one of theirs but for a slip is refused; all others are passed on as they are.
                        """.formatted(KafkaOptions.KAFKA_PREFIX, EddyOptions.FLINK_PREFIX))
                .toString();
    }
}
