package io.eddy.forecast;

import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Observation;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.ClosedSteps;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import java.time.Instant;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * Answers readings whose step was closed: within the allowed lateness they correct its score. Not that of a counter, for another highest value would
 * change the step after it too.
 */
final class LateReadings {
    private final ForecastSetup setup;
    private final Forecaster forecaster;
    /** Behind the end of their step, by the watermark; 0: nothing is corrected. */
    private final long allowedMillis;

    private final int kept;
    private final KeptMemories memories;
    private final Answer answer;
    private final Counter late;
    private final Counter corrections;

    LateReadings(ForecastSetup setup, Forecaster forecaster, KeptMemories memories, MetricGroup metrics) {
        this.setup = setup;
        this.forecaster = forecaster;
        this.memories = memories;
        allowedMillis = setup.fields().areCounters() ? 0 : setup.allowedLateness();
        long step = Math.max(1, setup.stepMillis());
        kept = (int) Math.min(ClosedSteps.MOST, (allowedMillis + step - 1) / step);
        answer = new Answer(setup.options().horizon());
        late = metrics.counter("late");
        corrections = metrics.counter("corrections");
    }

    /** Remembers a step that is over for as long as it may be corrected. */
    void keep(Memory series, StepMean step, Answer judged) {
        series.closed().add(step.timeMillis(), step.value(), step.readings(), judged, kept);
    }

    /**
     * The score of the step with one more reading; status LATE where that comes too late, has no value, or no such step was judged.
     *
     * @param series that the reading is of, whose key is set; null where it was never seen
     * @param startMillis of its step
     * @param behindMillis how far time is past the end of the step, 0 or more
     */
    Score answer(Observation reading, @Nullable PackedMemory series, long startMillis, long behindMillis, Rules rules)
            throws Exception {
        boolean allowed = behindMillis < allowedMillis && !Double.isNaN(reading.value);
        String target = setup.fields().targets().get(reading.target);
        if (allowed && series != null) {
            StepMean step = new StepMean(reading.series, target, reading.labels, startMillis, reading.value, 1);
            SeriesRule rule = rules.of(step);
            Memory known = series.unpack();
            if (correct(known, step, rule)) {
                memories.keep(setup.fields().key(reading), series.pack(known));
                corrections.inc();
                return Records.correction(step, answer, rule, setup.modelId(), Instant.now());
            }
        }
        late.inc();
        return Records.unscored(
                reading, target, Status.LATE, "its step was closed already", setup.modelId(), Instant.now());
    }

    private boolean correct(Memory series, StepMean step, @Nullable SeriesRule rule) {
        return forecaster.correct(
                series, step.timeMillis(), step.value(), rule == null ? null : rule.at(step.timeMillis()), answer);
    }
}
