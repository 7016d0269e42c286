package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eddy.Status;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One series as one browser gets it: all of it first, then the points that have changed. */
final class SeriesFrame {
    private static final Status[] STATUSES = Status.values();

    private final SeriesId id;
    private int sentRevision = -1;
    private int sentEvents = -1;
    private int sentAgo;

    SeriesFrame(SeriesId id) {
        this.id = id;
    }

    SeriesId id() {
        return id;
    }

    /** @return whether there was anything to write */
    boolean write(JsonGenerator json, Store store, int ago) throws IOException {
        SeriesHistory series = store.series(id);
        int revision = series == null ? 0 : series.revision();
        if (revision == sentRevision && store.events().revision() == sentEvents && ago == sentAgo) {
            return false;
        }
        json.writeObjectFieldStart("series");
        json.writeStringField("series", id.series());
        json.writeStringField("target", id.target());
        json.writeBooleanField("full", sentRevision < 0);
        json.writeBooleanField("known", series != null);
        if (series != null) {
            writeState(json, series, store.pointLimit());
            writePoints(json, series);
            writeForecast(json, "forecast", series, 0);
            writeForecast(json, "earlier", series, ago);
            if (store.events().revision() != sentEvents) {
                FleetFrame.writeEvents(json, store.events(), store.events().of(id));
            }
        }
        json.writeEndObject();
        sentRevision = revision;
        sentEvents = store.events().revision();
        sentAgo = ago;
        return true;
    }

    private static void writeState(JsonGenerator json, SeriesHistory series, int limit) throws IOException {
        json.writeStringField("status", series.status().name());
        if (series.reason() != null) {
            json.writeStringField("reason", series.reason());
        }
        if (!Float.isNaN(series.probability())) {
            json.writeNumberField("probability", series.probability());
        }
        json.writeNumberField("version", series.version());
        json.writeNumberField("late", series.late());
        json.writeNumberField("newest", series.newestMillis());
        json.writeNumberField("limit", limit);
        json.writeNumberField("forecasts", series.forecastCount());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("switches");
        for (SeriesHistory.Switch change : series.switches()) {
            json.writeStartArray();
            json.writeNumber(change.timeMillis());
            json.writeNumber(change.version());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** Each point is its time, its status (null: not scored yet) and then the columns. */
    private void writePoints(JsonGenerator json, SeriesHistory series) throws IOException {
        PointRing points = series.points();
        json.writeArrayFieldStart("points");
        for (int i = 0; i < points.size(); i++) {
            if (points.stamp(i) <= sentRevision) {
                continue;
            }
            json.writeStartArray();
            json.writeNumber(points.time(i));
            byte status = points.status(i);
            json.writeString(status == PointRing.NO_STATUS ? null : STATUSES[status].name());
            for (Column column : Column.values()) {
                Json.number(json, series.get(column, i));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void writeForecast(JsonGenerator json, String name, SeriesHistory series, int ago)
            throws IOException {
        @Nullable Issued issued = series.forecast(ago);
        if (issued == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("issuedAt", issued.issuedAt());
        json.writeNumberField("step", issued.stepMillis());
        json.writeNumberField("version", issued.version());
        json.writeArrayFieldStart("quantiles");
        for (float quantile : issued.quantiles()) {
            Json.number(json, quantile + series.base());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
