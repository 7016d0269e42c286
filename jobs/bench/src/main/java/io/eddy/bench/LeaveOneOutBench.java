package io.eddy.bench;

import io.eddy.model.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Whether the numbers of {@link Scoring} carry over: each set with those that are best for the other sets. One number at a time is varied around what
 * ships; for each set that is left out, every number takes the value with which the others do best, and all of them together are tried.
 *
 * <p>Best is the highest mean over the other sets of half the {@link ScoredSet#criterion} at a set's best threshold and half of it at a score of 1.
 */
final class LeaveOneOutBench implements Bench {
    private final Path data;

    LeaveOneOutBench(Path data) {
        this.data = data;
    }

    @Override
    public String says() {
        return "Anomalies found on each set in " + data + " with the scoring that is best for the other sets.";
    }

    /** One of the numbers, and the values to try; what ships is among them. */
    private record Number(String name, double[] values, BiFunction<Scoring, Double, Scoring> with) {}

    private static final List<Number> NUMBERS = List.of(
            new Number(
                    "norm",
                    new double[] {1, 1.5, 3},
                    (s, x) -> new Scoring(s.channels(), x, s.habit(), s.hold(), s.stronger(), s.range())),
            new Number(
                    "habit",
                    new double[] {0, 0.5, 1, 2},
                    (s, x) -> new Scoring(s.channels(), s.norm(), x, s.hold(), s.stronger(), s.range())),
            new Number(
                    "hold",
                    new double[] {0.25, 0.5, 1},
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), x, s.stronger(), s.range())),
            new Number(
                    "stronger",
                    new double[] {1, 1.3, 1.7},
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), s.hold(), x, s.range())),
            new Number(
                    "range",
                    new double[] {0.5, 1, 2},
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), s.hold(), s.stronger(), x)));

    /** What one scoring reaches, by set: the criterion, and the figures. */
    private record Reached(Map<String, Double> criteria, Map<String, List<Row>> rows) {
        double without(String left) {
            return criteria.entrySet().stream()
                    .filter(one -> !one.getKey().equals(left))
                    .mapToDouble(Map.Entry::getValue)
                    .average()
                    .orElseThrow();
        }
    }

    private final Map<Scoring, Reached> reached = new LinkedHashMap<>();

    @Override
    public List<Row> run(Log log) throws Exception {
        Map<String, List<LabelledSeries>> sets = LabelledSets.in(data);
        if (sets.size() < 2) {
            throw new IllegalArgumentException(
                    "--data: expected two sets or more to leave one out, found " + sets.keySet());
        }
        for (Number number : NUMBERS) {
            for (double value : number.values) {
                reach(number.with.apply(Scoring.USUAL, value), sets, log);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (String left : sets.keySet()) {
            add(left, "eddy", reach(Scoring.USUAL, sets, log), rows);
            Scoring chosen = Scoring.USUAL;
            for (Number number : NUMBERS) {
                chosen = number.with.apply(chosen, best(number, left, sets, log));
            }
            add(left, "chosen-on-others:" + text(chosen), reach(chosen, sets, log), rows);
        }
        reached.forEach((scoring, all) ->
                rows.add(AnomaliesBench.row("all/" + text(scoring), "criterion", all.without("none"), null)));
        return rows;
    }

    /** The value that is best for all sets but one. */
    private double best(Number number, String left, Map<String, List<LabelledSeries>> sets, Log log) {
        double best = Double.NaN;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : number.values) {
            double now =
                    reach(number.with.apply(Scoring.USUAL, value), sets, log).without(left);
            if (now > most) {
                most = now;
                best = value;
            }
        }
        return best;
    }

    private Reached reach(Scoring scoring, Map<String, List<LabelledSeries>> sets, Log log) {
        Reached known = reached.get(scoring);
        if (known != null) {
            return known;
        }
        long began = System.nanoTime();
        Detector detector = new EddyDetector(EddyDetector.NAME, EddyDetector.NO_NETWORK, EddyDetector.LEAN, scoring);
        Reached now = new Reached(new LinkedHashMap<>(), new LinkedHashMap<>());
        sets.forEach((set, series) -> {
            ScoredSet scored = ScoredSet.of(set, series, detector);
            Map<String, Double> best = scored.best();
            Map<String, Double> at = scored.at(AnomaliesBench.CONFIGURED);
            now.criteria.put(set, 0.5 * (ScoredSet.criterion(best) + ScoredSet.criterion(at)));
            List<Row> rows = new ArrayList<>();
            best.forEach((metric, value) -> rows.add(AnomaliesBench.row(set, metric, value, null)));
            if (scored.hasThreshold()) {
                at.forEach((metric, value) -> rows.add(AnomaliesBench.row(set, metric + "_at_1", value, null)));
            }
            now.rows.put(set, rows);
        });
        reached.put(scoring, now);
        double seconds = (System.nanoTime() - began) / 1e9;
        log.line(String.format(
                Locale.ROOT, "%s: %.4f %s, %.1f s", text(scoring), now.without("none"), now.criteria, seconds));
        return now;
    }

    private static void add(String set, String side, Reached all, List<Row> rows) {
        String named = set + "/" + side;
        for (Row row : all.rows.getOrDefault(set, List.of())) {
            rows.add(AnomaliesBench.row(named, row.metric(), row.value(), null));
        }
        rows.add(AnomaliesBench.row(named, "criterion", all.criteria.getOrDefault(set, Double.NaN), null));
    }

    /** norm/habit/hold/stronger/range. */
    private static String text(Scoring s) {
        return s.norm() + "/" + s.habit() + "/" + s.hold() + "/" + s.stronger() + "/" + s.range();
    }
}
