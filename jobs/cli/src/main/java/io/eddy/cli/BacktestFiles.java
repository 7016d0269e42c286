package io.eddy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.eddy.Event;
import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Score;
import io.eddy.cli.page.PValueCounts;
import io.eddy.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a backtest: scores, forecasts, events and rejects as CSV, and the summary. */
final class BacktestFiles implements Backtest.Output, AutoCloseable {
    private static final String REJECTS = "rejects.csv";

    private final Path folder;
    private final CsvWriter scores;
    private final CsvWriter forecasts;
    private final CsvWriter events;
    private final CsvWriter rejects;
    private final @Nullable NabLayout nab;
    private final @Nullable LabelMetrics labelled;
    private final List<Map<String, Object>> rounds = new ArrayList<>();
    private final PValueCounts pValues = new PValueCounts();
    private long scoreCount;
    private long eventCount;
    private long rejectCount;
    private CsvSource.@Nullable BadRow firstReject;

    BacktestFiles(Path folder, @Nullable NabLayout nab, @Nullable LabelMetrics labelled) throws IOException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.nab = nab;
        this.labelled = labelled;
        scores = open("scores.csv");
        scores.writeRecord(
                "series",
                "target",
                "event_time",
                "y",
                "yhat",
                "yhat_lower",
                "yhat_upper",
                "anomaly_score",
                "p_value",
                "is_anomaly",
                "status",
                "model_version");
        forecasts = open("forecasts.csv");
        forecasts.writeRecord(
                "series", "target", "issued_at", "horizon_step", "target_time", "yhat", "yhat_lower", "yhat_upper");
        events = open("events.csv");
        events.writeRecord(
                "event_id",
                "series",
                "target",
                "state",
                "start",
                "peak_time",
                "end",
                "peak_score",
                "points",
                "direction",
                "kind");
        rejects = open(REJECTS);
        rejects.writeRecord("file", "line", "reason", "text");
    }

    private CsvWriter open(String name) throws IOException {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(folder.resolve(name));
    }

    @Override
    public void score(String name, Score s, double alert) {
        scoreCount++;
        pValues.add(s);
        scores.writeRecord(
                s.getSeries(),
                s.getTarget(),
                s.getEventTime().toString(),
                number(s.getY()),
                number(s.getYhat()),
                number(s.getYhatLower()),
                number(s.getYhatUpper()),
                number(s.getAnomalyScore()),
                number(s.getPValue()),
                String.valueOf(s.getIsAnomaly()),
                s.getStatus().toString(),
                String.valueOf(s.getModelVersion()));
        if (nab != null) {
            nab.score(name, s, alert);
        }
        if (labelled != null) {
            labelled.add(name, s);
        }
    }

    @Override
    public void forecast(Forecast f) {
        String issued = f.getIssuedAt().toString();
        for (ForecastStep step : f.getSteps()) {
            forecasts.writeRecord(
                    f.getSeries(),
                    f.getTarget(),
                    issued,
                    String.valueOf(step.getHorizonStep()),
                    step.getTargetTime().toString(),
                    number(step.getYhat()),
                    number(step.getYhatLower()),
                    number(step.getYhatUpper()));
        }
    }

    @Override
    public void event(Event e) {
        eventCount += e.getState() == io.eddy.EventState.open ? 1 : 0;
        events.writeRecord(
                e.getEventId(),
                e.getSeries(),
                e.getTarget(),
                e.getState().toString(),
                e.getStart().toString(),
                e.getPeakTime().toString(),
                e.getEnd() == null ? "" : e.getEnd().toString(),
                number(e.getPeakScore()),
                String.valueOf(e.getPoints()),
                String.valueOf(e.getDirection()),
                e.getKind().toString());
    }

    @Override
    public void round(Training.Outcome outcome, boolean published) {
        Map<String, Object> round = new LinkedHashMap<>();
        round.put("at", java.time.Instant.ofEpochMilli(outcome.toMillis()).toString());
        round.put("version", outcome.version());
        round.put("parent_version", outcome.parentVersion());
        round.put("trigger", outcome.trigger().name().toLowerCase(java.util.Locale.ROOT));
        round.put("published", published);
        round.put("reason", outcome.round().reason());
        rounds.add(round);
    }

    void reject(CsvSource.BadRow row) {
        if (rejectCount++ == 0) {
            firstReject = row;
        }
        rejects.writeRecord(row.file(), String.valueOf(row.line()), row.reason(), row.text());
    }

    /** Empty for what is not there. */
    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    long scores() {
        return scoreCount;
    }

    long events() {
        return eventCount;
    }

    long rejects() {
        return rejectCount;
    }

    /** What a person should know of the rows that could not be read; null if all could. */
    @Nullable
    String trouble() {
        return firstReject == null
                ? null
                : rejectCount + (rejectCount == 1 ? " row" : " rows") + " could not be read, see "
                        + folder.resolve(REJECTS) + "; the first is " + firstReject.place();
    }

    PValueCounts pValues() {
        return pValues;
    }

    List<Map<String, Object>> rounds() {
        return rounds;
    }

    /** Writes the summary: totals, the overall metrics (mean over series with equal weight), the rounds and the metrics per series. */
    void summary(Map<String, Object> totals, Map<String, Double> overall, Map<String, Map<String, Double>> perSeries)
            throws IOException {
        Map<String, Object> summary = new LinkedHashMap<>(totals);
        summary.put("scores", scoreCount);
        summary.put("events", eventCount);
        summary.put("rejects", rejectCount);
        summary.put("overall", overall);
        summary.put("rounds", rounds);
        summary.put("series", perSeries);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("summary.json").toFile(), summary);
    }

    @Override
    public void close() throws IOException {
        scores.close();
        forecasts.close();
        events.close();
        rejects.close();
        if (nab != null) {
            nab.close();
        }
    }
}
