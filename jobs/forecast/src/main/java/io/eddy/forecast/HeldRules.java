package io.eddy.forecast;

import io.eddy.Rule;
import io.eddy.connectors.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The rules that hold: those of the file, and those of the topic in broadcast state. */
final class HeldRules {
    private final String modelId;
    private final List<Rule> ofFile;
    private final long stepMillis;
    private final Logger log;
    /** Null until they are asked for, after a change, and after series have been forgotten. */
    private @Nullable Rules current;

    /** @param log of what every subtask knows, see {@link Steering} */
    HeldRules(String modelId, List<Rule> ofFile, long stepMillis, Logger log) {
        this.modelId = modelId;
        this.ofFile = ofFile;
        this.stepMillis = stepMillis;
        this.log = log;
    }

    Rules in(ReadOnlyBroadcastState<String, Rule> state) throws Exception {
        if (current == null) {
            List<Rule> all = new ArrayList<>(ofFile);
            state.immutableEntries().forEach(entry -> all.add(entry.getValue()));
            current = new Rules(all, stepMillis);
        }
        return current;
    }

    /** Gives up what they came to for each series. */
    void forget() {
        current = null;
    }

    /** Takes a rule, or the end of one, if that is what it is. */
    void take(Control control, BroadcastState<String, Rule> state) throws Exception {
        if (control.rule != null) {
            state.put(control.rule.getId(), control.rule);
            current = null;
            tell(control.rule.getId(), "holds");
        }
        if (control.removedRule != null) {
            state.remove(control.removedRule);
            current = null;
            tell(control.removedRule, "holds no longer");
        }
    }

    private void tell(String id, String what) {
        log.info("rule \"{}\" {} for model \"{}\"", id, what, modelId);
    }

    /**
     * Takes the rules out of the state that their topic does not hold any more. Whoever starts again later than the topic keeps the end of a rule
     * would never hear of it.
     */
    static void keepOnly(Set<String> onTopic, BroadcastState<String, Rule> state, Logger log) throws Exception {
        List<String> gone = new ArrayList<>();
        state.immutableEntries().forEach(entry -> {
            if (!onTopic.contains(entry.getKey())) {
                gone.add(entry.getKey());
            }
        });
        for (String id : gone) {
            state.remove(id);
            log.info("rule \"{}\" holds no longer: it is not on the topic any more", id);
        }
    }
}
