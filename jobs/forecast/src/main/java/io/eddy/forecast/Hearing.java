package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.connectors.Fields;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a person says into the memories of its series, one for each target that is meant, if they are here: every subtask is told. */
final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    private final String modelId;
    private final Fields fields;
    private final double falseAlarmRate;
    private final Listener listener;
    private final TaskInfo task;
    private final KeyContext keys;
    private final ValueState<PackedMemory> memory;
    private final Counter taken;
    private final Counter refused;

    /**
     * Hears for one subtask.
     *
     * @param falseAlarmRate share of normal points whose score reaches 1, where no rule says another
     * @param listener says when a series is to be asked whether it is silent
     * @param keys switches the key whose memory is read and written
     */
    Hearing(
            String modelId,
            Fields fields,
            double falseAlarmRate,
            Listener listener,
            TaskInfo task,
            KeyContext keys,
            ValueState<PackedMemory> memory,
            MetricGroup metrics) {
        this.modelId = modelId;
        this.fields = fields;
        this.falseAlarmRate = falseAlarmRate;
        this.listener = listener;
        this.task = task;
        this.keys = keys;
        this.memory = memory;
        taken = metrics.counter("feedback_taken");
        refused = metrics.counter("feedback_refused");
    }

    /**
     * Takes feedback on series that are judged by these rules; the result is the close of each event that it ended.
     *
     * @param timers get the time at which a series is to be asked, where that is earlier now: after a restore they would have it too
     */
    List<Event> hear(Feedback feedback, Rules rules, StepTimers timers) throws Exception {
        if (feedback.getSeries().isEmpty() || feedback.getTo().isBefore(feedback.getFrom())) {
            refuse(feedback);
            return List.of();
        }
        List<Event> closed = new ArrayList<>();
        String meant = feedback.getTarget();
        for (int target = 0; target < fields.targets().size(); target++) {
            String key = fields.key(feedback.getSeries(), target);
            boolean isMeant = meant == null || meant.equals(fields.targets().get(target));
            if (isMeant && isHere(key)) {
                closed.addAll(hear(feedback, key, rules, timers));
            }
        }
        return closed;
    }

    private List<Event> hear(Feedback feedback, String key, Rules rules, StepTimers timers) throws Exception {
        String series = feedback.getSeries();
        String target = fields.target(key);
        keys.setCurrentKey(key);
        PackedMemory kept = memory.value();
        if (kept == null) {
            LOG.warn("feedback for series \"{}\": model \"{}\" has never seen its {}", series, modelId, target);
            return List.of();
        }
        SeriesRule rule = rules.of(series, target, kept.inbox().labels());
        double rate = rule == null ? falseAlarmRate : rule.falseAlarmRate(falseAlarmRate);
        Memory known = kept.unpack();
        long asked = listener.nextMillis(known);
        boolean ended = known.hear(
                Verdict.valueOf(feedback.getType().name()),
                feedback.getFrom().toEpochMilli(),
                feedback.getTo().toEpochMilli(),
                rate);
        memory.update(kept.pack(known));
        long next = listener.nextMillis(known);
        if (next < asked && Fields.isFirst(key)) {
            timers.register(next, key, null);
        }
        taken.inc();
        LOG.info("feedback {} for {} of series \"{}\" taken", feedback.getType(), target, series);
        return Records.events(series, target, ended ? Incident.Change.CLOSE : Incident.Change.NONE, known.incident());
    }

    /** Says so once, though every subtask is told. */
    private void refuse(Feedback feedback) {
        if (isHere(fields.key(feedback.getSeries(), 0))) {
            refused.inc();
            LOG.error(
                    "feedback for series \"{}\": expected a name and from not after to, found {} to {}",
                    feedback.getSeries(),
                    feedback.getFrom(),
                    feedback.getTo());
        }
    }

    private boolean isHere(String key) {
        int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
        return owner == task.getIndexOfThisSubtask();
    }
}
