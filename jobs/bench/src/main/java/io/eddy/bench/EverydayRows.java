package io.eddy.bench;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import io.eddy.model.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of each {@link EverydayMetric}: events among 10,000 steps, by the age of the series. None of them is a fault. */
final class EverydayRows {
    private static final int SERIES = 40;
    /** Ages, in steps, from which to which events are counted. */
    private static final int[] AGES = {48, 216, 432, 1000, 3000};

    private EverydayRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (EverydayMetric metric : EverydayMetric.values()) {
            String side = "everyday/" + metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
            int[] events = events(metric);
            for (int i = 0; i < events.length; i++) {
                double share = 1e4 * events[i] / (SERIES * (AGES[i + 1] - AGES[i]));
                String name = "events_steps_" + AGES[i] + "_to_" + AGES[i + 1];
                rows.add(Row.of(AnomaliesBench.NAME, side, name, share, "per 10,000 steps"));
            }
        }
        return rows;
    }

    /** Events that open, by age. */
    private static int[] events(EverydayMetric metric) {
        Forecaster forecaster = EddyDetector.forecaster(EddyDetector.LEAN, Scoring.USUAL);
        Answer answer = new Answer(1);
        int[] events = new int[AGES.length - 1];
        for (int seed = 0; seed < SERIES; seed++) {
            Memory memory = new Memory();
            double[] y = metric.series(seed, AGES[AGES.length - 1]);
            int age = 0;
            for (int t = 0; t < y.length; t++) {
                forecaster.step(memory, EddyDetector.SHIPPED, t * BenchSeries.HOUR, y[t], answer);
                age += t == AGES[age + 1] ? 1 : 0;
                events[age] += t >= AGES[0] && answer.change == Incident.Change.OPEN ? 1 : 0;
            }
        }
        return events;
    }
}
