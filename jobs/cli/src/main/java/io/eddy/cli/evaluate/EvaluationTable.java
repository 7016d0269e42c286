package io.eddy.cli.evaluate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The outcome of a set as text. */
final class EvaluationTable {
    /** What the columns are, for people who see them for the first time. */
    static final String LEGEND = """

            Lower is better but for coverage. mase, smape, wql and msis are means over the
            series, or over all their beginnings; mase50 is the median MASE, which a series
            that hardly changed before the judged part does not move; ratio is the geometric
            mean of the error beside the seasonal naive forecast's. cover95 is the share
            within the 95 % interval, off95 how far that is from .95 for a series on
            average, w95@24 the share in the worst 500 intervals in a row, 24 steps ahead,
            width@24 the width beside a sliding-window conformal interval's, and score@24
            the interval score beside its.
            """;

    private EvaluationTable() {}

    static String of(Evaluation.Result result) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%s: %s%d series, %d steps%n%.2f us per step, %.0f bytes per series%n",
                result.set(),
                result.beginnings() == result.series() ? "" : result.beginnings() + " beginnings of ",
                result.series(),
                result.steps(),
                result.microsPerStep(),
                result.bytesPerSeries()));
        if (result.rounds() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d versions published in %d rounds of training%n",
                    result.versions(),
                    result.rounds()));
        }
        if (result.metrics().isEmpty()) {
            return text.append("no series has changed before the judged part: there is nothing to scale errors by\n")
                    .toString();
        }
        columns(result.metrics()).forEach(columns -> append(text, columns, result.metrics()));
        result.targets().forEach((metric, target) -> text.append(target(metric, target, result)));
        text.append("MASE of the forecasts issued while a series had so many values\n");
        append(text, all(result.young()), result.young());
        return text.toString();
    }

    /** What is aimed at beside what was found. Coverage of the worst stretch is to be high, all else low. */
    private static String target(String metric, double target, Evaluation.Result result) {
        Double found = result.metrics().getOrDefault(Evaluation.EDDY, Map.of()).get(metric);
        if (found == null) {
            throw new IllegalArgumentException("set " + result.set() + ": targets: expected one of "
                    + result.metrics().getOrDefault(Evaluation.EDDY, Map.of()).keySet() + ", found " + metric);
        }
        boolean high = metric.startsWith("w80") || metric.startsWith("w95");
        boolean reached = high ? found >= target : found <= target;
        return String.format(
                Locale.ROOT,
                "target: %s at %s %.4g, found %.4g%s%n",
                metric,
                high ? "least" : "most",
                target,
                found,
                reached ? "" : ", missed");
    }

    /** Of one table each: those that can be compared, then those of one forecaster alone, by the steps ahead that they are of. */
    private static Collection<Set<String>> columns(Map<String, Map<String, Double>> rows) {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        for (String column : all(rows)) {
            boolean shared = rows.values().stream()
                            .filter(row -> row.containsKey(column))
                            .count()
                    > 1;
            String table = shared ? "" : "alone" + column.replaceFirst("^[^@]*", "");
            tables.computeIfAbsent(table, unused -> new LinkedHashSet<>()).add(column);
        }
        return tables.values();
    }

    private static Set<String> all(Map<String, Map<String, Double>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        return columns;
    }

    private static void append(StringBuilder text, Set<String> columns, Map<String, Map<String, Double>> rows) {
        int width = rows.keySet().stream().mapToInt(String::length).reduce(10, Math::max);
        text.append(" ".repeat(width));
        columns.forEach(column -> text.append(String.format(Locale.ROOT, "%10s", column)));
        text.append('\n');
        rows.forEach((name, row) -> {
            if (row.keySet().stream().anyMatch(columns::contains)) {
                String cells = columns.stream()
                        .map(column -> cell(row.get(column)))
                        .collect(Collectors.joining())
                        .stripTrailing();
                text.append(name)
                        .append(" ".repeat(width - name.length()))
                        .append(cells)
                        .append('\n');
            }
        });
    }

    private static String cell(@Nullable Double value) {
        String format = value == null ? "%10s" : value >= 1000 ? "%10.0f" : value < 0.05 ? "%10.2g" : "%10.3f";
        return String.format(Locale.ROOT, format, value == null ? "" : value);
    }
}
