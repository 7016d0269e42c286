package io.eddy.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import java.time.Instant;
import java.util.Objects;

/** What a browser says about an event, as the record that is written. */
final class FeedbackRequest {
    private FeedbackRequest() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    static Feedback read(JsonNode json, Instant now) {
        Instant from = time(json, "from");
        Instant to = time(json, "to");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: expected " + from + " or later, found " + to);
        }
        return Feedback.newBuilder()
                .setSeries(Watch.text(json, "series"))
                .setTarget(Watch.text(json, "target"))
                .setFrom(from)
                .setTo(to)
                .setType(type(Watch.text(json, "type")))
                .setCreated(now)
                .build();
    }

    /**
     * Keeps series out that nobody has seen.
     *
     * @throws IllegalArgumentException if no score of the series and target has come
     */
    static void checkKnown(Feedback said, Store store) {
        SeriesId id = new SeriesId(said.getSeries(), Objects.requireNonNull(said.getTarget()));
        if (store.series().stream().noneMatch(one -> one.id().equals(id))) {
            throw new IllegalArgumentException("series: expected one that has scores of this target, found another");
        }
    }

    private static Instant time(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + ": expected epoch milliseconds, found " + value);
        }
        return Instant.ofEpochMilli(value.asLong());
    }

    private static FeedbackType type(String text) {
        try {
            return FeedbackType.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("type: expected one of Feedback's, found " + text, e);
        }
    }
}
