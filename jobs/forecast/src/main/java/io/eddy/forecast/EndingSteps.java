package io.eddy.forecast;

import io.eddy.Score;
import io.eddy.connectors.Fields;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import io.eddy.model.OpenSteps;
import io.eddy.model.Shadow;
import io.eddy.model.StepBatch;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private record Ending(
            String key,
            StepMean step,
            PackedMemory kept,
            @Nullable SeriesRule rule) {}

    private final ForecastSetup setup;
    private final StepBatch batch;
    private final KeptMemories memories;
    private final LateReadings late;
    private final Telling telling;
    /** In the order of the batch. */
    private final List<Ending> endings = new ArrayList<>();

    private final SpareMemories spares = new SpareMemories();
    /** [covariates]: those of the step that ends. */
    private final double[] covariates;

    EndingSteps(ForecastSetup setup, Forecaster forecaster, KeptMemories memories, LateReadings late, Telling telling) {
        this.setup = setup;
        this.memories = memories;
        this.late = late;
        this.telling = telling;
        batch = new StepBatch(forecaster, setup.options().horizon());
        covariates = new double[setup.fields().covariates().size()];
    }

    /** Adds the step of a series that began then: no reading of it can come any more. */
    void add(String key, PackedMemory kept, long start, Steering.InForce inForce) throws IOException {
        Memory series = spares.unpack(kept); // its own until the batch has run
        StepMean step = close(series, key, start);
        Shadow shadow = inForce.shadow();
        series.follow(shadow != null && shadow.takes(step.series()) ? shadow : null);
        SeriesRule rule = inForce.rules().of(step);
        batch.add(
                series,
                step.timeMillis(),
                step.value(),
                step.readings(),
                setup.emission().wants(series, step),
                rule == null ? null : rule.at(step.timeMillis()));
        endings.add(new Ending(key, step, kept, rule));
    }

    private StepMean close(Memory series, String key, long start) {
        OpenSteps open = series.inbox().open();
        open.covariates(start, covariates);
        series.covariates(setup.options().inputs().covariates(), covariates);
        int readings = open.readings(start);
        double value = open.close(start, setup.stepMillis());
        return new StepMean(
                Fields.series(key), setup.fields().target(key), series.inbox().labels(), start, value, readings);
    }

    boolean isFull() {
        return batch.isFull();
    }

    /** Steps the series, keeps what has become of them, and tells it. */
    void run(Steering.InForce inForce, StepTimers timers, ForecastFunction.OnTimerContext context, Collector<Score> out)
            throws Exception {
        if (endings.isEmpty()) {
            return;
        }
        List<Memory> stepped = batch.run(inForce.champion(), inForce.shadow());
        Instant now = Instant.now();
        for (int i = 0; i < stepped.size(); i++) {
            Ending ending = endings.get(i);
            Memory series = stepped.get(i);
            Answer answer = batch.answer(i);
            late.keep(series, ending.step(), answer);
            memories.keep(ending.key(), ending.kept().pack(series));
            // A series falls silent with all its targets, which the first of them tells.
            if (answer.listenMillis != Listener.NEVER && Fields.isFirst(ending.key())) {
                timers.register(answer.listenMillis, ending.key(), null);
            }
            telling.step(ending.step(), answer, series.incident(), ending.rule(), now, context, out);
            telling.forecast(ending.step(), batch, i, inForce.champion(), context);
            spares.add(series);
        }
        endings.clear();
    }
}
