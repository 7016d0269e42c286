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
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a person says into the memories of its series, one for each target that is meant, if they are here: every subtask is told. */
final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    private final ForecastSetup setup;
    private final Fields fields;
    /** Says when a series is to be asked whether it is silent. */
    private final Listener listener;

    private final TaskInfo task;
    private final KeptMemories memories;
    private final Counter taken;
    private final Counter refused;

    /** Hears for one subtask. */
    Hearing(ForecastSetup setup, KeptMemories memories, TaskInfo task, MetricGroup metrics) {
        this.setup = setup;
        this.memories = memories;
        this.task = task;
        fields = setup.fields();
        listener = new Listener(setup.options());
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
        PackedMemory kept = memories.of(key);
        if (kept == null) {
            LOG.warn("feedback for series \"{}\": model \"{}\" has never seen its {}", series, setup.modelId(), target);
            return List.of();
        }
        SeriesRule rule = rules.of(series, target, kept.inbox().labels());
        double usual = setup.options().falseAlarmRate();
        double rate = rule == null ? usual : rule.falseAlarmRate(usual);
        Memory known = kept.unpack();
        long asked = listener.nextMillis(known);
        boolean ended = known.hear(
                Verdict.valueOf(feedback.getType().name()),
                feedback.getFrom().toEpochMilli(),
                feedback.getTo().toEpochMilli(),
                rate);
        memories.keep(key, kept.pack(known));
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
