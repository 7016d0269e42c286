package io.eddy.train;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.connectors.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Spans of series that a person called anomalous and has not taken back: no window that touches one is learnt from. Kept across restarts; of
 * very many the newest.
 */
final class ToldAnomalies {
    private static final int MOST = 10_000;

    private final ListState<Feedback> state;
    /** In the order in which they came. */
    private final ArrayDeque<Feedback> all = new ArrayDeque<>();

    private final Map<String, List<Feedback>> bySeries = new HashMap<>();

    /** Goes on from the state of an operator. */
    ToldAnomalies(OperatorStateStore store) throws Exception {
        state = store.getListState(new ListStateDescriptor<>("told-anomalies", new AvroTypeInfo<>(Feedback.class)));
        for (Feedback feedback : state.get()) {
            add(feedback);
        }
    }

    void save() throws Exception {
        state.update(new ArrayList<>(all));
    }

    /**
     * Takes what a person says. Everything but ANOMALY takes earlier words on spans that it touches back, except that an
     * expected anomaly is one all the same.
     *
     * @return whether a span is anomalous that was not before
     */
    boolean take(Feedback feedback) {
        if (feedback.getTo().isBefore(feedback.getFrom()) || feedback.getType() == FeedbackType.ANOMALY_EXPECTED) {
            return false; // the forecast job says so where it is broken
        }
        boolean isAnomaly = feedback.getType() == FeedbackType.ANOMALY;
        List<Feedback> known = bySeries.getOrDefault(feedback.getSeries(), List.of());
        for (Feedback earlier : List.copyOf(known)) {
            boolean same = earlier.getFrom().equals(feedback.getFrom())
                    && earlier.getTo().equals(feedback.getTo());
            boolean touches = !earlier.getFrom().isAfter(feedback.getTo())
                    && !earlier.getTo().isBefore(feedback.getFrom());
            if (isAnomaly ? same : touches) {
                remove(earlier);
            }
        }
        if (isAnomaly) {
            add(feedback);
        }
        return isAnomaly;
    }

    private void add(Feedback feedback) {
        all.add(feedback);
        bySeries.computeIfAbsent(feedback.getSeries(), series -> new ArrayList<>())
                .add(feedback);
        if (all.size() > MOST) {
            remove(all.element());
        }
    }

    private void remove(Feedback feedback) {
        all.remove(feedback);
        List<Feedback> left = bySeries.getOrDefault(feedback.getSeries(), new ArrayList<>());
        left.remove(feedback);
        if (left.isEmpty()) {
            bySeries.remove(feedback.getSeries());
        }
    }

    /** Whether a window touches a span that was called anomalous. */
    boolean touches(TrainingWindow window) {
        return bySeries.getOrDefault(Fields.series(window.series()), List.of()).stream()
                .anyMatch(span -> span.getFrom().toEpochMilli() <= window.endMillis()
                        && span.getTo().toEpochMilli() >= window.startMillis());
    }
}
