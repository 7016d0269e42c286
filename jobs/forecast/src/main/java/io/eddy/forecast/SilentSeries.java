package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Score;
import io.eddy.connectors.Fields;
import io.eddy.connectors.StepMean;
import io.eddy.model.Answer;
import io.eddy.model.Incident;
import io.eddy.model.Listener;
import io.eddy.model.Memory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.util.Collector;

/** Asks series of which no step ends whether they have fallen silent, and tells of those that have. */
final class SilentSeries {
    private final ForecastSetup setup;
    private final Listener listener;
    private final KeptMemories memories;
    private final Telling telling;
    /** What is said of a series that is silent. */
    private final Answer aside;

    SilentSeries(ForecastSetup setup, KeptMemories memories, Telling telling) {
        this.setup = setup;
        this.memories = memories;
        this.telling = telling;
        listener = new Listener(setup.options());
        aside = new Answer(setup.options().horizon());
    }

    /** When a series is to be asked; {@link Listener#NEVER} for never. */
    long nextMillis(PackedMemory series) throws IOException {
        return listener.nextMillis(series.unpack());
    }

    /**
     * Asks one series, whose key is set, at the time of its timer; at the end of a bounded input none is silent.
     *
     * @param kept where its memory is
     */
    void ask(
            String key,
            PackedMemory kept,
            Steering.InForce inForce,
            ForecastFunction.OnTimerContext context,
            Collector<Score> out)
            throws Exception {
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        long millis = context.timestamp();
        Memory series = kept.unpack();
        String target = setup.fields().target(key);
        StepMean newest = new StepMean(
                Fields.series(key), target, series.inbox().labels(), millis - setup.stepMillis(), Double.NaN, 0);
        SeriesRule rule = inForce.rules().of(newest);
        List<Event> closed = GoneSeries.closed(key, target, series);
        boolean isDue = listener.nextMillis(series) <= millis;
        long next = listener.ask(
                series, inForce.champion(), millis, rule == null ? null : rule.at(newest.timeMillis()), aside);
        if (next != Listener.NEVER) {
            context.timerService().registerEventTimeTimer(next);
        }
        if (aside.change != Incident.Change.NONE) {
            closed.forEach(event -> context.output(ForecastFunction.EVENTS, event));
        }
        if (aside.rawScore > 0) {
            telling.step(newest, aside, series.incident(), rule, Instant.now(), context, out);
        }
        if (isDue) { // else it has been heard of, and nothing has changed
            memories.keep(key, kept.pack(series));
        }
    }
}
