package io.eddy.forecast;

import static io.eddy.forecast.TestingRules.once;
import static io.eddy.forecast.TestingRules.rule;
import static io.eddy.forecast.TestingRules.silence;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Rule;
import io.eddy.RuleDirection;
import io.eddy.connectors.StepMean;
import io.eddy.model.AlarmRule;
import io.eddy.model.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private static StepMean step(String series, Map<String, String> labels) {
        return new StepMean(series, labels, NOON, 1);
    }

    private static StepMean step(String series) {
        return step(series, Map.of());
    }

    private static SeriesRule of(Rule... rules) {
        return Objects.requireNonNull(new Rules(List.of(rules), 60_000).of(step("db/cpu")));
    }

    @Test
    void aRuleIsOfTheSeriesWhoseWholeNameItMatches() {
        Rules rules = new Rules(List.of(rule("a").setSeries("db/.*").build()), 0);
        assertThat(rules.of(step("db/cpu"))).isNotNull();
        assertThat(rules.of(step("web/db/cpu"))).isNull();
        assertThat(new Rules(List.of(), 0).of(step("db/cpu"))).isNull();
    }

    @Test
    void anExpressionThatIsTooDeepForALongNameMatchesNothingAndTheOtherRulesHold() {
        Rules rules = new Rules(
                List.of(
                        rule("10")
                                .setSeries("(x|y)*")
                                .setDirection(RuleDirection.above)
                                .build(),
                        rule("20").setSeries("x.*").setMinDeviationRelative(0.2).build()),
                0);
        assertThat(Objects.requireNonNull(rules.of(step("xy".repeat(5000)))).at(NOON))
                .isEqualTo(new AlarmRule(false, 0, 0, 0.2, 1, 1, 0));
        assertThat(Objects.requireNonNull(rules.of(step("xy"))).at(NOON))
                .isEqualTo(new AlarmRule(false, 1, 0, 0.2, 1, 1, 0));
    }

    @Test
    void aRuleIsOfTheSeriesThatHaveAllItsLabels() {
        Rules rules = new Rules(
                List.of(rule("a")
                        .setLabels(Map.of("site", "north", "tier", "1"))
                        .build()),
                0);
        assertThat(rules.of(step("a", Map.of("site", "north", "tier", "1", "more", "x"))))
                .isNotNull();
        assertThat(rules.of(step("b", Map.of("site", "north")))).isNull();
        assertThat(rules.of(step("c", Map.of("site", "north", "tier", "2")))).isNull();
        assertThat(rules.of(step("c", Map.of("site", "north", "tier", "1"))))
                .as("a series whose labels have changed")
                .isNotNull();
    }

    @Test
    void eachFieldIsThatOfTheLastRuleThatSetsIt() {
        SeriesRule both = of(
                rule("20").setMinDeviationRelative(0.05).setK(1).setN(1).build(),
                rule("10")
                        .setDirection(RuleDirection.above)
                        .setMinDeviationRelative(0.2)
                        .setMinDeviationAbsolute(3.0)
                        .setK(2)
                        .setN(3)
                        .setFalseAlarmRate(1e-5)
                        .build());
        assertThat(both.at(NOON)).isEqualTo(new AlarmRule(false, 1, 3, 0.05, 1, 1, 1e-5));
        assertThat(both.heldBy(Hold.DIRECTION, NOON)).isEqualTo("10");
        assertThat(both.heldBy(Hold.ABSOLUTE, NOON)).isEqualTo("10");
        assertThat(both.heldBy(Hold.RELATIVE, NOON)).isEqualTo("20");
        assertThat(both.heldBy(Hold.K_OF_N, NOON)).isEqualTo("20");
    }

    @Test
    void maintenanceAndSilenceHoldWhereAnyRuleSaysSo() {
        Rule night = rule("10")
                .setMaintenance(List.of(once("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z")))
                .build();
        SeriesRule maintained = of(night, rule("20").build());
        assertThat(maintained.at(NOON).silent()).isTrue();
        assertThat(maintained.heldBy(Hold.SILENT, NOON)).isEqualTo("10");
        assertThat(maintained.reason(Hold.SILENT)).isEqualTo("in maintenance");
        assertThat(maintained.at(NOON + 3_600_000).silent()).isFalse();

        SeriesRule silenced = of(silence("10"), rule("20").build());
        assertThat(silenced.at(NOON).silent()).isTrue();
        assertThat(silenced.heldBy(Hold.SILENT, NOON)).isEqualTo("10");
    }

    @Test
    void ofRulesWithTheSameIdTheLastCounts() {
        assertThat(of(silence("a"), rule("a").build()).at(NOON).silent()).isFalse();
    }

    @Test
    void aRuleMayBeOfOneTarget() {
        Rules rules = new Rules(
                List.of(rule("a").setTarget("memory").setSilenced(true).build()), 60_000);
        assertThat(rules.of("s", "memory", Map.of())).isNotNull();
        assertThat(rules.of("s", "cpu", Map.of())).isNull();
        assertThat(rules.of("s", "memory", Map.of())).isNotNull();
    }
}
