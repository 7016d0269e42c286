package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eddy.Event;
import io.eddy.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The visible rows of the list of series. */
final class ListFrame {
    private static final int SPARK_POINTS = 60;
    /** An open event outranks any score without one. */
    private static final double OPEN_EVENT = 1e9;

    private record Ranked(SeriesHistory series, double rank) {}

    private static final Comparator<Ranked> BY_NAME = Comparator.comparing(
                    (Ranked one) -> one.series.id().series())
            .thenComparing(one -> one.series.id().target());
    private static final Comparator<Ranked> WORST_FIRST =
            Comparator.comparingDouble((Ranked one) -> -one.rank).thenComparing(BY_NAME);

    private ListFrame() {}

    static void write(JsonGenerator json, Store store, Watch.List watch) throws IOException {
        List<Ranked> found = select(store, watch);
        int first = Math.min(watch.first(), found.size());
        int end = Math.min(first + watch.count(), found.size());
        json.writeObjectFieldStart("list");
        json.writeNumberField("total", found.size());
        json.writeNumberField("first", first);
        json.writeArrayFieldStart("rows");
        for (Ranked one : found.subList(first, end)) {
            writeRow(json, one.series, store.events().open(one.series.id()));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<Ranked> select(Store store, Watch.List watch) {
        List<Ranked> found = new ArrayList<>();
        for (SeriesHistory series : store.series()) {
            Event open = store.events().open(series.id());
            boolean status = watch.statuses().isEmpty() || watch.statuses().contains(series.status());
            if (status && (!watch.onlyEvents() || open != null) && series.matches(watch.words())) {
                // Rounded, so that rows do not change places for nothing.
                double worst = Math.rint(series.worst() * 20) / 20;
                found.add(new Ranked(series, open == null ? worst : OPEN_EVENT + open.getPeakScore()));
            }
        }
        found.sort(watch.byName() ? BY_NAME : WORST_FIRST);
        return found;
    }

    private static void writeRow(
            JsonGenerator json, SeriesHistory series, @org.jspecify.annotations.Nullable Event open)
            throws IOException {
        int end = series.scored();
        int from = Math.max(0, end - SPARK_POINTS);
        json.writeStartObject();
        json.writeStringField("series", series.id().series());
        json.writeStringField("target", series.id().target());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeStringField("status", series.status().name());
        if (series.reason() != null) {
            json.writeStringField("reason", series.reason());
        }
        if (open != null) {
            json.writeStringField("event", open.getKind().name());
        }
        if (end > 0) {
            Json.numberField(json, "score", series.get(Column.SCORE, end - 1));
            Json.numberField(json, "y", series.get(Column.Y, end - 1));
        }
        json.writeArrayFieldStart("spark");
        for (int i = from; i < end; i++) {
            Json.number(json, series.get(Column.Y, i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("odd");
        for (int i = from; i < end; i++) {
            if (series.points().status(i) == (byte) Status.ANOMALY.ordinal()) {
                json.writeNumber(i - from);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
