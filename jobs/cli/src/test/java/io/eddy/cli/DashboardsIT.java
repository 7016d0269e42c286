package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eddy.cli.page.TestingBrowser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every dashboard gives something on a Postgres and a Prometheus that the three jobs have filled. */
@Timeout(600)
class DashboardsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestingPumps pumps;

    @BeforeAll
    static void start() throws Exception {
        TestingPrometheus.require("prometheus");
        pumps = TestingPumps.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (pumps != null) {
            pumps.close();
        }
    }

    private static String fill(String text, Map<String, String> values) {
        return Dashboard.fill(
                text,
                values,
                TestingPumps.START.toString(),
                pumps.end().plus(Duration.ofDays(1)).toString(),
                "1h");
    }

    private static List<Map<String, String>> choices(Dashboard dashboard) throws Exception {
        return dashboard.choices((variable, chosen) -> {
            List<String> values = new ArrayList<>();
            if (variable.source().equals("eddy-postgres")) {
                pumps.rows(fill(variable.query(), chosen)).forEach(row -> values.add(row.get(0)));
            } else if (variable.source().equals("eddy-prometheus")) {
                String[] parts =
                        variable.query().replaceAll("label_values\\(|\\)", "").split(",");
                pumps.prometheus()
                        .get("/api/v1/label/" + parts[1].strip() + "/values", Map.of("match[]", parts[0]))
                        .forEach(value -> values.add(value.asText()));
            }
            return values;
        });
    }

    /** No query fails whatever is chosen, and with the first choice of everything none is empty. */
    @Test
    void everyQueryOnPostgresGivesRows() throws Exception {
        List<String> empty = new ArrayList<>();
        int run = 0;
        for (Dashboard dashboard : Dashboard.all()) {
            List<Map<String, String>> choices = choices(dashboard);
            for (Dashboard.Query query : dashboard.queries()) {
                if (query.source().equals("eddy-postgres")) {
                    for (Map<String, String> choice : choices) {
                        String sql = fill(query.text(), choice);
                        if (isEmpty(pumps.rows(sql)) && choice == choices.get(0)) {
                            empty.add(dashboard.name() + ": " + query.panel() + ": " + sql);
                        }
                        run++;
                    }
                }
            }
        }
        assertThat(run).isGreaterThan(100);
        assertThat(empty).isEmpty();
    }

    /** The record of an open event comes only when it gets much stronger; what has come since is in the scores. */
    @Test
    void anOpenEventGoesOnWithItsScores() throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            Map<String, String> chosen = new LinkedHashMap<>(choices(dashboard).get(0));
            chosen.put("series", "pump-1");
            for (Dashboard.Query query : dashboard.queries()) {
                if (query.panel().equals("Open events") || query.panel().equals("Events")) {
                    assertThat(pumps.rows("SELECT points FROM (" + fill(query.text(), chosen)
                                    + ") e ORDER BY \"start\" DESC LIMIT 1"))
                            .as(query.panel())
                            .containsExactly(List.of("3"));
                }
            }
        }
    }

    /** Where a reading has several targets, each is told of by its name; rolled back, for the other tests read the same tables. */
    @Test
    void theFleetTellsTheTargetsOfASeriesApart() throws Exception {
        Dashboard fleet = Dashboard.all().stream()
                .filter(dashboard -> dashboard.name().equals("fleet.json"))
                .findFirst()
                .orElseThrow();
        Map<String, String> chosen = new LinkedHashMap<>(choices(fleet).get(0));
        chosen.put("model", "pairs");
        try (Connection connection = pumps.database();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : List.of("series", "scores", "forecasts", "events")) {
                statement.execute(
                        "INSERT INTO " + table + " SELECT (jsonb_populate_record(s, jsonb_build_object('model_id',"
                                + " 'pairs', 'series', 'pair', 'target', t, 'event_id', t))).* FROM " + table
                                + " s, (VALUES ('inflow'), ('outflow')) AS targets (t) WHERE series = 'pump-1'"
                                + (table.equals("events") ? " AND state <> 'close'" : ""));
            }
            for (String panel :
                    List.of("Worst series now", "Open events", "Time to threshold", "Status of the worst series")) {
                Dashboard.Query query = fleet.queries().stream()
                        .filter(one -> one.panel().equals(panel))
                        .findFirst()
                        .orElseThrow();
                assertThat(TestingPumps.rows(connection, fill(query.text(), chosen)))
                        .as(panel)
                        .anyMatch(row -> row.contains("inflow") || row.contains("pair|inflow"))
                        .anyMatch(row -> row.contains("outflow") || row.contains("pair|outflow"));
            }
            connection.rollback();
        }
    }

    /** Without rows, or with nothing but times in them. */
    private static boolean isEmpty(List<List<String>> rows) {
        return rows.stream()
                .noneMatch(row ->
                        row.stream().skip(row.size() > 1 ? 1 : 0).anyMatch(value -> value != null && !value.isEmpty()));
    }

    @Test
    void everyQueryOnPrometheusGivesPoints() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<String> empty = prometheusQueriesWithoutPoints();
        while (!empty.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(1000);
            empty = prometheusQueriesWithoutPoints();
        }
        assertThat(empty).isEmpty();
    }

    /** The pictures of docs/dashboards, of what the queries give. */
    @Test
    void everyPanelShowsSomething() throws Exception {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            chosen.putAll(choices(dashboard).get(0));
        }
        chosen.put("series", "pump-1");
        try (TestingBrowser browser = new TestingBrowser();
                Connection connection = pumps.database()) {
            for (Dashboard dashboard : Dashboard.all()) {
                List<String> empty = DashboardPicture.draw(
                        Dashboard.FOLDER.resolve(dashboard.name()),
                        (source, target) -> source.equals("eddy-postgres")
                                ? DashboardAnswer.ofPostgres(
                                        connection, fill(target.path("rawSql").asText(), chosen))
                                : DashboardAnswer.ofPrometheus(
                                        pumps.prometheus()
                                                .lastMinute(target.path("expr").asText()),
                                        target.path("legendFormat").asText()),
                        browser);
                assertThat(empty).as(dashboard.name()).isEmpty();
            }
        }
    }

    /** The watermark of the second input, the weights, stands still for ever: it must not hide that of the readings. */
    @Test
    void theWatermarkDelayIsThatOfTheReadingsInBothJobs() throws Exception {
        Dashboard.Query delay = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .filter(query -> query.panel().equals("Watermark delay"))
                .findFirst()
                .orElseThrow();
        double expected = (Instant.now().toEpochMilli()
                        - pumps.end().plus(TestingPumps.STEP.multipliedBy(3)).toEpochMilli())
                / 1000.0;
        Offset<Double> steps = Offset.offset(6.0 * TestingPumps.STEP.toSeconds());
        // What was read last may not have been scraped yet.
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<Double> newest = pumps.prometheus().newest(delay.text());
        while (newest.stream().anyMatch(found -> Math.abs(found - expected) > steps.value)
                && System.nanoTime() < deadline) {
            Thread.sleep(1000);
            newest = pumps.prometheus().newest(delay.text());
        }
        assertThat(newest).hasSize(2).allSatisfy(found -> assertThat(found).isCloseTo(expected, steps));
    }

    private static List<String> prometheusQueriesWithoutPoints() throws Exception {
        List<String> empty = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Dashboard.Query query : dashboard.queries()) {
                if (query.source().equals("eddy-prometheus")) {
                    if (!hasNumber(pumps.prometheus().lastMinute(query.text()))) {
                        empty.add(query.panel() + ": " + query.text());
                    }
                }
            }
        }
        return empty;
    }

    private static boolean hasNumber(JsonNode result) {
        for (JsonNode series : result.path("result")) {
            for (JsonNode point : series.path("values")) {
                if (!point.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }
}
