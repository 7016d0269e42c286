package io.eddy.cli.evaluate;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The outcome of a set as text. */
final class EvaluationTable {
    /** What the columns are, for people who see them for the first time. */
    static final String LEGEND = """

            Lower is better but for coverage. mase, smape, wql and msis are means over the series; mase50 is the median MASE, which a series that
            hardly changed before the judged part does not move; ratio is the geometric mean of the error beside the seasonal naive forecast's.
            cover95 is the share within the 95 % interval, off95 how far that is from .95 for a series on average, w95@24 the share in the worst
            500 intervals in a row, 24 steps ahead, width@24 the width beside a sliding-window conformal interval's,
            and score@24 the interval score beside its.
            """;

    private EvaluationTable() {}

    static String of(Evaluation.Result result) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%s: %d series, %d steps, %.2f us per step, %.0f bytes per series%n",
                result.set(),
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
        append(text, result.metrics());
        result.targets().forEach((metric, target) -> text.append(target(metric, target, result)));
        text.append("MASE of the forecasts issued while a series had so many values\n");
        append(text, result.young());
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

    private static void append(StringBuilder text, Map<String, Map<String, Double>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        int width = 10;
        for (Map.Entry<String, Map<String, Double>> row : rows.entrySet()) {
            columns.addAll(row.getValue().keySet());
            width = Math.max(width, row.getKey().length());
        }
        text.append(" ".repeat(width));
        columns.forEach(column -> text.append(String.format(Locale.ROOT, "%10s", column)));
        text.append('\n');
        for (Map.Entry<String, Map<String, Double>> row : rows.entrySet()) {
            if (row.getValue().isEmpty()) {
                continue;
            }
            text.append(row.getKey()).append(" ".repeat(width - row.getKey().length()));
            for (String column : columns) {
                Double value = row.getValue().get(column);
                text.append(
                        value == null
                                ? " ".repeat(10)
                                : String.format(
                                        Locale.ROOT,
                                        value >= 1000 ? "%10.0f" : value < 0.05 ? "%10.2g" : "%10.3f",
                                        value));
            }
            text.append('\n');
        }
    }
}
