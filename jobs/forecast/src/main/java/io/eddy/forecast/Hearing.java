package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Reject;
import io.eddy.connectors.AvroCodec;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ReadingDecoder;
import io.eddy.connectors.Shown;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.Verdict;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a person says into the memories of its series, one for each target that is meant, if they are here: every subtask is told. */
final class Hearing {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    /** Partition and offset of a record that is not told where it was. */
    private static final int NOWHERE = -1;

    private final ForecastSetup setup;
    private final Fields fields;
    /** Says when a series is to be asked whether it is silent. */
    private final Listener listener;

    private final TaskInfo task;
    private final KeptMemories memories;
    private final AvroCodec<Feedback> codec = new AvroCodec<>(Feedback.class);
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
     * Takes feedback on series that are judged by these rules. The close of each event that it ended goes out, or a reject that says why it is not taken.
     *
     * @param timers get the time at which a series is to be asked, where that is earlier now: after a restore they would have it too
     */
    void hear(Feedback feedback, Rules rules, StepTimers timers, ForecastFunction.Context out) throws Exception {
        String meant = feedback.getTarget();
        String fault = fault(feedback);
        if (fault != null) {
            refuse(feedback, fields.key(feedback.getSeries(), 0), fault, out);
            return;
        }
        for (String target : meant == null ? fields.targets() : List.of(meant)) {
            String key = fields.key(feedback.getSeries(), target);
            if (isHere(key)) {
                PackedMemory kept = memories.of(key);
                if (kept != null) {
                    hear(feedback, key, kept, rules, timers, out);
                } else if (meant != null || Fields.isFirst(key)) { // a series has all its targets or none
                    refuse(
                            feedback,
                            key,
                            "series: expected one that model " + setup.modelId() + " has seen, found "
                                    + Shown.of(feedback.getSeries()),
                            out);
                }
            }
        }
    }

    private @Nullable String fault(Feedback feedback) {
        String meant = feedback.getTarget();
        if (feedback.getSeries().isEmpty()) {
            return "series: expected a name, found none";
        }
        if (feedback.getTo().isBefore(feedback.getFrom())) {
            return "to: expected not before from, found " + feedback.getTo() + " before " + feedback.getFrom();
        }
        return meant == null || fields.targets().contains(meant)
                ? null
                : "target: expected one of " + fields.targets() + ", found " + Shown.of(meant);
    }

    private void hear(
            Feedback feedback,
            String key,
            PackedMemory kept,
            Rules rules,
            StepTimers timers,
            ForecastFunction.Context out)
            throws Exception {
        String series = feedback.getSeries();
        String target = fields.target(key);
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
        Incident.Change change = ended ? Incident.Change.CLOSE : Incident.Change.NONE;
        for (Event closed : Records.events(series, target, change, known.incident())) {
            out.output(ForecastFunction.EVENTS, closed);
        }
    }

    /** Says so once, though every subtask is told. */
    private void refuse(Feedback feedback, String key, String reason, ForecastFunction.Context out) throws Exception {
        if (isHere(key)) {
            refused.inc();
            LOG.warn("feedback refused: {}", reason);
            byte[] bytes = codec.encode(feedback);
            ByteBuffer first = ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, ReadingDecoder.REJECTED_BYTES));
            out.output(ReadingCheck.REJECTS, new Reject(first, setup.feedbackTopic(), NOWHERE, (long) NOWHERE, reason));
        }
    }

    private boolean isHere(String key) {
        int owner = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key, task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
        return owner == task.getIndexOfThisSubtask();
    }
}
