package io.eddy.train;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.connectors.Fields;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * Spans of series that a person called anomalous, expected anomalies or normal, and has not taken back. No window that touches an anomalous one is
 * learnt from; a classifier learns from all of them. Kept across restarts; of very many the newest.
 */
final class ToldAnomalies {
    private static final int MOST = 10_000;

    private final ListState<Feedback> state;
    private final Fields fields;
    /** In the order in which they came, each of one target. */
    private final ArrayDeque<Feedback> all = new ArrayDeque<>();

    private final Map<String, List<Feedback>> byKey = new HashMap<>();

    /** Goes on from the state of an operator. */
    ToldAnomalies(OperatorStateStore store, Fields fields) throws Exception {
        this.fields = fields;
        state = store.getListState(new ListStateDescriptor<>("told-anomalies", new AvroTypeInfo<>(Feedback.class)));
        for (Feedback feedback : state.get()) {
            ofTargets(feedback).forEach(this::add); // earlier builds kept one of all targets
        }
    }

    void save() throws Exception {
        state.update(new ArrayList<>(all));
    }

    /**
     * Takes what a person says. An anomaly takes back that a span which it touches is normal, expected or not; all else takes back whatever was said of spans
     * that it touches, except that an expected anomaly is one all the same.
     *
     * @return whether a span is called something that it was not before
     */
    boolean take(Feedback feedback) {
        if (feedback.getTo().isBefore(feedback.getFrom())) {
            return false; // the forecast job says so where it is broken
        }
        boolean kept = false;
        for (Feedback ofOne : ofTargets(feedback)) {
            kept |= takeOne(ofOne);
        }
        return kept;
    }

    /** The same of each target that is meant; none where the model has no such target. */
    private List<Feedback> ofTargets(Feedback feedback) {
        return fields.targets().stream()
                .filter(target ->
                        feedback.getTarget() == null || feedback.getTarget().equals(target))
                .map(target -> Feedback.newBuilder(feedback).setTarget(target).build())
                .toList();
    }

    private String key(Feedback ofOne) {
        return fields.key(ofOne.getSeries(), Objects.requireNonNull(ofOne.getTarget()));
    }

    private boolean takeOne(Feedback feedback) {
        boolean isAnomaly = isAnomaly(feedback);
        List<Feedback> known = byKey.getOrDefault(key(feedback), List.of());
        for (Feedback earlier : List.copyOf(known)) {
            boolean same = earlier.getFrom().equals(feedback.getFrom())
                    && earlier.getTo().equals(feedback.getTo());
            boolean touches = !earlier.getFrom().isAfter(feedback.getTo())
                    && !earlier.getTo().isBefore(feedback.getFrom());
            boolean again = same && earlier.getType() == feedback.getType();
            if (isAnomaly ? again || (touches && !isAnomaly(earlier)) : touches) {
                remove(earlier);
            }
        }
        boolean kept = isAnomaly || feedback.getType() == FeedbackType.NOT_ANOMALY;
        if (kept) {
            add(feedback);
        }
        return kept;
    }

    private static boolean isAnomaly(Feedback feedback) {
        return feedback.getType() == FeedbackType.ANOMALY || feedback.getType() == FeedbackType.ANOMALY_EXPECTED;
    }

    private void add(Feedback feedback) {
        all.add(feedback);
        byKey.computeIfAbsent(key(feedback), key -> new ArrayList<>()).add(feedback);
        if (all.size() > MOST) {
            remove(all.element());
        }
    }

    private void remove(Feedback feedback) {
        all.remove(feedback);
        List<Feedback> left = byKey.getOrDefault(key(feedback), new ArrayList<>());
        left.remove(feedback);
        if (left.isEmpty()) {
            byKey.remove(key(feedback));
        }
    }

    /** Whether a window touches a span that was called anomalous: it is not to be learnt from. */
    boolean touches(TrainingWindow window) {
        return of(window.series(), window.startMillis(), window.endMillis())
                .anyMatch(span -> span.getType() == FeedbackType.ANOMALY);
    }

    /** Whether a window touches a span that was called anything. */
    boolean speaksOf(TrainingWindow window) {
        return of(window.series(), window.startMillis(), window.endMillis())
                .findAny()
                .isPresent();
    }

    /**
     * What a stretch of a series is called, see {@link LabelledWindow}. Of two words on it the one that is an anomaly counts.
     *
     * @param key of the series and target
     */
    byte label(String key, long fromMillis, long toMillis) {
        List<Feedback> spans = of(key, fromMillis, toMillis).toList();
        return spans.isEmpty()
                ? LabelledWindow.UNSAID
                : spans.stream().anyMatch(ToldAnomalies::isAnomaly) ? LabelledWindow.ANOMALOUS : LabelledWindow.NORMAL;
    }

    private Stream<Feedback> of(String key, long fromMillis, long toMillis) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(span -> span.getFrom().toEpochMilli() <= toMillis
                        && span.getTo().toEpochMilli() >= fromMillis);
    }
}
