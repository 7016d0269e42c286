package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.Rule;
import io.eddy.RuleDirection;
import io.eddy.Weekday;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFileTest {
    @TempDir
    Path folder;

    @Test
    void theExampleIsRead() {
        List<Rule> rules = RuleFile.read(Path.of("../configs/rules.yaml"));

        assertThat(rules).extracting(Rule::getId).containsExactly("00-fleet", "10-latency", "20-backup", "90-retired");
        assertThat(rules.get(0))
                .returns(0.2, Rule::getMinDeviationRelative)
                .returns(2, Rule::getK)
                .returns(3, Rule::getN)
                .returns(null, Rule::getDirection);
        assertThat(rules.get(1))
                .returns(Map.of("site", "north"), Rule::getLabels)
                .returns(RuleDirection.above, Rule::getDirection)
                .returns(5.0, Rule::getMinDeviationAbsolute)
                .returns(1e-5, Rule::getFalseAlarmRate);
        assertThat(rules.get(2).getMaintenance()).hasSize(2);
        assertThat(rules.get(2).getMaintenance().get(0).getDays()).containsExactly(Weekday.saturday, Weekday.sunday);
        assertThat(rules.get(2).getMaintenance().get(1).getFrom()).isEqualTo(Instant.parse("2026-03-01T20:00:00Z"));
        assertThat(rules.get(3).getSilenced()).isTrue();
    }

    @Test
    void whatIsReadPassesThroughAvro() {
        AvroCodec<Rule> codec = new AvroCodec<>(Rule.class);
        assertThat(RuleFile.read(Path.of("../configs/rules.yaml")))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(codec.decode(codec.encode(rule))).hasToString(rule.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{series: a} | rule 1: id: expected string, found nothing",
                "{id: a, series: '('} | rule a: series: expected a regular expression, found (",
                "{id: a, direktion: above} | rule a: direktion: expected one of [comment, direction",
                "{id: a, direction: up} | rule a: direction: expected one of [above, below, both], found up",
                "{id: a, min_deviation_absolute: -1} | rule a: min_deviation_absolute: expected 0 or more, found -1.0",
                "{id: a, min_deviation_relative: much} | rule a: min_deviation_relative: expected double, found",
                "{id: a, k: 2} | rule a: n: expected a number beside k, found none",
                "{id: a, k: 4, n: 3} | rule a: k: expected 1 to n, which is 3, found 4",
                "{id: a, k: 4, n: 65} | rule a: n: expected 1 to 64 values, found 65",
                "{id: a, false_alarm_rate: 0.5} | rule a: false_alarm_rate: expected 1e-9 to 0.019, found 0.5",
                "{id: a, maintenance: [{}]} | rule a: maintenance: expected either from and to, or start",
                "{id: a, maintenance: [{from: 2026-01-01T00:00:00Z}]} | rule a: to: expected a time beside from, found none",
                "{id: a, maintenance: [{from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z}]} | rule a: to: expected a time after from",
                "{id: a, maintenance: [{start: '25:00', duration_minutes: 5}]} | rule a: start: expected a time of day such as 02:30",
                "{id: a, maintenance: [{start: '02:00'}]} | rule a: duration_minutes: expected 1 to 10080 minutes, found none",
                "{id: a, maintenance: [{start: '02:00', duration_minutes: 5, zone: Berlin}]} | rule a: zone: expected a time zone",
                "{id: a, maintenance: [{every: day}]} | rule a: every: expected one of [days, duration_minutes",
                "{id: a}, {id: a} | rule a: id: expected one of its own, found it twice",
                "5 | rule 1: rule: expected keys and values, found 5",
            })
    void aMistakeIsNamedWithItsRule(String rules, String message) throws IOException {
        assertThatThrownBy(() -> read("rules: [" + rules + "]")).hasMessageStartingWith(message);
    }

    @Test
    void theFirstMistakeSaysHowManyMoreThereAre() {
        assertThatThrownBy(() -> read("rules: [{id: a, n: 3}, {id: b, k: 3}]"))
                .hasMessage("rule a: k: expected a number beside n, found none (" + folder.resolve("rules.yaml")
                        + ", and 1 more, see eddy validate)");
    }

    @Test
    void anIdThatIsThereTwiceIsToldThoughTheFirstRuleOfItIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("rules.yaml"), "rules: [{id: a, n: 3}, {id: a}]");
        assertThat(RuleFile.mistakes(file))
                .containsExactly(
                        "rule a: k: expected a number beside n, found none (" + file + ")",
                        "rule a: id: expected one of its own, found it twice (" + file + ")");
    }

    @Test
    void aFileThatIsNoneIsAnError() throws IOException {
        assertThatThrownBy(() -> RuleFile.read(folder.resolve("none.yaml")))
                .hasMessageStartingWith("rules.file: expected a readable file, found ");
        assertThatThrownBy(() -> read("rules: ["))
                .hasMessageStartingWith("rules.file: expected YAML, found a mistake: ");
        assertThatThrownBy(() -> read("")).hasMessageStartingWith("rules.file: expected keys and values");
        assertThatThrownBy(() -> read("rules: 5")).hasMessageStartingWith("rules: expected a list of rules, found 5");
        assertThatThrownBy(() -> read("rule: []")).hasMessageStartingWith("rule: expected one of [rules]");
    }

    private List<Rule> read(String yaml) throws IOException {
        return RuleFile.read(Files.writeString(folder.resolve("rules.yaml"), yaml));
    }
}
