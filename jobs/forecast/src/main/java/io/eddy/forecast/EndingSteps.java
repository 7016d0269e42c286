package io.eddy.forecast;

import io.eddy.Score;
import io.eddy.connectors.Fields;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.Shadow;
import io.eddy.model.StepBatch;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Steps that end together, of as many series: added, then judged and stepped as one batch, kept and told. */
final class EndingSteps {
    /**
     * A step.
     *
     * @param key of its series and target
     * @param kept where the memory of its series goes back to
     * @param rule that it is judged by; null for none
     */
    record Ending(
            String key,
            StepMean step,
            PackedMemory kept,
            @Nullable SeriesRule rule) {}

    private final StepBatch batch;
    private final KeyContext keys;
    private final KeptMemories memories;
    private final LateReadings late;
    private final Telling telling;
    /** In the order of the batch. */
    private final List<Ending> endings = new ArrayList<>();

    private final SpareMemories spares = new SpareMemories();

    /** @param keys switches the key of which a timer is */
    EndingSteps(
            Forecaster forecaster,
            int horizon,
            KeyContext keys,
            KeptMemories memories,
            LateReadings late,
            Telling telling) {
        batch = new StepBatch(forecaster, horizon);
        this.keys = keys;
        this.memories = memories;
        this.late = late;
        this.telling = telling;
    }

    /** The memory of a series whose step is added next; it is its own until {@link #run}. */
    Memory unpack(PackedMemory kept) throws IOException {
        return spares.unpack(kept);
    }

    /**
     * Adds a step.
     *
     * @param series what was {@link #unpack}ed from where it is kept
     * @param whole whether the whole horizon is forecast
     */
    void add(Ending ending, Memory series, boolean whole) {
        StepMean step = ending.step();
        SeriesRule rule = ending.rule();
        batch.add(
                series,
                step.timeMillis(),
                step.value(),
                step.readings(),
                whole,
                rule == null ? null : rule.at(step.timeMillis()));
        endings.add(ending);
    }

    boolean isFull() {
        return batch.isFull();
    }

    /** Steps the series, keeps what has become of them, and tells it. */
    void run(
            @Nullable WeightsVersion version,
            @Nullable Shadow shadow,
            ForecastFunction.OnTimerContext context,
            Collector<Score> out)
            throws Exception {
        if (endings.isEmpty()) {
            return;
        }
        List<Memory> stepped = batch.run(version, shadow);
        Instant now = Instant.now();
        for (int i = 0; i < stepped.size(); i++) {
            Ending ending = endings.get(i);
            Memory series = stepped.get(i);
            Answer answer = batch.answer(i);
            late.keep(series, ending.step(), answer);
            memories.keep(ending.key(), ending.kept().pack(series));
            // A series falls silent with all its targets, which the first of them tells.
            if (answer.listenMillis != Listener.NEVER && Fields.isFirst(ending.key())) {
                keys.setCurrentKey(ending.key());
                context.timerService().registerEventTimeTimer(answer.listenMillis);
            }
            telling.step(ending.step(), answer, series.incident(), ending.rule(), now, context, out);
            telling.forecast(ending.step(), batch, i, version, context);
            spares.add(series);
        }
        endings.clear();
    }
}
