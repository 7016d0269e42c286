package io.eddy.forecast;

import static io.eddy.forecast.TestingRules.once;
import static io.eddy.forecast.TestingRules.rule;
import static io.eddy.forecast.TestingRules.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Rule;
import io.eddy.RuleDirection;
import io.eddy.Score;
import io.eddy.Status;
import java.time.Instant;
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

    @Test
    void aRuleThatComesWhileRunningTakesEffectOnTheNextStep() throws Exception {
        try (ForecastHarness job = ForecastHarness.withRules(List.of(), null)) {
            for (int minute = 0; minute < 60; minute++) {
                both(job, minute, TestingSignal.at("a", minute), TestingSignal.at("b", minute));
            }
            job.rule(rule("only-a").setSeries("a").setSilenced(true).build());
            assertThat(both(job, 60, TestingSignal.SPIKE, TestingSignal.SPIKE))
                    .extracting(Score::getStatus, Score::getSuppressedBy)
                    .containsExactly(tuple(Status.SUPPRESSED, "only-a"), tuple(Status.ANOMALY, null));

            job.rule(rule("only-a").setSeries("a").build());
            assertThat(job.step("a", 61, -TestingSignal.SPIKE)).returns(Status.ANOMALY, Score::getStatus);
        }
    }

    @Test
    void aRuleThatIsRemovedHoldsNoLonger() throws Exception {
        try (ForecastHarness job = ForecastHarness.withRules(List.of(), null)) {
            job.rule(silence("quiet"));
            job.run("a", 0, 60);
            job.withoutRule("never-there");
            assertThat(job.step("a", 60, TestingSignal.SPIKE)).returns(Status.SUPPRESSED, Score::getStatus);
            job.withoutRule("quiet");
            assertThat(job.step("a", 61, 2 * TestingSignal.SPIKE)).returns(Status.ANOMALY, Score::getStatus);
            assertThat(job.events()).singleElement().returns(EventState.open, Event::getState);
        }
    }

    @Test
    void aRuleOfTheTopicTakesThePlaceOfOneOfTheFile() throws Exception {
        try (ForecastHarness job = ForecastHarness.withRules(List.of(silence("quiet")), null)) {
            job.run("a", 0, 60);
            job.rule(rule("quiet").build());
            assertThat(job.step("a", 60, TestingSignal.SPIKE)).returns(Status.ANOMALY, Score::getStatus);
            job.withoutRule("quiet");
            assertThat(job.step("a", 61, -TestingSignal.SPIKE))
                    .as("that of the file holds again")
                    .returns(Status.SUPPRESSED, Score::getStatus);
        }
    }

    @Test
    void rulesAndWhatTheyHeldBackOutliveARestore() throws Exception {
        try (ForecastHarness job = ForecastHarness.withRules(List.of(), null)) {
            job.rule(rule("twice").setK(2).setN(3).build());
            job.rule(rule("weekly")
                    .setSeries("b")
                    .setMaintenance(List.of(
                            once("1969-01-01T03:00:00Z", "1969-01-01T04:00:00Z"),
                            TestingRules.weekly("01:30", 60, "Europe/Berlin")))
                    .build());
            for (int minute = 0; minute < 60; minute++) {
                both(job, minute, TestingSignal.at("a", minute), TestingSignal.at("b", minute));
            }
            assertThat(both(job, 60, TestingSignal.SPIKE, TestingSignal.at("b", 60)))
                    .extracting(Score::getSuppressedBy)
                    .containsExactly("twice", null);

            try (ForecastHarness restored = ForecastHarness.restored(job.snapshot())) {
                assertThat(both(restored, 61, 2 * TestingSignal.SPIKE, TestingSignal.SPIKE))
                        .isEqualTo(both(job, 61, 2 * TestingSignal.SPIKE, TestingSignal.SPIKE))
                        .extracting(Score::getStatus, Score::getSuppressedBy)
                        .containsExactly(tuple(Status.ANOMALY, null), tuple(Status.SUPPRESSED, "weekly"));
                assertThat(restored.events())
                        .singleElement()
                        .returns("a", Event::getSeries)
                        .returns(EventState.open, Event::getState);
            }
        }
    }

    /** The scores of a minute of a and b. */
    private static List<Score> both(ForecastHarness job, int minute, double a, double b) throws Exception {
        job.reading("a", minute * 60_000L, a);
        job.reading("b", minute * 60_000L, b);
        job.endOf(minute);
        List<Score> scores = job.scores();
        return scores.subList(scores.size() - 2, scores.size()).stream()
                .map(score ->
                        Score.newBuilder(score).setProcessingTime(Instant.EPOCH).build())
                .toList();
    }
}
