package io.eddy.forecast;

import static io.eddy.forecast.TestingRules.once;
import static io.eddy.forecast.TestingRules.rule;
import static io.eddy.forecast.TestingRules.silence;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Rule;
import io.eddy.RuleDirection;
import io.eddy.Score;
import io.eddy.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules in the forecast function: what a spike at minute 60 comes to. */
class RuleStepsTest {
    private static Score spike(List<Rule> rules) throws Exception {
        try (ForecastHarness job = ForecastHarness.withRules(rules, null)) {
            job.run("a", 0, 60);
            Score spike = job.step("a", 60, TestingSignal.SPIKE);
            job.run("a", 61, 66);
            assertThat(job.events())
                    .extracting(Event::getState)
                    .containsExactly(
                            spike.getIsAnomaly()
                                    ? new EventState[] {EventState.open, EventState.close}
                                    : new EventState[0]);
            return spike;
        }
    }

    @Test
    void whatARuleHoldsBackStaysVisible() throws Exception {
        Score told = spike(List.of());
        Score held = spike(List.of(silence("quiet")));

        assertThat(held)
                .returns(Status.SUPPRESSED, Score::getStatus)
                .returns("quiet", Score::getSuppressedBy)
                .returns("silenced", Score::getStatusReason)
                .returns(false, Score::getIsAnomaly)
                .returns(0.0, Score::getAnomalyScore)
                .returns(told.getAnomalyScore(), Score::getAnomalyScoreRaw)
                .returns(told.getPValue(), Score::getPValue)
                .returns(1, Score::getDirection)
                .returns(told.getAttribution(), Score::getAttribution)
                .returns(null, Score::getEventId);
        assertThat(told.getAnomalyScoreRaw()).isEqualTo(told.getAnomalyScore()).isGreaterThan(1);
    }

    @Test
    void everyPartOfARuleHoldsBackWhatItShould() throws Exception {
        List<Rule.Builder> holding = List.of(
                rule("x").setDirection(RuleDirection.below),
                rule("x").setMinDeviationAbsolute(1e9),
                rule("x").setMinDeviationRelative(1e9),
                rule("x").setK(2).setN(2),
                rule("x").setMaintenance(List.of(once("1970-01-01T01:00:00Z", "1970-01-01T01:01:00Z"))));
        for (Rule.Builder each : holding) {
            assertThat(spike(List.of(each.build())))
                    .returns(Status.SUPPRESSED, Score::getStatus)
                    .returns("x", Score::getSuppressedBy);
        }
        List<Rule.Builder> passing = List.of(
                rule("x").setDirection(RuleDirection.above),
                rule("x").setMinDeviationAbsolute(1.0),
                rule("x").setMinDeviationRelative(0.01),
                rule("x").setK(1).setN(2),
                rule("x").setMaintenance(List.of(once("1970-01-01T01:01:00Z", "1970-01-01T01:02:00Z"))),
                rule("x").setSilenced(true).setSeries("b"));
        Score told = spike(List.of());
        for (Rule.Builder each : passing) {
            assertThat(spike(List.of(each.build()))).isEqualTo(told);
        }
    }
}
