package io.eddy.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of a report, from files as a backtest writes them. */
class ReportTest {
    private static final int STEPS = 20_000;
    private static final int HORIZON = 24;
    private static final long FIVE_MB = 5_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Random random = new Random(1);

    private String numbers(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(',').append(1e4 * random.nextGaussian());
        }
        return text.toString();
    }

    /** The files of three series, those that are drawn. */
    private void files(List<String> names) throws IOException {
        StringBuilder scores = new StringBuilder("series,target,event_time,y,yhat,yhat_lower,yhat_upper,"
                + "anomaly_score,p_value,is_anomaly,status,model_version\n");
        StringBuilder forecasts =
                new StringBuilder("series,target,issued_at,horizon_step,target_time,yhat,yhat_lower,yhat_upper\n");
        StringBuilder events = new StringBuilder(
                "event_id,series,target,state,start,peak_time,end,peak_score,points,direction,kind\n");
        for (String name : names) {
            for (int step = 0; step < STEPS; step++) {
                Instant time = Instant.ofEpochMilli(TestingRecords.time(step));
                scores.append(name).append(",value,").append(time).append(numbers(6));
                scores.append(",true,ANOMALY,12\n");
                if (step % 200 == 0) {
                    events.append(name).append(step).append(',').append(name).append(",value,close,");
                    events.append(time).append(',').append(time).append(',').append(time);
                    events.append(",3.5,1,1,point\n");
                }
                for (int h = 1; h <= HORIZON && (STEPS - 1 - step) % HORIZON == 0; h++) {
                    forecasts
                            .append(name)
                            .append(",value,")
                            .append(time)
                            .append(',')
                            .append(h);
                    forecasts.append(',').append(Instant.ofEpochMilli(TestingRecords.time(step + h)));
                    forecasts.append(numbers(3)).append('\n');
                }
            }
        }
        Files.writeString(folder.resolve("scores.csv"), scores);
        Files.writeString(folder.resolve("forecasts.csv"), forecasts);
        Files.writeString(folder.resolve("events.csv"), events);
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : new String[] {"mase", "smape", "wql", "mae", "coverage_80", "coverage_95"}) {
            for (String who : new String[] {"", "_naive", "_seasonal_naive", "_autoregression"}) {
                metrics.put(name + who, random.nextDouble());
            }
        }
        return metrics;
    }

    @Test
    void twoHundredLongSeriesAndManyRoundsStayBelowFiveMegabytes() throws IOException {
        Map<String, Map<String, Double>> perSeries = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            Map<String, Double> metrics = metrics();
            metrics.put("mase", 0.5 + 0.001 * i);
            perSeries.put("a-rather-long-name-of-a-host.and-of-its-metric-%03d".formatted(i), metrics);
        }
        List<String> names = List.copyOf(perSeries.keySet());
        files(List.of(names.get(0), names.get(99), names.get(199)));
        List<Map<String, Object>> rounds = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rounds.add(Map.of("at", "2024-01-01T00:00:00Z", "published", false, "reason", "no better ".repeat(12)));
        }
        double[] byHorizon = new double[HORIZON];
        Report.write(
                folder,
                new Report.Facts(
                        "./eddy backtest",
                        "fleet.csv",
                        200L * STEPS,
                        0,
                        null,
                        300,
                        1,
                        metrics(),
                        perSeries,
                        Map.of(),
                        rounds,
                        new HorizonErrors.Summary(byHorizon, byHorizon, byHorizon, byHorizon, byHorizon, 200, 1),
                        new PValueCounts(),
                        Options.of(Map.of())));
        String report = Files.readString(folder.resolve("report.html"));
        assertThat(report).contains(names.get(0), names.get(199), "\"role\":\"median\"");
        assertThat(report.length()).isBetween(300_000, (int) FIVE_MB);
    }
}
