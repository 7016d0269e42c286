package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.eddy.Event;
import io.eddy.FeedbackType;
import io.eddy.Status;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What the whole fleet looks like, as one browser gets it: only what has changed since the last time. */
final class FleetFrame {
    private static final int MOST_EVENTS = 60;

    private int sentShare;
    private int sentEvents = -1;
    private long sentScores = -1;
    private Pipeline.Numbers sentNumbers = new Pipeline.Numbers(-2, -1, -1, -1, -1, -1, null);

    /** @return whether there was anything to write */
    boolean write(JsonGenerator json, Store store, Pipeline.Numbers numbers) throws IOException {
        boolean news = store.scores() != sentScores
                || store.events().revision() != sentEvents
                || !numbers.equals(sentNumbers)
                || store.problem() != null;
        if (!news) {
            return false;
        }
        sentScores = store.scores();
        sentNumbers = numbers;
        json.writeObjectFieldStart("fleet");
        writeCounts(json, store);
        writePipeline(json, numbers);
        json.writeArrayFieldStart("share");
        for (Map.Entry<Long, ShareOverTime.Counts> step : store.share().steps().entrySet()) {
            if (step.getValue().stamp > sentShare) {
                json.writeStartArray();
                json.writeNumber(step.getKey());
                json.writeNumber(step.getValue().scored);
                json.writeNumber(step.getValue().anomalous);
                json.writeEndArray();
            }
        }
        json.writeEndArray();
        sentShare = store.share().revision();
        if (store.events().revision() != sentEvents) {
            sentEvents = store.events().revision();
            writeEvents(json, store.events(), store.events().newest(MOST_EVENTS));
        }
        json.writeEndObject();
        return true;
    }

    private static void writeCounts(JsonGenerator json, Store store) throws IOException {
        Map<Status, Integer> statuses = new EnumMap<>(Status.class);
        long newest = Long.MIN_VALUE;
        Map<String, Long> versions = new TreeMap<>();
        for (SeriesHistory series : store.series()) {
            statuses.merge(series.status(), 1, Integer::sum);
            newest = Math.max(newest, series.newestMillis());
            versions.merge(series.model(), Math.max(0, series.version()), Math::max);
        }
        json.writeNumberField("series", store.series().size());
        json.writeNumberField("notShown", store.notShown());
        json.writeNumberField("scores", store.scores());
        json.writeNumberField("open", store.events().openCount());
        json.writeNumberField("opened", store.events().opened());
        json.writeObjectFieldStart("versions");
        for (Map.Entry<String, Long> model : versions.entrySet()) {
            json.writeNumberField(model.getKey(), model.getValue());
        }
        json.writeEndObject();
        if (newest != Long.MIN_VALUE) {
            json.writeNumberField("time", newest);
        }
        if (store.problem() != null) {
            json.writeStringField("problem", store.problem());
        }
        json.writeObjectFieldStart("statuses");
        for (Map.Entry<Status, Integer> entry : statuses.entrySet()) {
            json.writeNumberField(entry.getKey().name(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writePipeline(JsonGenerator json, Pipeline.Numbers numbers) throws IOException {
        json.writeObjectFieldStart("pipeline");
        json.writeNumberField("readings", numbers.readings());
        Json.numberField(json, "perSecond", Math.rint(numbers.readingsPerSecond()));
        json.writeNumberField("lag", numbers.lag());
        json.writeNumberField("p50", numbers.latencyP50Millis());
        json.writeNumberField("p99", numbers.latencyP99Millis());
        json.writeNumberField("rejects", numbers.rejects());
        json.writeStringField("lastReject", numbers.lastReject());
        json.writeEndObject();
    }

    static void writeEvents(JsonGenerator json, EventLog log, Collection<Event> events) throws IOException {
        json.writeArrayFieldStart("events");
        for (Event event : events) {
            json.writeStartObject();
            json.writeStringField("id", event.getEventId());
            json.writeStringField("series", event.getSeries());
            json.writeStringField("target", event.getTarget());
            json.writeStringField("state", event.getState().name());
            json.writeNumberField("start", event.getStart().toEpochMilli());
            json.writeNumberField("peakTime", event.getPeakTime().toEpochMilli());
            if (event.getEnd() != null) {
                json.writeNumberField("end", event.getEnd().toEpochMilli());
            }
            Json.numberField(json, "peak", log.peak(event));
            json.writeNumberField("points", log.points(event));
            json.writeNumberField("direction", event.getDirection());
            json.writeStringField("kind", event.getKind().name());
            FeedbackType said = log.feedback(event);
            if (said != null) {
                json.writeStringField("feedback", said.name());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
