package io.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eddy.cli.Main;
import io.eddy.cli.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path series(int rows) throws IOException {
        return TestingDaily.write(folder, 1, rows);
    }

    private JsonNode evaluate(String set, String... more) throws IOException {
        Path suite = Files.writeString(folder.resolve("suite.yaml"), "sets:\n  - " + set);
        Path json = folder.resolve("figures.json");
        List<String> arguments =
                new ArrayList<>(List.of("evaluate", "--suite", suite.toString(), "--json", json.toString()));
        arguments.addAll(List.of(more));
        assertThat(Main.run(arguments.toArray(String[]::new))).isZero();
        return new ObjectMapper().readTree(json.toFile()).get(0);
    }

    @Test
    void comparesEddyAndItsMembersWithTheSimpleForecasts() throws IOException {
        JsonNode result = evaluate("{name: daily, path: " + series(1000) + ", season: 24, horizon: 24, split: 500}");
        JsonNode metrics = result.get("metrics");
        assertThat(result.get("series").asInt()).isEqualTo(1);
        assertThat(result.get("steps").asLong()).isEqualTo(1000);
        // A difference of two normal values has a mean size of 1.13, and so has the error of the seasonal-naive
        // forecast.
        assertThat(metrics.get("seasonal naive").get("mase").asDouble()).isCloseTo(1, within(0.1));
        assertThat(metrics.get("eddy").get("mase").asDouble()).isLessThan(0.85);
        assertThat(metrics.get("eddy").get("mase50"))
                .as("of one series")
                .isEqualTo(metrics.get("eddy").get("mase"));
        assertThat(metrics.get("naive").get("mase").asDouble()).isGreaterThan(10);
        assertThat(metrics.get("eddy").get("cover95").asDouble()).isCloseTo(0.95, within(0.04));
        assertThat(metrics.get("eddy").get("off95").asDouble())
                .as("of one series")
                .isCloseTo(Math.abs(metrics.get("eddy").get("cover95").asDouble() - 0.95), within(1e-9));
        assertThat(metrics.has("autoregression")).isTrue();
        assertThat(result.get("young").get("eddy").has("season 2")).isTrue();
    }

    /** Also where the horizon is as long as a training window is by itself. */
    @Test
    void fineTunesWhileTheSeriesGoesOn() throws IOException {
        String set = "{name: daily, path: " + series(6000) + ", season: 24, horizon: 48, split: 5000, stride: 24}";
        Path config = Files.writeString(
                folder.resolve("train.yaml"),
                "kafka.bootstrap_servers: none:1\ntrain: {round_windows: 20, batches: 5, batch_size: 16}\n");
        JsonNode trained = evaluate(set, "--train", "--config", config.toString());
        assertThat(trained.get("rounds").asInt()).isPositive();
        assertThat(trained.get("versions").asInt()).isPositive();
        JsonNode asShipped = evaluate(set, "--config", config.toString());
        assertThat(asShipped.get("rounds").asInt()).isZero();
        assertThat(trained.get("metrics").get("eddy").get("mase").asDouble())
                .isCloseTo(asShipped.get("metrics").get("eddy").get("mase").asDouble(), within(0.05));
    }

    @Test
    void intervalsAreJudgedInTheirWorstStretchAndBesideASlidingWindowsOnes() throws IOException {
        // Of one series the widths wander by a tenth, and their coverage with them.
        JsonNode eddy = evaluate("{name: daily, path: " + TestingDaily.write(folder, 6, 2500)
                        + ", layout: wide, season: 24, horizon: 24,"
                        + " split: 500, nrmse: [6], standardise: 500, targets: {mase: 0.9, w95@1: 0.85}}")
                .get("metrics")
                .get("eddy");
        assertThat(eddy.get("off95").asDouble())
                .isBetween(Math.abs(eddy.get("cover95").asDouble() - 0.95) - 1e-9, 0.01);
        // Noise of one size: neither can be much narrower, and 500 steps of it are like any others.
        for (String lead : new String[] {"@1", "@24"}) {
            assertThat(eddy.get("width" + lead).asDouble()).isBetween(0.85, 1.2);
            assertThat(eddy.get("w95" + lead).asDouble()).isBetween(0.85, 0.96);
            assertThat(eddy.get("w80" + lead).asDouble()).isBetween(0.6, 0.9);
        }
        // The noise is a thirtieth of the curve's root mean square times the root of two.
        assertThat(eddy.get("nrmse@6").asDouble()).isCloseTo(1.1 / 21.2, within(0.01));
        assertThat(eddy.has("infinite")).isFalse();
    }

    @Test
    void aSeriesBegunAtSeveralPlacesIsJudgedByTheSameValues() throws IOException {
        String set = "{name: daily, path: " + series(1000) + ", season: 24, horizon: 24, split: 500}";
        JsonNode once = evaluate(set);
        JsonNode often = evaluate(set, "--starts", "4");
        assertThat(often.get("series").asInt()).isEqualTo(1);
        assertThat(often.get("beginnings").asInt()).isEqualTo(4);
        assertThat(often.get("steps").asLong()).isBetween(3001L, 3999L);
        assertThat(often.get("metrics").get("naive").get("mase").asDouble())
                .isCloseTo(once.get("metrics").get("naive").get("mase").asDouble(), within(1e-9));
        assertThat(often.get("metrics").get("eddy").get("mase").asDouble())
                .isCloseTo(once.get("metrics").get("eddy").get("mase").asDouble(), within(0.02));
        assertThat(often.get("young").get("eddy").get("1-10"))
                .as("other first values")
                .isNotEqualTo(once.get("young").get("eddy").get("1-10"));
    }

    @Test
    void tiersAreComparedByAccuracyAndMemory() throws IOException {
        Path suite = Files.writeString(
                folder.resolve("suite.yaml"),
                "sets:\n  - {name: daily, path: " + series(1000) + ", season: 24, horizon: 24, split: 500}");
        Path json = folder.resolve("tiers.json");
        assertThat(Main.run(
                        "evaluate",
                        "--suite",
                        suite.toString(),
                        "--tier",
                        "last",
                        "--tier",
                        "lean",
                        "--json",
                        json.toString()))
                .isZero();
        JsonNode tiers = new ObjectMapper().readTree(json.toFile());
        assertThat(tiers).hasSize(4);
        JsonNode last = tiers.get(0);
        JsonNode lean = tiers.get(2);
        assertThat(lean.get("relativeMase").asDouble())
                .isLessThan(1)
                .isLessThan(last.get("relativeMase").asDouble());
        assertThat(lean.get("bytesPerSeries").asDouble())
                .isGreaterThan(last.get("bytesPerSeries").asDouble());
    }

    @Test
    void whatComesAfterAForecastDoesNotChangeIt() throws IOException {
        Path path = series(600);
        String set = "{name: daily, path: " + path + ", season: 24, horizon: 24, split: 400, stride: 1000}";
        JsonNode before = evaluate(set).get("metrics").get("eddy").get("mase");
        List<String> lines = Files.readAllLines(path);
        Files.write(path, (Iterable<String>) Stream.concat(
                lines.subList(0, 1 + 400 + 24).stream(),
                lines.subList(1 + 400 + 24, lines.size()).stream().map(line -> line.split(",")[0] + ",7"))::iterator);
        assertThat(evaluate(set).get("metrics").get("eddy").get("mase")).isEqualTo(before);
    }

    /** Its sum, from 0 again half way, is forecast as the series itself is. */
    @Test
    void aCounterIsForecastByWhatItGrowsBy() throws IOException {
        Path path = series(1000);
        String set = "{name: daily, path: " + path + ", season: 24, horizon: 24, split: 500}";
        double mase = evaluate(set).get("metrics").get("eddy").get("mase").asDouble();
        List<String> lines = new ArrayList<>(Files.readAllLines(path));
        double sum = 0;
        for (int t = 1; t < lines.size(); t++) {
            String[] cells = lines.get(t).split(",");
            sum = (t == 500 ? 0 : sum) + Double.parseDouble(cells[1]);
            lines.set(t, cells[0] + "," + sum);
        }
        Files.write(path, lines);
        String config = Files.writeString(folder.resolve("counter.yaml"), "model.counter: true\n")
                .toString();
        JsonNode grown = evaluate(set, "--config", config);
        assertThat(grown.get("metrics").get("eddy").get("mase").asDouble()).isCloseTo(mase, within(0.02));
    }

    @Test
    void whatAnEvaluationCannotHeedIsRefused() throws IOException {
        Path suite = Files.writeString(
                folder.resolve("suite.yaml"), "sets:\n  - {name: daily, path: " + series(600) + ", split: 500}");
        Path config = folder.resolve("refused.yaml");
        for (String text : List.of(
                "model: {fields: [value, load], covariates: load}",
                "models: [{model.id: a}, {model.id: b}]",
                "model.hidden: 32")) {
            Files.writeString(config, text);
            assertThat(Main.run("evaluate", "--suite", suite.toString(), "--config", config.toString()))
                    .isEqualTo(2);
        }
        assertThat(Main.run("evaluate", "--suite", suite.toString(), "--config", config.toString(), "--no-weights"))
                .isZero();
    }

    @Test
    void whatWasMeasuredIsKeptWhereALaterSetFails() throws IOException {
        String set = "{name: NAME, path: " + series(600) + ", split: 500";
        Path suite = Files.writeString(
                folder.resolve("suite.yaml"),
                "sets:\n  - " + set.replace("NAME", "one") + "}\n  - " + set.replace("NAME", "two")
                        + ", targets: {mose: 1}}\n");
        Path json = folder.resolve("figures.json");
        assertThat(Main.run("evaluate", "--suite", suite.toString(), "--json", json.toString()))
                .isEqualTo(2);
        assertThat(new ObjectMapper().readTree(json.toFile()))
                .singleElement()
                .satisfies(result -> assertThat(result.get("set").asText()).isEqualTo("one"));
    }

    @Test
    void allThatIsWrongWithTheDataIsToldBeforeTheFirstSetIsForecast() throws IOException {
        Path data = series(600);
        Path suite = Files.writeString(folder.resolve("suite.yaml"), """
                sets:
                  - {name: one, path: %1$s, split: 500}
                  - {name: two, path: %1$s, split: 700}
                  - {name: three, path: gone.csv}
                """.formatted(data));
        Path json = folder.resolve("figures.json");
        assertThat(TestingConsole.complained(2, "evaluate", "--suite", suite.toString(), "--json", json.toString()))
                .containsExactly(
                        "eddy: set two: split: expected fewer rows than the longest series has, found 700",
                        "eddy: set three: path: expected a file or folder, found no gone.csv");
        assertThat(json).doesNotExist();
    }
}
