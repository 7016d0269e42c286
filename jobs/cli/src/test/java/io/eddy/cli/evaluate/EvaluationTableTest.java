package io.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {
    /** As wide as a terminal is by itself. */
    private static final int COLUMNS = 80;

    private static Map<String, Double> row(String... names) {
        Map<String, Double> row = new LinkedHashMap<>();
        for (String name : names) {
            row.put(name, 0.5);
        }
        return row;
    }

    private static Evaluation.Result result(int beginnings) {
        Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
        metrics.put(
                "eddy",
                row(
                        "mase",
                        "mase50",
                        "smape",
                        "mse@96",
                        "wql",
                        "ratio",
                        "msis",
                        "cover80",
                        "cover95",
                        "off80",
                        "off95",
                        "w80@1",
                        "w95@1",
                        "width@1",
                        "score@1",
                        "w80@24",
                        "w95@24",
                        "width@24",
                        "score@24"));
        metrics.put("weeks-persistent", row("mase", "mase50", "smape", "mse@96", "wql", "ratio"));
        metrics.put("absent", Map.of());
        Map<String, Map<String, Double>> young = Map.of("eddy", row("1-10", "11-40", "season 1", "season 2"));
        return new Evaluation.Result("set", 2, beginnings, 1000, 0, 0, 60, 2000, metrics, young, Map.of("w95@1", 0.9));
    }

    @Test
    void whatIsOfOneForecasterAloneHasTablesOfItsOwn() {
        List<String> lines = EvaluationTable.of(result(2)).lines().toList();
        assertThat(lines)
                .anyMatch(line -> line.matches(" +mase +mase50 +smape +mse@96 +wql +ratio"))
                .anyMatch(line -> line.matches(" +msis +cover80 +cover95 +off80 +off95"))
                .anyMatch(line -> line.matches(" +w80@1 +w95@1 +width@1 +score@1"))
                .anyMatch(line -> line.matches(" +w80@24 +w95@24 +width@24 +score@24"))
                .contains("target: w95@1 at least 0.9000, found 0.5000, missed")
                .noneMatch(line -> line.startsWith("absent"));
        assertThat(lines.stream().filter(line -> line.startsWith("weeks-persistent")))
                .hasSize(1);
    }

    @Test
    void theyFitATerminal() {
        assertThat((EvaluationTable.of(result(2)) + EvaluationTable.LEGEND).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
        TierTable.Tier tier = new TierTable.Tier("last,days,profile", true, 2000, 60, 0.7, List.of());
        assertThat(TierTable.of(List.of(tier)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    @Test
    void ofSeriesThatNeverChangeThereIsNoTable() {
        Evaluation.Result constant =
                new Evaluation.Result("set", 1, 1, 800, 0, 0, 60, 2000, Map.of(), Map.of(), Map.of("mase", 1.0));
        assertThat(EvaluationTable.of(constant))
                .endsWith("bytes per series\nno series has changed before the judged part: there is nothing to scale"
                        + " errors by\n");
    }

    @Test
    void beginningsAreNotCalledSeries() {
        assertThat(EvaluationTable.of(result(2))).contains("set: 2 series, 1000 steps\n");
        assertThat(EvaluationTable.of(result(8))).contains("set: 8 beginnings of 2 series, 1000 steps\n");
    }
}
