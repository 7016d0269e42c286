package io.eddy.forecast;

import io.eddy.connectors.Fields;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * Under which options the memories of a checkpoint were made, where other options give them another meaning. The key of the first target is the
 * name of the series alone, so that another first target would be handed the memories of the one before. And what was learnt of values a minute
 * apart is not true of values an hour apart. Whether it is of a counter each memory says itself.
 */
final class MadeUnder {
    private static final ListStateDescriptor<String> TARGETS = new ListStateDescriptor<>("targets", Types.STRING);
    private static final ListStateDescriptor<Long> STEP = new ListStateDescriptor<>("step", Types.LONG);

    private final Fields fields;
    private final long stepMillis;
    private final ListState<String> targets;
    private final ListState<Long> step;
    /** In their order; none where there was no checkpoint, or an earlier build wrote it. */
    private final List<String> targetsBefore = new ArrayList<>();
    /** Null likewise. */
    private final @Nullable Long stepBefore;

    /** @param stepMillis length of a step; 0: every reading is one */
    MadeUnder(OperatorStateStore store, Fields fields, long stepMillis) throws Exception {
        this.fields = fields;
        this.stepMillis = stepMillis;
        targets = store.getUnionListState(TARGETS);
        targets.get().forEach(targetsBefore::add);
        step = store.getUnionListState(STEP);
        Iterator<Long> known = step.get().iterator();
        stepBefore = known.hasNext() ? known.next() : null;
    }

    /** Why a memory must not be gone on with, for people: the rule, then what was found; null where it may be. */
    @Nullable
    String change(String key, PackedMemory series) {
        if (stepBefore != null && stepBefore != stepMillis) {
            return "readings.step: expected " + stepBefore + " ms, as in the checkpoint, found " + stepMillis + " ms";
        }
        if (isOfAnotherTarget() && fields.target(key).equals(fields.targets().get(0))) {
            return "model.targets: expected " + targetsBefore.get(0) + " to be the first, as in the checkpoint, found "
                    + fields.targets().get(0);
        }
        boolean counter = series.inbox().open().isCounter();
        return counter == fields.areCounters()
                ? null
                : "model.counter: expected " + counter + ", as in the checkpoint, found " + fields.areCounters();
    }

    /** A name that neither was nor is beside another is a new name of the same field. */
    private boolean isOfAnotherTarget() {
        String first = fields.targets().get(0);
        return !targetsBefore.isEmpty()
                && !targetsBefore.get(0).equals(first)
                && (targetsBefore.contains(first) || fields.names().contains(targetsBefore.get(0)));
    }

    /** Writes those of now, once for all subtasks. */
    void snapshot(int subtask) throws Exception {
        targets.update(subtask == 0 ? fields.targets() : List.of());
        step.update(subtask == 0 ? List.of(stepMillis) : List.of());
    }
}
