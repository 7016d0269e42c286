package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidateCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../configs"))) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("rules.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theExamplesOfTheHandbookAreThere() throws IOException {
        assertThat(examples().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "local.yaml",
                        "cluster.yaml",
                        "telegraf-json.yaml",
                        "registry.yaml",
                        "several-fields.yaml",
                        "many-models.yaml");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(Path example) {
        assertThat(Main.run("validate", "--config", example.toString())).isZero();
    }

    @Test
    void theFileOfRulesIsLookedAtToo() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "rules.file: ../../configs/rules.yaml\n");
        assertThat(Main.run("validate", "--config", config.toString())).isZero();

        Path rules = Files.writeString(folder.resolve("rules.yaml"), "rules: [{id: a, n: 3}]\n");
        Files.writeString(config, "rules.file: " + rules + "\n");
        assertThat(errorsOf(config))
                .containsExactly(
                        config + ":1: rule a: k: expected a number beside n, found none (" + rules + ")",
                        "eddy validate: " + config + " has 1 mistake");
    }

    @Test
    void whatIsPassedOnToFlinkIsLookedAtToo() throws IOException {
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "flink.execution.checkpointing.interval: 5 parsecs\n");
        assertThat(errorsOf(config).get(0))
                .startsWith(
                        config + ":1: flink.execution.checkpointing.interval: expected a value that Flink reads, found"
                                + " 5 parsecs (");
        Files.writeString(config, "flink.parallelism.default: 0\n");
        assertThat(errorsOf(config))
                .singleElement()
                .asString()
                .startsWith("eddy: flink.*: expected values that go together, found Parallelism must be at least one");
    }

    @Test
    void theFileOfHolidaysIsLookedAtToo() throws IOException {
        Path days = Files.writeString(folder.resolve("holidays.txt"), "2026-12-25\n2026-13-25\n");
        Path config = folder.resolve("config.yaml");
        Files.writeString(config, "model:\n  inputs: holiday\n  holidays: " + days + "\n");
        assertThat(errorsOf(config).get(0))
                .startsWith(config + ":3: model.holidays: expected an ISO date such as 2026-12-25, found ")
                .endsWith(" line 2)");

        Files.writeString(days, "2026-12-25\n");
        assertThat(Main.run("validate", "--config", config.toString())).isZero();
    }

    @Test
    void everyMistakeHasALineOfItsOwn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.yaml"),
                "forecast:\n  horizn: 24\n\nreadings.step: fast\ninput:\n  format: jsn\n  time: ts\n");
        assertThat(errorsOf(file))
                .containsExactly(
                        file
                                + ":2: forecast.horizn: expected an option of configs/reference.md, found an unknown key; the"
                                + " nearest is forecast.horizon",
                        file
                                + ":4: readings.step: expected a duration from 0ms to 31d, a number with ms, s, m, h or d, found fast",
                        file + ":6: input.format: expected one of eddy-avro, registry-avro, json, csv, found jsn",
                        "eddy validate: " + file + " has 3 mistakes");
    }

    @Test
    void whatIsNoYamlIsSaidWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("tab.yaml"), "kafka:\n\tgroup: x\n");
        assertThat(errorsOf(file).get(0)).startsWith(file + ":2: configuration: expected YAML, found a mistake: ");
        Path missing = folder.resolve("none.yaml");
        assertThat(errorsOf(missing))
                .containsExactly("eddy: configuration: expected a readable file, found no " + missing);
        assertThat(errorsOf(folder))
                .containsExactly("eddy: configuration: expected a readable file, found the folder " + folder);
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(errorsOf(binary)).singleElement().asString().contains("no UTF-8");
    }

    private static List<String> errorsOf(Path file) {
        return TestingConsole.complained(2, "validate", "--config", file.toString());
    }
}
