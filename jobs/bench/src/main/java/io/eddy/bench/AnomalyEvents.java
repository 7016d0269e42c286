package io.eddy.bench;

import io.eddy.model.AlarmRule;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import io.eddy.model.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as a person counts them, at a score of 1, with and without a rule that wants a least deviation: how many a series opens a day, how many of
 * them touch no labelled row, and how many of the labelled incidents an event touches, where rows are judged.
 */
final class AnomalyEvents {
    private static final double DAY = 86_400_000;
    private static final AlarmRule A_FIFTH = new AlarmRule(false, 0, 0, 0.2, 1, 1, 0);

    private final Forecaster forecaster = EddyDetector.forecaster(EddyDetector.LEAN, Scoring.USUAL);
    private final Answer answer = new Answer(1);
    private final @Nullable AlarmRule rule;
    private int opened;
    private int touching;
    private int incidents;
    private int found;
    private double days;

    private AnomalyEvents(@Nullable AlarmRule rule) {
        this.rule = rule;
    }

    static List<Row> rows(Map<String, List<LabelledSeries>> sets) {
        List<Row> rows = new ArrayList<>();
        for (String set : List.of("nab", "asd")) {
            List<LabelledSeries> all = sets.getOrDefault(set, List.of());
            if (!all.isEmpty()) {
                add(set + "/eddy", all, null, rows);
                add(set + "/eddy-20-percent", all, A_FIFTH, rows);
            }
        }
        return rows;
    }

    private static void add(String side, List<LabelledSeries> set, @Nullable AlarmRule rule, List<Row> rows) {
        AnomalyEvents events = new AnomalyEvents(rule);
        set.forEach(events::add);
        rows.add(Row.of(AnomaliesBench.NAME, side, "events", events.opened, "events"));
        rows.add(Row.of(AnomaliesBench.NAME, side, "events_per_day", events.opened / events.days, "1/(series day)"));
        rows.add(Row.of(AnomaliesBench.NAME, side, "false_events", events.opened - events.touching, "events"));
        rows.add(Row.of(AnomaliesBench.NAME, side, "incidents_found", events.found, "of " + events.incidents));
    }

    private void add(LabelledSeries series) {
        boolean[] inEvent = new boolean[series.rows()];
        for (double[] values : series.values()) {
            mark(series, values, inEvent);
            days += (series.millis()[series.rows() - 1] - series.millis()[series.firstJudged()]) / DAY;
        }
        int i = series.firstJudged();
        while (i < series.rows()) {
            boolean touched = false;
            int from = i;
            for (; i < series.rows() && series.anomalous()[i]; i++) {
                touched |= inEvent[i];
            }
            incidents += i > from ? 1 : 0;
            found += touched ? 1 : 0;
            i += i == from ? 1 : 0;
        }
    }

    /** Marks the anomalous rows of events, and counts the events that open where rows are judged. */
    private void mark(LabelledSeries series, double[] values, boolean[] inEvent) {
        Memory memory = new Memory();
        boolean counts = false;
        for (int i = 0; i < values.length; i++) {
            forecaster.step(memory, EddyDetector.SHIPPED, series.millis()[i], values[i], 1, true, rule, answer);
            boolean inside = answer.isAnomaly && memory.incident().isOpen();
            inEvent[i] |= inside;
            if (answer.change == Incident.Change.OPEN) {
                counts = i >= series.firstJudged();
                opened += counts ? 1 : 0;
            }
            if (counts && inside && series.anomalous()[i]) {
                touching++;
                counts = false;
            }
        }
    }
}
