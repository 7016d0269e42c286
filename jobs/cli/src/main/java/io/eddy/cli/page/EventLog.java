package io.eddy.cli.page;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Score;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest state of the newest events, and what people said about them. */
final class EventLog {
    private static final int MOST_EVENTS = 5_000;
    /** Those of series that are silent for ever stay open unless the job forgets them. */
    private static final int MOST_OPEN = 50_000;

    private static final int MOST_FEEDBACK = 5_000;

    /** @param target null: all of them */
    private record Span(String series, @Nullable String target, long fromMillis) {
        boolean covers(Span other) {
            return series.equals(other.series)
                    && fromMillis == other.fromMillis
                    && (target == null || target.equals(other.target));
        }
    }

    /** What the scores have said of an event that is not over. */
    private record Course(int points, double peak) {}

    /** In the order of their last change. */
    private final LinkedHashMap<String, Event> events = new LinkedHashMap<>();

    private final LinkedHashMap<SeriesId, Event> open = new LinkedHashMap<>();
    /** By the event's id, in the order in which they began. */
    private final LinkedHashMap<String, Course> courses = new LinkedHashMap<>();

    private final LinkedHashMap<Span, FeedbackType> feedback = new LinkedHashMap<>();
    private int revision;
    private long opened;

    void add(Event event) {
        revision++;
        opened += event.getState() == EventState.open ? 1 : 0;
        events.remove(event.getEventId());
        events.put(event.getEventId(), event);
        SeriesId id = new SeriesId(event.getSeries(), event.getTarget());
        Event before = open.get(id);
        if (event.getState() != EventState.close) {
            open.put(id, event);
            dropOldest(open, MOST_OPEN);
        } else {
            courses.remove(event.getEventId());
            if (before != null && before.getEventId().equals(event.getEventId())) {
                open.remove(id);
            }
        }
        dropOldest(events, MOST_EVENTS);
    }

    /** Counts the anomalous steps of an event that is open: its own records come only when it gets much stronger, and at its end. */
    void add(Score score) {
        String eventId = score.getEventId();
        if (!score.getIsAnomaly() || eventId == null || score.getCorrectionOf() != null || isOver(eventId)) {
            return;
        }
        Course before = courses.getOrDefault(eventId, new Course(0, 0));
        courses.put(eventId, new Course(before.points + 1, Math.max(before.peak, score.getAnomalyScore())));
        dropOldest(courses, MOST_EVENTS);
        revision++;
    }

    /** Its scores are on another topic and may come after its end. */
    private boolean isOver(String eventId) {
        Event known = events.get(eventId);
        return known != null && known.getState() == EventState.close;
    }

    /** Anomalous steps of an event so far. */
    int points(Event event) {
        Course course = course(event);
        return course == null ? event.getPoints() : Math.max(event.getPoints(), course.points);
    }

    /** The highest score of an event so far. */
    double peak(Event event) {
        Course course = course(event);
        return course == null ? event.getPeakScore() : Math.max(event.getPeakScore(), course.peak);
    }

    private @Nullable Course course(Event event) {
        return event.getState() == EventState.close ? null : courses.get(event.getEventId());
    }

    void add(Feedback said) {
        revision++;
        Span span = new Span(said.getSeries(), said.getTarget(), said.getFrom().toEpochMilli());
        feedback.keySet().removeIf(span::covers);
        feedback.put(span, said.getType());
        dropOldest(feedback, MOST_FEEDBACK);
    }

    private static void dropOldest(LinkedHashMap<?, ?> map, int most) {
        Iterator<?> oldest = map.keySet().iterator();
        while (map.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Counts up with every change. */
    int revision() {
        return revision;
    }

    /** Events that were opened since the page was started. */
    long opened() {
        return opened;
    }

    int openCount() {
        return open.size();
    }

    /** The open event of a series; null if it has none. */
    @Nullable
    Event open(SeriesId id) {
        return open.get(id);
    }

    /** What was said last of an event; null if nothing was. */
    @Nullable
    FeedbackType feedback(Event event) {
        long from = event.getStart().toEpochMilli();
        FeedbackType own = feedback.get(new Span(event.getSeries(), event.getTarget(), from));
        return own != null ? own : feedback.get(new Span(event.getSeries(), null, from));
    }

    /** The events that changed last, newest first: the open ones before the others. */
    List<Event> newest(int most) {
        List<Event> found = new ArrayList<>();
        List<Event> all = new ArrayList<>(events.values());
        for (boolean wanted : new boolean[] {true, false}) {
            for (int i = all.size() - 1; i >= 0 && found.size() < most; i--) {
                if ((all.get(i).getState() != EventState.close) == wanted) {
                    found.add(all.get(i));
                }
            }
        }
        return found;
    }

    /** All kept events of a series, oldest change first. */
    List<Event> of(SeriesId id) {
        return events.values().stream()
                .filter(event -> event.getSeries().equals(id.series())
                        && event.getTarget().equals(id.target()))
                .toList();
    }
}
