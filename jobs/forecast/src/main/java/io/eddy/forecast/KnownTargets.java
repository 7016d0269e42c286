package io.eddy.forecast;

import io.eddy.connectors.Fields;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Which targets the memories are of, in a checkpoint. The key of the first target is the name of the series alone, so that another first target
 * would be handed the memories of the one before.
 */
final class KnownTargets {
    private static final ListStateDescriptor<String> STATE = new ListStateDescriptor<>("targets", Types.STRING);

    private final ListState<String> state;
    /** In their order; none where there was no checkpoint, or an earlier build wrote it. */
    private final List<String> before = new ArrayList<>();

    KnownTargets(OperatorStateStore store) throws Exception {
        state = store.getUnionListState(STATE);
        state.get().forEach(before::add);
    }

    /**
     * Whether the memories under the names of the series alone are those of another field than the first target. A name that neither was nor is
     * beside another is a new name of the same field.
     */
    boolean isOfAnother(Fields fields) {
        String first = fields.targets().get(0);
        return !before.isEmpty()
                && !before.get(0).equals(first)
                && (before.contains(first) || fields.names().contains(before.get(0)));
    }

    String first() {
        return before.get(0);
    }

    /** Writes those of now, once for all subtasks. */
    void snapshot(Fields fields, int subtask) throws Exception {
        state.update(subtask == 0 ? fields.targets() : List.of());
    }
}
