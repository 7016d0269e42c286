package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.eddy.cli.page.TestingBrowser;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import io.eddy.connectors.TrainOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.store.StoreJob;
import io.eddy.train.TrainJob;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every dashboard gives something on a Postgres and a Prometheus that the three jobs have filled. */
@Timeout(600)
class DashboardsIT {
    private static final Duration STEP = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final int SERIES = 8;
    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(8000));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static TestingPrometheus prometheus;

    @SuppressWarnings("NullAway.Init")
    private static TestingTopics topics;

    @SuppressWarnings("NullAway.Init")
    private static LocalFlink flink;

    @SuppressWarnings("NullAway.Init")
    private static ReadingProducer producer;

    private static int step;

    @BeforeAll
    static void start() throws Exception {
        TestingPrometheus.require("prometheus");
        kafka = EmbeddedKafka.start();
        postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
        topics = new TestingTopics(kafka, "dashboards");
        int port = TestingPrometheus.freePort();
        Options options = topics.options()
                .with(PostgresOptions.STORE_URL, "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres")
                .with(PostgresOptions.STORE_USER, "postgres")
                .with(TrainOptions.ROUND_WINDOWS, "20")
                .with(TrainOptions.BATCHES, "10")
                .with(ModelOptions.HIDDEN, "16")
                .with("flink.metrics.latency.interval", "1 s")
                .with(
                        "flink.metrics.reporter.prom.factory.class",
                        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory")
                .with("flink.metrics.reporter.prom.port", String.valueOf(port));
        StoreJob.trouble(options);
        flink = LocalFlink.start(options, folder, null, 3);
        for (JobID job : List.of(
                flink.submit("eddy forecast", 1, ForecastJob::define, options),
                flink.submit("eddy train", 1, TrainJob::define, options),
                flink.submit("eddy store", 1, StoreJob::define, options))) {
            flink.awaitRunning(job, PATIENCE);
        }
        prometheus = TestingPrometheus.start(folder, port);
        producer = new ReadingProducer(options);
        send(300);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count("weights") < 1 || count("events") < 2) {
            assertThat(System.nanoTime()).as("time to publish weights").isLessThan(deadline);
            send(20);
            Thread.sleep(500);
        }
        send(20);
        // An incident that is still open at the end of the time shown.
        String incident = "events WHERE state <> 'close' AND series = 'pump-1' AND start_time >= '" + at(step) + "'";
        for (int i = 0; i < 3; i++) {
            producer.send("pump-1", at(step + i).toEpochMilli(), 900, Map.of("site", "north"));
        }
        send(4);
        while (count(incident) < 1 || count("scores WHERE model_version > 0") < 1) {
            assertThat(System.nanoTime()).as("time to store an open event").isLessThan(deadline);
            Thread.sleep(500);
        }
        String newest = "scores WHERE series = 'pump-1' AND event_time >= '" + at(step - 2) + "'";
        while (count(newest) < 1) {
            assertThat(System.nanoTime()).as("time to store the newest scores").isLessThan(deadline);
            Thread.sleep(500);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
            producer.close();
            flink.close();
            topics.close();
            postgres.close();
            kafka.close();
        }
    }

    private static Instant at(int step) {
        return START.plus(STEP.multipliedBy(step));
    }

    /** Daily curves with noise, a spike now and then; each is a few hundred in size. */
    private static void send(int steps) {
        for (int end = step + steps; step < end; step++) {
            for (int s = 0; s < SERIES; s++) {
                double noise = Math.floorMod(step * 7919L + s * 104_729L, 1000) / 100.0;
                double spike = step % 120 == 110 && s == step / 120 % SERIES ? 150 : 0;
                double value = 100 * (s + 1) + 30 * Math.sin(2 * Math.PI * step / 24) + noise + spike;
                producer.send("pump-" + s, at(step).toEpochMilli(), value, Map.of("site", s < 4 ? "north" : "south"));
            }
        }
        producer.flush();
    }

    private static long count(String what) throws SQLException {
        return Long.parseLong(rows("SELECT count(*) FROM " + what).get(0).get(0));
    }

    private static List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String fill(String text, Map<String, String> values) {
        return Dashboard.fill(text, values, START.toString(), at(step + 24).toString(), "1h");
    }

    private static List<Map<String, String>> choices(Dashboard dashboard) throws Exception {
        return dashboard.choices((variable, chosen) -> {
            List<String> values = new ArrayList<>();
            if (variable.source().equals("eddy-postgres")) {
                rows(fill(variable.query(), chosen)).forEach(row -> values.add(row.get(0)));
            } else if (variable.source().equals("eddy-prometheus")) {
                String[] parts =
                        variable.query().replaceAll("label_values\\(|\\)", "").split(",");
                prometheus
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
                        if (isEmpty(rows(sql)) && choice == choices.get(0)) {
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
                    assertThat(rows("SELECT points FROM (" + fill(query.text(), chosen)
                                    + ") e ORDER BY \"start\" DESC LIMIT 1"))
                            .as(query.panel())
                            .containsExactly(List.of("3"));
                }
            }
        }
    }

    /** Where a reading has several targets, each is told of by its name. */
    @Test
    void theFleetTellsTheTargetsOfASeriesApart() throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("series", "scores", "forecasts", "events")) {
                statement.execute(
                        "INSERT INTO " + table + " SELECT (jsonb_populate_record(s, jsonb_build_object('model_id',"
                                + " 'pairs', 'series', 'pair', 'target', t, 'event_id', t))).* FROM " + table
                                + " s, (VALUES ('inflow'), ('outflow')) AS targets (t) WHERE series = 'pump-1'"
                                + (table.equals("events") ? " AND state <> 'close'" : ""));
            }
        }
        Dashboard fleet = Dashboard.all().stream()
                .filter(dashboard -> dashboard.name().equals("fleet.json"))
                .findFirst()
                .orElseThrow();
        Map<String, String> chosen = new LinkedHashMap<>(choices(fleet).get(0));
        chosen.put("model", "pairs");
        for (String panel :
                List.of("Worst series now", "Open events", "Time to threshold", "Status of the worst series")) {
            Dashboard.Query query = fleet.queries().stream()
                    .filter(one -> one.panel().equals(panel))
                    .findFirst()
                    .orElseThrow();
            assertThat(rows(fill(query.text(), chosen)))
                    .as(panel)
                    .anyMatch(row -> row.contains("inflow") || row.contains("pair|inflow"))
                    .anyMatch(row -> row.contains("outflow") || row.contains("pair|outflow"));
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
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            for (Dashboard dashboard : Dashboard.all()) {
                List<String> empty = DashboardPicture.draw(
                        Dashboard.FOLDER.resolve(dashboard.name()),
                        (source, target) -> source.equals("eddy-postgres")
                                ? DashboardAnswer.ofPostgres(
                                        connection, fill(target.path("rawSql").asText(), chosen))
                                : DashboardAnswer.ofPrometheus(
                                        prometheus.lastMinute(
                                                target.path("expr").asText()),
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
        double expected = (Instant.now().toEpochMilli() - at(step + 3).toEpochMilli()) / 1000.0;
        Offset<Double> steps = Offset.offset(6.0 * STEP.toSeconds());
        // What was read last may not have been scraped yet.
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        List<Double> newest = prometheus.newest(delay.text());
        while (newest.stream().anyMatch(found -> Math.abs(found - expected) > steps.value)
                && System.nanoTime() < deadline) {
            Thread.sleep(1000);
            newest = prometheus.newest(delay.text());
        }
        assertThat(newest).hasSize(2).allSatisfy(found -> assertThat(found).isCloseTo(expected, steps));
    }

    private static List<String> prometheusQueriesWithoutPoints() throws Exception {
        List<String> empty = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Dashboard.Query query : dashboard.queries()) {
                if (query.source().equals("eddy-prometheus")) {
                    if (!hasNumber(prometheus.lastMinute(query.text()))) {
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
