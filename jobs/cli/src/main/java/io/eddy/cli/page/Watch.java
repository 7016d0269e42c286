package io.eddy.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.eddy.Status;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on the screen of one browser, and so is sent to it.
 *
 * @param list the visible part of the list; null: the list is not on the screen
 * @param series the one that is drawn; null: none is
 * @param ago which of its earlier forecasts is drawn beside the newest, 0: none
 * @param model whether the weights and their errors are on the screen
 */
record Watch(@Nullable List list, @Nullable SeriesId series, int ago, boolean model) {
    static final Watch NOTHING = new Watch(null, null, 0, false);
    private static final int MOST_ROWS = 200;
    private static final int MOST_TEXT = 300;

    /**
     * @param words all of them must be in the name or the labels, in lower case
     * @param statuses empty: any
     * @param onlyEvents whether only series with an open event are wanted
     * @param byName sorted by name instead of worst first
     * @param first index of the first visible row
     * @param count visible rows
     */
    record List(String[] words, Set<Status> statuses, boolean onlyEvents, boolean byName, int first, int count) {}

    /**
     * Reads what a browser says.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    static Watch of(JsonNode json) {
        JsonNode list = json.path("list");
        JsonNode series = json.path("series");
        return new Watch(
                list.isObject() ? list(list) : null,
                series.isObject() ? new SeriesId(text(series, "series"), text(series, "target")) : null,
                whole(json, "ago", 0, 1_000),
                json.path("model").asBoolean(false));
    }

    private static List list(JsonNode list) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        boolean events = false;
        for (JsonNode status : list.path("statuses")) {
            if (status.asText().equals("EVENT")) {
                events = true;
            } else {
                statuses.add(status(status.asText()));
            }
        }
        String query = list.path("query").asText("").strip().toLowerCase(Locale.ROOT);
        if (query.length() > MOST_TEXT) {
            throw new IllegalArgumentException(
                    "query: expected at most " + MOST_TEXT + " characters, found " + query.length());
        }
        return new List(
                query.isEmpty() ? new String[0] : query.split("\\s+"),
                statuses,
                events,
                list.path("sort").asText("worst").equals("name"),
                whole(list, "first", 0, 10_000_000),
                whole(list, "count", 0, MOST_ROWS));
    }

    private static Status status(String text) {
        try {
            return Status.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("statuses: expected EVENT or a status of scores, found " + text, e);
        }
    }

    /** A text that must be there. */
    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": expected a text, found " + value);
        }
        return value.asText();
    }

    private static int whole(JsonNode json, String name, int from, int to) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return from;
        }
        if (!value.canConvertToInt() || value.asInt() < from || value.asInt() > to) {
            throw new IllegalArgumentException(name + ": expected " + from + " to " + to + ", found " + value);
        }
        return value.asInt();
    }
}
