package io.eddy.train;

import io.eddy.connectors.Fields;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows that people have spoken of, which a classifier is fitted to. They are few and dear, so they are kept across restarts, unlike those of the
 * reservoir. What a step is called is asked anew for each round, for people may take their words back.
 *
 * <p>Feedback comes later than the window mostly. The window is in the reservoir then, or among those that were left out as anomalous of late, which
 * wait here.
 *
 * <p>Those of a checkpoint that was made with another step, or otherwise of other numbers, are given up: nothing else tells them from those of now.
 */
final class LabelledWindows {
    private static final Logger LOG = LoggerFactory.getLogger(LabelledWindows.class);
    /** Windows that were spoken of, at most: the newest, balanced over series; as many wait, and as many others stand for what is normal. */
    private static final int MOST = 400;

    private final ToldAnomalies told;
    private final ListState<TrainingWindow> state;
    private final ListState<String> meaningState;
    private final String meaning;
    private final Reservoir spokenOf = new Reservoir(MOST);
    private final Reservoir waiting = new Reservoir(MOST);

    /** Goes on from the state of an operator. */
    LabelledWindows(OperatorStateStore store, ToldAnomalies told, Options options) throws Exception {
        this.told = told;
        meaning = meaning(options);
        meaningState = store.getListState(new ListStateDescriptor<>("labelled-windows-of", Types.STRING));
        state = store.getListState(new ListStateDescriptor<>("labelled-windows", TrainingWindowSerializer.INSTANCE));
        for (String before : meaningState.get()) { // none in what an earlier build wrote
            if (!before.equals(meaning)) {
                LOG.warn(
                        "labelled windows: expected {}, as in the checkpoint, found {}; they are given up",
                        before,
                        meaning);
                return;
            }
        }
        for (TrainingWindow window : state.get()) {
            spokenOf.add(window);
        }
    }

    /** What the numbers of a window are, as far as the options say; the series alone names the first target. */
    private static String meaning(Options options) {
        String first = Fields.of(options).targets().get(0);
        return Stream.of(InputOptions.STEP, ModelOptions.COUNTER, ModelOptions.INPUTS, ModelOptions.COVARIATES)
                .map(option -> option.key() + "=" + options.get(option))
                .collect(Collectors.joining(", ", "", ", first target " + first));
    }

    void save() throws Exception {
        meaningState.update(List.of(meaning));
        state.update(new ArrayList<>(spokenOf.windows()));
    }

    /** Takes a window as it comes: one that was spoken of already, or one that was left out as anomalous. */
    void offer(TrainingWindow window, boolean leftOut) {
        if (told.speaksOf(window)) {
            spokenOf.add(LabelledWindow.slim(window));
        } else if (leftOut) {
            waiting.add(LabelledWindow.slim(window));
        }
    }

    /**
     * Looks through the windows of the past, because somebody has spoken.
     *
     * @param past those in the reservoir, also those that have just been given up
     */
    void look(List<TrainingWindow> past) {
        Set<String> known = names(spokenOf);
        for (TrainingWindow window : past) {
            if (told.speaksOf(window) && known.add(name(window))) {
                spokenOf.add(LabelledWindow.slim(window));
            }
        }
        waiting.remove(told::speaksOf).forEach(spokenOf::add);
    }

    /**
     * What a classifier is fitted to and judged on.
     *
     * @param normal windows of the reservoir; those that nobody spoke of stand for what is normal
     * @param inputs numbers per step; windows of other networks are passed over
     * @return oldest first; empty where nobody has spoken
     */
    List<LabelledWindow> examples(List<TrainingWindow> normal, int inputs) {
        List<LabelledWindow> all = new ArrayList<>();
        long oldest =
                normal.stream().mapToLong(TrainingWindow::startMillis).min().orElse(Long.MIN_VALUE);
        for (TrainingWindow window : spokenOf.windows()) {
            if (window.inputsPerStep() == inputs) {
                all.add(LabelledWindow.of(window, told, window.startMillis() < oldest ? 0 : 1));
            }
        }
        if (all.isEmpty()) {
            return all;
        }
        Set<String> known = names(spokenOf);
        List<TrainingWindow> others =
                normal.stream().filter(window -> !known.contains(name(window))).toList();
        int every = (others.size() + MOST - 1) / MOST;
        for (int k = others.size() - 1; k >= 0; k -= every) {
            all.add(LabelledWindow.of(others.get(k), told, every));
        }
        all.sort((a, b) -> a.lastMillis() != b.lastMillis()
                ? Long.compare(a.lastMillis(), b.lastMillis())
                : a.series().compareTo(b.series()));
        return all;
    }

    private static Set<String> names(Reservoir windows) {
        return windows.windows().stream().map(LabelledWindows::name).collect(Collectors.toSet());
    }

    private static String name(TrainingWindow window) {
        return window.startMillis() + " " + window.series();
    }
}
