package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The table of docs/metrics.md, the dashboards, the alerts and the code name the same metrics. */
class MetricsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path ALERTS = ROOT.resolve("docker/prometheus/alerts.yml");
    private static final Pattern METRIC = Pattern.compile("flink_[A-Za-z0-9_]+");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(flink_\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern REGISTERED =
            Pattern.compile("(?:counter|gauge|meter|histogram|register)\\(\\s*(?:\\w+,\\s*)?\"(\\w+)\"");

    /** Names and alerts of the table. */
    private static Map<String, String> table() throws IOException {
        Map<String, String> table = new TreeMap<>();
        ROW.matcher(Files.readString(ROOT.resolve("docs/metrics.md"))).results().forEach(row -> {
            assertThat(row.group(2)).as("unit of " + row.group(1)).isNotBlank();
            assertThat(row.group(3)).as("meaning of " + row.group(1)).isNotBlank();
            assertThat(table.put(row.group(1), row.group(4).strip()))
                    .as("an earlier row of " + row.group(1))
                    .isNull();
        });
        return table;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    private static Object at(Object map, String key) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
    }

    private static List<Map<String, Object>> alerts() throws IOException {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Object group : (List<?>) at(root, "groups")) {
            for (Object rule : (List<?>) at(group, "rules")) {
                Map<String, Object> alert = new TreeMap<>();
                ((Map<?, ?>) rule).forEach((key, value) -> alert.put(String.valueOf(key), value));
                alerts.add(alert);
            }
        }
        return alerts;
    }

    @Test
    void everyMetricOfADashboardOrAnAlertIsInTheTable() throws IOException {
        TreeSet<String> used = new TreeSet<>(found(METRIC, Files.readString(ALERTS)));
        for (Dashboard dashboard : Dashboard.all()) {
            dashboard.queries().forEach(query -> used.addAll(found(METRIC, query.text())));
            dashboard.variables().forEach(variable -> used.addAll(found(METRIC, variable.query())));
        }
        assertThat(used).hasSizeGreaterThan(15);
        assertThat(table().keySet()).containsAll(used);
    }

    @Test
    void everyMetricThatTheCodeRegistersIsInTheTable() throws IOException {
        TreeSet<String> registered = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("jobs"))) {
            for (Path file : files.filter(f ->
                            f.toString().contains("/src/main/") && f.toString().endsWith(".java"))
                    .toList()) {
                String source = Files.readString(file, StandardCharsets.UTF_8);
                if (source.contains("org.apache.flink.metrics")) {
                    REGISTERED.matcher(source).results().forEach(r -> registered.add(r.group(1)));
                }
            }
        }
        assertThat(registered).contains("rejects", "weights_version", "coverage_95", "rows_stored");
        assertThat(registered)
                .allSatisfy(name -> assertThat(table().keySet()).anyMatch(row -> row.endsWith("_" + name)));
    }

    @Test
    void everyAlertSaysWhatToDoAndIsNamedInTheTable() throws IOException {
        assertThat(alerts()).hasSizeGreaterThan(5).allSatisfy(alert -> {
            Object annotations = at(alert, "annotations");
            assertThat(at(annotations, "action").toString()).hasSizeGreaterThan(30);
            assertThat(at(annotations, "summary").toString()).hasSizeGreaterThan(10);
        });
        assertThat(table().values().stream().filter(name -> !name.equals("–")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> String.valueOf(alert.get("alert")))
                        .toList());
    }

    @Test
    void theAlertsPassPromtool() throws Exception {
        TestingPrometheus.require("promtool");
        for (List<String> arguments : List.of(
                List.of("check", "rules", "alerts.yml"),
                List.of("test", "rules", "alerts_test.yml"),
                List.of("check", "config", "prometheus.yml"))) {
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(new File("../../docker/prometheus"))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        }
    }
}
