package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One series of a backtest as the report draws it: its newest scores, forecasts that do not overlap, and its events, from the files. */
final class DrawnSeries {
    private static final int MOST_POINTS = 1_500;

    private record Point(
            long time, double y, double yhat, double lower, double upper, double score, boolean odd, String version) {}

    private record Step(long time, double yhat, double lower, double upper) {}

    private record Span(long from, long to, String kind, double peak) {}

    private final String name;
    private final Deque<Point> points = new ArrayDeque<>();
    private final Set<Long> drawnIssues = new HashSet<>();
    private final List<Step> forecasts = new ArrayList<>();
    private final Map<String, Span> events = new HashMap<>();
    private final List<String> eventOrder = new ArrayList<>();

    private DrawnSeries(String name) {
        this.name = name;
    }

    /** Reads the wanted series, in one pass over each file. */
    static Map<String, DrawnSeries> read(Path folder, Set<String> wanted, Options options) throws IOException {
        Fields fields = Fields.of(options);
        Map<String, DrawnSeries> found = new HashMap<>();
        wanted.forEach(name -> found.put(name, new DrawnSeries(name)));
        forEach(folder.resolve("scores.csv"), fields, found, (series, row) -> {
            series.points.add(new Point(
                    time(row, "event_time"),
                    number(row, "y"),
                    number(row, "yhat"),
                    number(row, "yhat_lower"),
                    number(row, "yhat_upper"),
                    number(row, "anomaly_score"),
                    Boolean.parseBoolean(row.getField("is_anomaly")),
                    row.getField("model_version")));
            if (series.points.size() > MOST_POINTS) {
                series.points.remove();
            }
        });
        found.values().forEach(series -> series.chooseIssues(options.get(ForecastOptions.HORIZON)));
        forEach(folder.resolve("forecasts.csv"), fields, found, (series, row) -> {
            if (series.drawnIssues.contains(time(row, "issued_at"))) {
                series.forecasts.add(new Step(
                        time(row, "target_time"),
                        number(row, "yhat"),
                        number(row, "yhat_lower"),
                        number(row, "yhat_upper")));
            }
        });
        forEach(folder.resolve("events.csv"), fields, found, (series, row) -> {
            String id = row.getField("event_id");
            long start = time(row, "start");
            boolean over = !row.getField("end").isEmpty();
            long end = over ? time(row, "end") : Math.max(start, time(row, "peak_time"));
            if (series.events.put(id, new Span(start, end, row.getField("kind"), number(row, "peak_score"))) == null) {
                series.eventOrder.add(id);
            }
        });
        return found;
    }

    private interface Taker {
        void take(DrawnSeries series, NamedCsvRecord row);
    }

    private static void forEach(Path file, Fields fields, Map<String, DrawnSeries> wanted, Taker taker)
            throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                DrawnSeries series =
                        wanted.get(Fields.shown(fields.key(row.getField("series"), row.getField("target"))));
                if (series != null) {
                    taker.take(series, row);
                }
            }
        }
    }

    private static long time(NamedCsvRecord row, String field) {
        return Instant.parse(row.getField(field)).toEpochMilli();
    }

    private static double number(NamedCsvRecord row, String field) {
        String text = row.getField(field);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    /** Every horizon-th step back from the end, so that one forecast ends where the next begins. */
    private void chooseIssues(int horizon) {
        int index = 0;
        for (Point point : points) {
            if ((points.size() - 1 - index++) % horizon == 0) {
                drawnIssues.add(point.time);
            }
        }
    }

    void write(JsonGenerator json, String role, double mase) throws IOException {
        json.writeStartObject();
        json.writeStringField("series", name);
        json.writeStringField("role", role);
        Json.numberField(json, "mase", mase);
        json.writeArrayFieldStart("points");
        for (Point point : points) {
            json.writeStartArray();
            json.writeNumber(point.time);
            for (double value : new double[] {point.y, point.yhat, point.lower, point.upper, point.score}) {
                Json.number(json, value);
            }
            json.writeNumber(point.odd ? 1 : 0);
            json.writeString(point.version);
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("forecasts");
        for (Step step : forecasts) {
            json.writeStartArray();
            json.writeNumber(step.time);
            for (double value : new double[] {step.yhat, step.lower, step.upper}) {
                Json.number(json, value);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("events");
        for (String id : eventOrder) {
            Span span = events.get(id);
            if (span != null) {
                json.writeStartArray();
                json.writeNumber(span.from);
                json.writeNumber(span.to);
                json.writeString(span.kind);
                Json.number(json, span.peak);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
