package io.eddy.bench;

import io.eddy.model.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Whether the numbers of {@link Scoring} carry over: each set with those that are best for the other sets. One number at a time is varied around what
 * ships; for each set that is left out, every number takes the value with which the others do best, and all of them together are tried.
 *
 * <p>Best is the highest mean over the other sets of half the {@link ScoredSet#criterion} at a set's best threshold and half of it at a score of 1, without
 * the network, which matters little here and takes most of the time.
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
    private record Choice(
            String name, double[] values, Function<Scoring, Double> of, BiFunction<Scoring, Double, Scoring> with) {}

    private static final List<Choice> CHOICES = List.of(
            new Choice(
                    "norm",
                    new double[] {1, 1.5, 3},
                    Scoring::norm,
                    (s, x) -> new Scoring(s.channels(), x, s.habit(), s.hold(), s.stronger(), s.range())),
            new Choice(
                    "habit",
                    new double[] {1, 2, 4},
                    Scoring::habit,
                    (s, x) -> new Scoring(s.channels(), s.norm(), x, s.hold(), s.stronger(), s.range())),
            new Choice(
                    "hold",
                    new double[] {0.25, 0.5, 1},
                    Scoring::hold,
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), x, s.stronger(), s.range())),
            new Choice(
                    "stronger",
                    new double[] {1, 1.3, 1.7},
                    Scoring::stronger,
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), s.hold(), x, s.range())),
            new Choice(
                    "range",
                    new double[] {0.4, 0.8, 1.6},
                    Scoring::range,
                    (s, x) -> new Scoring(s.channels(), s.norm(), s.habit(), s.hold(), s.stronger(), x)));

    /** By scoring and set, over the thinned sets. */
    private final Map<Scoring, Map<String, Double>> criteria = new LinkedHashMap<>();

    @Override
    public List<Row> run(Log log) throws Exception {
        Map<String, List<LabelledSeries>> sets = LabelledSets.in(data);
        if (sets.size() < 2) {
            throw new IllegalArgumentException(
                    "--data: expected two sets or more to leave one out, found " + sets.keySet());
        }
        Map<String, List<LabelledSeries>> thinned = LabelledSets.thinned(sets);
        for (Choice choice : CHOICES) {
            for (double value : choice.values) {
                weigh(choice.with.apply(Scoring.USUAL, value), thinned, log);
            }
        }
        List<Row> rows = new ArrayList<>();
        sets.forEach((left, series) -> {
            Scoring chosen = chosen(left);
            log.line(left + ": on the others " + text(chosen) + " is best");
            rows.addAll(rows(left + "/" + EddyDetector.NAME, score(Scoring.USUAL, left, series)));
            rows.addAll(rows(left + "/chosen-on-others", score(chosen, left, series)));
            for (Choice choice : CHOICES) {
                rows.add(Row.of(
                        AnomaliesBench.NAME, left + "/chosen-on-others", choice.name, choice.of.apply(chosen), ""));
            }
        });
        criteria.forEach((scoring, all) ->
                rows.add(AnomaliesBench.row("all/" + text(scoring), "criterion", without(all, "none"), null)));
        return rows;
    }

    /** Each number as it is best for all sets but one. */
    private Scoring chosen(String left) {
        Scoring chosen = Scoring.USUAL;
        for (Choice choice : CHOICES) {
            double best = choice.of.apply(Scoring.USUAL);
            double most = Double.NEGATIVE_INFINITY;
            for (double value : choice.values) {
                Map<String, Double> reached = criteria.getOrDefault(choice.with.apply(Scoring.USUAL, value), Map.of());
                if (without(reached, left) > most) {
                    most = without(reached, left);
                    best = value;
                }
            }
            chosen = choice.with.apply(chosen, best);
        }
        return chosen;
    }

    private static double without(Map<String, Double> criteria, String left) {
        return criteria.entrySet().stream()
                .filter(one -> !one.getKey().equals(left))
                .mapToDouble(Map.Entry::getValue)
                .average()
                .orElseThrow();
    }

    private void weigh(Scoring scoring, Map<String, List<LabelledSeries>> sets, Log log) {
        if (criteria.containsKey(scoring)) {
            return;
        }
        long began = System.nanoTime();
        Map<String, Double> reached = new LinkedHashMap<>();
        sets.forEach((set, series) -> {
            ScoredSet scored = score(scoring, set, series);
            double best = ScoredSet.criterion(scored.best());
            reached.put(set, 0.5 * (best + ScoredSet.criterion(scored.at(AnomaliesBench.CONFIGURED))));
        });
        criteria.put(scoring, reached);
        double seconds = (System.nanoTime() - began) / 1e9;
        double mean = without(reached, "none");
        log.line(String.format(Locale.ROOT, "%s: %.4f %s, %.1f s", text(scoring), mean, reached, seconds));
    }

    private static ScoredSet score(Scoring scoring, String set, List<LabelledSeries> series) {
        Detector detector = new EddyDetector(EddyDetector.NAME, EddyDetector.NO_NETWORK, EddyDetector.LEAN, scoring);
        return ScoredSet.of(set, series, detector);
    }

    private static List<Row> rows(String side, ScoredSet scored) {
        List<Row> rows = new ArrayList<>();
        scored.best().forEach((metric, value) -> rows.add(AnomaliesBench.row(side, metric, value, null)));
        if (scored.hasThreshold()) {
            scored.at(AnomaliesBench.CONFIGURED)
                    .forEach((metric, value) -> rows.add(AnomaliesBench.row(side, metric + "_at_1", value, null)));
        }
        return rows;
    }

    /** norm/habit/hold/stronger/range. */
    private static String text(Scoring s) {
        return s.norm() + "/" + s.habit() + "/" + s.hold() + "/" + s.stronger() + "/" + s.range();
    }
}
