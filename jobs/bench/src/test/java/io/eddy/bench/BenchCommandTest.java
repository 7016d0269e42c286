package io.eddy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("kernel", "nonsense");
        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("bench: expected one of kernel, ")
                .hasMessageEndingWith(", anomalies, found nonsense");
    }

    @Test
    void theHelpNamesEveryBench() {
        String help = new CommandLine(new BenchCommand()).getUsageMessage().replaceAll("\\s+", " ");
        assertThat(help).contains("kernel, function, train,").contains(", scale, anomalies; anomalies needs --data.");
    }

    @Test
    void aFolderWithoutLabelledSetsIsRefusedBeforeAnythingIsMeasured(@TempDir Path folder) {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("kernel", "anomalies", "--data", folder.toString());
        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--data: expected a folder with nab, kpi, ucr, tods or asd, found " + folder);
    }

    @Test
    void anomaliesNeedAFolder() {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("kernel", "anomalies");
        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--data: expected the folder of the labelled sets, found none");
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured() {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("scale", "--json", "nowhere/figures.json");
        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--json: expected a file in a folder that is there, found nowhere/figures.json");
    }

    @Test
    void tooFewSecondsAreRefused() {
        BenchCommand command = new BenchCommand();
        new CommandLine(command).parseArgs("scale", "--seconds", "3");
        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--seconds: expected 20 or more")
                .hasMessageEndingWith(", found 3");
    }

    @Test
    void figuresOfRoundsBecomeOneRowForEachSideAndMetric() {
        Figures figures = new Figures("job");
        figures.add("ours", "pace", "1/s", 30);
        figures.add("theirs", "pace", "1/s", 100);
        figures.add("ours", "pace", "1/s", 50);
        figures.add("ours", "load", "1/s", 7);

        assertThat(figures.median("ours", "pace")).isEqualTo(40);
        assertThat(figures.rows())
                .extracting(Row::side, Row::metric, Row::value)
                .containsExactly(
                        tuple("ours", "pace", 40.0), tuple("theirs", "pace", 100.0), tuple("ours", "load", 7.0));
        assertThat(figures.rows().stream().map(row -> figures.against(row, "theirs")))
                .extracting(Row::ratioTo, Row::ratio)
                .containsExactly(tuple("theirs", 0.4), tuple("theirs", 1.0), tuple(null, null));
    }

    @Test
    void aRowInJsonHasTheFieldsThatOthersRead() {
        Row theirs = Row.of("kernel", "dl4j-h64", "cpu_per_step", 400, "us");
        Row ours = new Spread(2, 1.5, 3)
                .row("kernel", "eddy-h64", "cpu_per_step", "us")
                .against(theirs);
        JsonNode json = new ObjectMapper().valueToTree(List.of(ours)).get(0);
        assertThat(json.properties())
                .extracting(Map.Entry::getKey, field -> field.getValue().asText())
                .containsExactly(
                        tuple("bench", "kernel"),
                        tuple("case", "eddy-h64"),
                        tuple("metric", "cpu_per_step"),
                        tuple("value", "2.0"),
                        tuple("unit", "us"),
                        tuple("ratio_to", "dl4j-h64"),
                        tuple("ratio", "0.005"),
                        tuple("low", "1.5"),
                        tuple("high", "3.0"));
    }

    @Test
    void aSpreadHoldsTheMedianAndBothEnds() {
        assertThat(Spread.of(5, 1, 3)).isEqualTo(new Spread(3, 1, 5));
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(2, 1, 4).into(8)).isEqualTo(new Spread(4, 2, 8));
    }

    @Test
    void theAreaUnderTheCurveCountsEqualOnesHalf() {
        assertThat(ClassifierBench.area(List.of(3.0, 4.0), List.of(1.0, 2.0))).isEqualTo(1);
        assertThat(ClassifierBench.area(List.of(1.0, 3.0), List.of(1.0, 2.0, 3.0, 0.0)))
                .isEqualTo((1.5 + 3.5) / 8);
        assertThat(ClassifierBench.area(List.of(0.0), List.of(0.0, 0.0))).isEqualTo(0.5);
    }
}
